// Dashboards in the real cockpit on the homelab: from the list to one of them, through its variables, and back.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Program, startProgram, until } from './pty.ts'
import { launcher, type ServedHomelab, serveHomelabProcess } from './served-homelab.ts'

let homelab: ServedHomelab
let program: Program
beforeAll(async () => {
  homelab = await serveHomelabProcess()
  program = startProgram(process.execPath, [launcher, 'dashboards'], {
    env: { KUBECONFIG: homelab.kubeconfig },
  })
})
afterAll(async () => {
  await program.end()
  await homelab.stop()
})

const shows = (...texts: readonly string[]) =>
  until(program, texts.join(), () => texts.every((text) => program.text().includes(text)))

test('one is opened, read, looked at alone, chosen for, and left', async () => {
  await shows('Node Exporter / Node', 'enter open')
  program.write('G\r')
  await shows('CPU by mode', 'Instance 192.168', ' max ')
  // Every panel in view has what it asked for.
  await until(program, 'no more waiting', () => !program.text().includes('waiting for'))
  expect(program.text()).not.toMatch(/no data|forbidden/)
  program.write('j'.repeat(6))
  await shows('>CPU by mode')
  program.write('\r')
  await until(program, 'alone', () => !program.text().includes('Up for'))
  program.write('\rv')
  await shows('Job', 'v next variable')
  program.write('v')
  await shows('nuc-1')
  program.write('jj\r')
  await until(program, 'another node', () => /Node nuc-\d/.test(program.text()))
  await shows('CPU by mode', ' max ')
  program.write('\u001b')
  await shows('dashboards · all namespaces (6)')
})

test('a range of two weeks leaves the keys alive', async () => {
  program.write('kkkk\r')
  await shows('CloudNativePG / Cluster', 'Fullest volume')
  program.write(':range 14d\r')
  program.write('?')
  await shows('the panel alone')
  program.write('\u001b')
  await shows('last 14d', 'Fullest volume')
})
