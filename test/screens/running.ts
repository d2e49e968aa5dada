// A cockpit on a deck of cells, in a terminal of the test's own; ended after each test.
import { afterEach } from 'vitest'
import { openCockpit } from '#screens/cockpit/open.tsx'
import { createTerminal } from '#screens/cockpit/terminal.ts'
import { type FakeDeck, fakeDeck } from '#test/ui/fake-deck.ts'
import { type FakeTerminal, fakeTerminal } from '#test/ui/terminal.ts'
import { createTheme } from '#ui/theme.ts'

export interface Run {
  readonly deck: FakeDeck
  readonly terminal: FakeTerminal
  /** Presses one key after the other, each when the one before was taken in. */
  press(...keys: readonly string[]): void
  /** The screen once it has all of the texts. */
  shows(...texts: readonly string[]): Promise<string>
  /** The screen once it has none of the texts. */
  hides(...texts: readonly string[]): Promise<string>
  /** The line under the cursor, without the spaces at its end. */
  cursor(): string
}

export interface Place {
  readonly screen: string
  readonly args?: readonly string[]
  readonly columns?: number
  readonly rows?: number
  readonly level?: 0 | 1
  readonly ascii?: boolean
  /** In the footer once the screen's own keys are taken in; absent: that of its kind of screen. */
  readonly ready?: string
}

const readyOf = (screen: string) => (['detail', 'yaml', 'logs'].includes(screen) ? 'w wrap' : 'enter open')

const leaving: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const leave of leaving.splice(0)) await leave()
})

export const keys = {
  enter: '\r',
  esc: '\u001b',
  tab: '\t',
  ctrlZ: '\u001a',
  ctrlBackslash: '\u001c',
} as const

/** `set` fills the deck before anything is drawn. */
export async function run(place: Place, set: (deck: FakeDeck) => void = () => {}): Promise<Run> {
  const deck = fakeDeck()
  set(deck)
  const terminal = fakeTerminal(place.columns ?? 120, place.rows ?? 40)
  const abort = new AbortController()
  const over = openCockpit({
    deck,
    screen: place.screen,
    args: place.args ?? [],
    theme: createTheme({ level: place.level ?? 0, ascii: place.ascii ?? false }),
    terminal: createTerminal(terminal.stdin, terminal.stdout),
    signal: abort.signal,
    readOnly: false,
    timeZone: 'UTC',
  })
  leaving.push(async () => {
    abort.abort()
    await over
  })
  // Keys are taken in from when the footer has those of the screen.
  await terminal.until((text) => text.includes(place.ready ?? readyOf(place.screen)))
  return {
    deck,
    terminal,
    press: (...pressed) => {
      for (const key of pressed) terminal.press(key)
    },
    shows: (...texts) => terminal.until((text) => texts.every((one) => text.includes(one))),
    hides: (...texts) => terminal.until((text) => texts.every((one) => !text.includes(one))),
    cursor: () =>
      terminal
        .text()
        .split('\n')
        .find((line) => line.startsWith('>')) ?? '',
  }
}
