// Makes the README's pictures from real frames: the built program on a homelab with an incident, in a terminal.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startProgram, until } from '../test/terminal/pty.ts'
import { launcher, type ServedHomelab, serveHomelabProcess } from '../test/terminal/served-homelab.ts'
import { svgOf } from '../test/ui/picture.ts'

interface Picture {
  readonly file: string
  readonly args: readonly string[]
  /** Pressed one after the other, each once the screen has the text before it. */
  readonly keys: readonly { readonly after: string; readonly key: string }[]
  /** On the screen when it is complete. */
  readonly complete: string
}

async function take(homelab: ServedHomelab, { file, args, keys, complete }: Picture): Promise<void> {
  const program = startProgram(process.execPath, [launcher, ...args], {
    columns: 120,
    rows: 40,
    env: { KUBECONFIG: homelab.kubeconfig, COLORTERM: 'truecolor' },
  })
  for (const { after, key } of keys) {
    await until(program, after, () => program.text().includes(after), 60_000)
    // What else is on its way may still move the line that is meant.
    await pause(2000)
    program.write(key)
  }
  await until(program, complete, () => program.text().includes(complete), 60_000)
  // The sources' ages and the last panes come within a moment of the first figures.
  await pause(3000)
  await program.drawn()
  writeFileSync(join(import.meta.dirname, '../test/frames', file), svgOf(program.terminal))
  program.write('\u0003')
  await program.exited
}

const homelab = await serveHomelabProcess('--scenario', 'checkout-errors')
await take(homelab, { file: 'cockpit.svg', args: [], keys: [], complete: 'allocatable' })
// What is wrong first is checkout.
const onCheckout = { after: 'shop/checkout', key: 'm' }
await take(homelab, { file: 'charts.svg', args: [], keys: [onCheckout], complete: 'request' })
const onFlux = { after: 'Flux / Cluster', key: '/flux\r' }
const open = { after: '(1 of', key: '\r' }
await take(homelab, {
  ...{ file: 'dashboard.svg', args: ['dashboards'], keys: [onFlux, open] },
  complete: 'Controllers up',
})
await homelab.stop()
