// Makes the README's picture from a real frame: the built program on a homelab with an incident, in a terminal.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startProgram, until } from '../test/terminal/pty.ts'
import { launcher, serveHomelabProcess } from '../test/terminal/served-homelab.ts'
import { svgOf } from '../test/ui/picture.ts'

const homelab = await serveHomelabProcess('--scenario', 'checkout-errors')
const program = startProgram(process.execPath, [launcher], {
  columns: 120,
  rows: 40,
  env: { KUBECONFIG: homelab.kubeconfig, COLORTERM: 'truecolor' },
})
await until(program, 'metrics', () => program.text().includes('allocatable'), 60_000)
// The sources' ages and the last panes come within a moment of the first metrics.
await pause(2000)
await program.drawn()
writeFileSync(join(import.meta.dirname, '../test/frames/cockpit.svg'), svgOf(program.terminal))
program.write('\u0003')
await program.exited
await homelab.stop()
