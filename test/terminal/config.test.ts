// The config file as the real program reads it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runProgram } from './served-homelab.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'obsdeck-test-'))
  await mkdir(join(folder, 'obsdeck'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function settingsOf(content: string) {
  await writeFile(join(folder, 'obsdeck', 'config.yaml'), content)
  return runProgram(['config', '-o', 'json'], { XDG_CONFIG_HOME: folder })
}

test('its values are used, and where they come from is told', async () => {
  const { code, out, err } = await settingsOf('range: 6h\nascii: true\n')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const path = join(folder, 'obsdeck', 'config.yaml')
  expect(JSON.parse(out).items).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'range', value: '6h', origin: path })]),
  )
})

test.each([
  ['range: [', 'is not YAML'],
  ['rnage: 6h', 'unknown key "rnage"\n  did you mean "range"?'],
])('what is wrong in %j is said', async (content, says) => {
  const { code, out, err } = await settingsOf(content)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(says)
})

test('where the kubeconfig is looked for is told, and that there is no config file', async () => {
  const env = { XDG_CONFIG_HOME: join(folder, 'nowhere'), KUBECONFIG: '/somewhere/config' }
  const { out } = await runProgram(['config'], env)
  expect(out).toMatch(/^config file: .*config\.yaml \(not there\)$/m)
  expect(out).toMatch(/^kubeconfig +\/somewhere\/config +KUBECONFIG$/m)
  const plain = await runProgram(['config'], { ...env, KUBECONFIG: '', HOME: '/home/ben' })
  expect(plain.out).toMatch(/^kubeconfig +\/home\/ben\/\.kube\/config +default$/m)
})
