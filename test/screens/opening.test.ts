// The frame that stands while Ink is loaded: what Ink then draws in its place is the same.
import { afterEach, describe, expect, test } from 'vitest'
import { openCockpit } from '#screens/cockpit/open.tsx'
import { openingLines } from '#screens/cockpit/opening.ts'
import { createTerminal } from '#screens/cockpit/terminal.ts'
import { fakeDeck, fixedNow } from '#test/ui/fake-deck.ts'
import { fakeTerminal } from '#test/ui/terminal.ts'
import { createTheme } from '#ui/theme.ts'
import { loading } from './overviews.ts'

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

interface Case {
  readonly columns: number
  readonly rows: number
  readonly screen?: string
  readonly ascii?: boolean
  readonly level?: 0 | 1 | 3
  readonly readOnly?: boolean
  readonly past?: boolean
}

/** Every cell of the terminal, with its colours. */
function cells(terminal: ReturnType<typeof fakeTerminal>): string[] {
  const { screen } = terminal
  return Array.from({ length: screen.rows }, (_, row) => {
    const line = screen.buffer.active.getLine(row)
    return Array.from({ length: screen.cols }, (__, column) => {
      const cell = line?.getCell(column)
      const blank = cell === undefined || cell.getChars() === '' || cell.getChars() === ' '
      // Of a blank only the reversal is seen.
      return blank
        ? cell?.isInverse()
          ? '█'
          : ' '
        : `${cell.getChars()}${cell.isBold() ? 'b' : ''}${cell.isDim() ? 'd' : ''}${cell.getFgColor()}`
    })
      .join('')
      .trimEnd()
  })
}

/** The screen before Ink draws and right after it did, in the same terminal. */
async function both(one: Case) {
  const { columns, rows, screen = 'overview', readOnly = false } = one
  const deck = fakeDeck()
  deck.overview.set(loading)
  deck.sources.set(loading.sources)
  deck.namespace.set('shop')
  if (one.past) deck.range.set({ span: 3_600_000, to: fixedNow - 86_400_000 })
  const fake = fakeTerminal(columns, rows)
  const terminal = createTerminal(fake.stdin, fake.stdout)
  const theme = createTheme({ level: one.level ?? 1, ascii: one.ascii ?? false })
  const shown = { deck, screen, theme, timeZone: 'UTC', readOnly }
  terminal.show(openingLines({ ...shown, columns, rows }))
  await fake.drawn()
  const opening = cells(fake)
  const leave = new AbortController()
  let first: Promise<string[]> | undefined
  const over = openCockpit({
    ...{ ...shown, terminal, args: [], signal: leave.signal },
    onShown: () => {
      // Read when just this is on the screen, and nothing that came after.
      first = new Promise((resolve) => fake.screen.write('', () => resolve(cells(fake))))
    },
  })
  endings.push(async () => {
    leave.abort()
    await over
  })
  return { opening, drawn: await first }
}

describe('Ink draws the same in its place', () => {
  test.each<readonly [string, Case]>([
    ['the Overview at 80x24', { columns: 80, rows: 24 }],
    ['the Overview at 120x40', { columns: 120, rows: 40 }],
    ['the Overview at 200x50', { columns: 200, rows: 50, level: 3 }],
    ['without colour', { columns: 120, rows: 40, level: 0 }],
    ['in ASCII', { columns: 120, rows: 40, ascii: true }],
    ['read-only, over a range that has ended', { columns: 120, rows: 40, readOnly: true, past: true }],
    ['in very little room', { columns: 20, rows: 5 }],
  ])('%s', async (_, one) => {
    const { opening, drawn } = await both(one)
    expect(opening.join('').trim()).not.toBe('')
    expect(opening).toEqual(drawn)
  })

  test('of another screen the frame around it', async () => {
    const { opening, drawn } = await both({ columns: 120, rows: 40, screen: 'pods' })
    expect(opening.filter((line) => line !== '').length).toBe(3)
    expect([opening[0], opening[1], opening.at(-1)]).toEqual([drawn?.[0], drawn?.[1], drawn?.at(-1)])
  })
})

test('where there is no room nothing is drawn', () => {
  const theme = createTheme({ level: 0, ascii: false })
  const opening = { deck: fakeDeck(), screen: 'overview', theme, readOnly: false }
  expect(openingLines({ ...opening, columns: 19, rows: 24 })).toEqual([])
  expect(openingLines({ ...opening, columns: 80, rows: 4 })).toEqual([])
})
