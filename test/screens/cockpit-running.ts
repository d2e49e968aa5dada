// A cockpit on the incident's Overview, opened as cli.ts opens it; ended after each test.
import { afterEach } from 'vitest'
import { openCockpit } from '#screens/cockpit/open.tsx'
import { createTerminal } from '#screens/cockpit/terminal.ts'
import { type FakeDeck, fakeDeck } from '#test/ui/fake-deck.ts'
import { type FakeTerminal, fakeTerminal } from '#test/ui/terminal.ts'
import { createTheme } from '#ui/theme.ts'
import { incident } from './overviews.ts'

export interface Running {
  readonly deck: FakeDeck
  readonly terminal: FakeTerminal
  readonly over: Promise<void>
  readonly leave: AbortController
}

const running: Running[] = []

/** `set` changes the deck before it is opened. */
export async function start(
  columns = 100,
  rows = 30,
  screen = 'overview',
  set: (deck: FakeDeck) => void = () => {},
): Promise<Running> {
  const deck = fakeDeck()
  deck.overview.set(incident)
  deck.sources.set(incident.sources)
  set(deck)
  const terminal = fakeTerminal(columns, rows)
  const leave = new AbortController()
  const over = openCockpit({
    deck,
    screen,
    args: [],
    theme: createTheme({ level: 1, ascii: false }),
    terminal: createTerminal(terminal.stdin, terminal.stdout),
    signal: leave.signal,
    readOnly: false,
    timeZone: 'UTC',
  })
  const run = { deck, terminal, over, leave }
  running.push(run)
  await terminal.until((text) => text.trim() !== '')
  return run
}

/** For a test that expects so itself. */
export function endsInError(over: Promise<void>): void {
  running.splice(
    running.findIndex((one) => one.over === over),
    1,
  )
}

afterEach(async () => {
  for (const { leave, over } of running.splice(0)) {
    leave.abort()
    await over
  }
})
