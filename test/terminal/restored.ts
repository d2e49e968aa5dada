// How a program must leave the terminal.
import { expect } from 'vitest'
import type { Program } from './pty.ts'

/** What the program must have undone: alternate screen, hidden cursor, no wrapping, bracketed paste; and no frame is left. */
export async function expectRestored(program: Program): Promise<void> {
  await program.drawn()
  const written = program.written()
  const esc = '\u001b'
  for (const [on, off] of [
    [`${esc}[?1049h`, `${esc}[?1049l`],
    [`${esc}[?25l`, `${esc}[?25h`],
    [`${esc}[?7l`, `${esc}[?7h`],
    [`${esc}[?2004h`, `${esc}[?2004l`],
  ] as const) {
    if (written.includes(on))
      expect(written.lastIndexOf(off), JSON.stringify(off)).toBeGreaterThan(written.lastIndexOf(on))
  }
  expect(program.inAlternateScreen()).toBe(false)
  expect(program.text()).not.toMatch(/^ obsdeck {3}/m)
}
