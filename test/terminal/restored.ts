// How a program must leave the terminal.
import { expect } from 'vitest'
import { type Program, until } from './pty.ts'

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

/** Waits until the program has stopped, continues it, and waits for its live overview. */
export async function continued(program: Program): Promise<void> {
  await until(program, 'the shell has the terminal', () => !program.inAlternateScreen())
  await until(program, 'the screen again', () => {
    // It gives the terminal back before it stops: a signal that comes in between continues nothing.
    program.signal('SIGCONT')
    return program.inAlternateScreen() && /nodes \d+\/\d+/.test(program.text())
  })
}
