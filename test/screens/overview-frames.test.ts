// Golden frames of the Overview through the whole cockpit, on a terminal of the test's own. A changed frame is
// written with UPDATE_FRAMES=1 and read before it is kept.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Overview } from '#model/overview.ts'
import { openCockpit } from '#screens/cockpit/open.tsx'
import { createTerminal } from '#screens/cockpit/terminal.ts'
import { fakeDeck } from '#test/ui/fake-deck.ts'
import { fakeTerminal } from '#test/ui/terminal.ts'
import { createTheme } from '#ui/theme.ts'
import { calm, forbidden, hostile, incident, loading, stale } from './overviews.ts'

const frames = join(import.meta.dirname, '../frames/overview')
const update = process.env.UPDATE_FRAMES === '1'

async function frame(overview: Overview, columns: number, rows: number, ascii: boolean): Promise<string> {
  const deck = fakeDeck()
  deck.overview.set(overview)
  deck.sources.set(overview.sources)
  const terminal = fakeTerminal(columns, rows)
  const leave = new AbortController()
  const over = openCockpit({
    deck,
    screen: 'overview',
    args: [],
    theme: createTheme({ level: 0, ascii }),
    terminal: createTerminal(terminal.stdin, terminal.stdout),
    signal: leave.signal,
    readOnly: false,
    timeZone: 'UTC',
  })
  const text = await terminal.until((shown) => shown.includes('enter open') || shown.includes('too small'))
  leave.abort()
  await over
  expect(deck.closed()).toBe(true)
  return `${text}\n`
}

const sizes = [
  [80, 24],
  [120, 40],
  [200, 50],
] as const

describe.each(Object.entries({ incident, calm, loading, stale, forbidden, hostile }))(
  '%s',
  (state, overview) => {
    test.each(sizes)('at %ix%i', async (columns, rows) => {
      await compare(`${state}@${columns}x${rows}`, await frame(overview, columns, rows, false))
    })
  },
)

test('incident in ASCII', async () => {
  const text = await frame(incident, 80, 24, true)
  expect(text).toMatch(/^[\x20-\x7e\n]*$/)
  await compare('incident-ascii@80x24', text)
})

async function compare(name: string, text: string): Promise<void> {
  const file = join(frames, `${name}.txt`)
  if (update || !existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    if (!update) expect.fail(`${file} did not exist: read it, then run again`)
  }
  expect(text).toBe(readFileSync(file, 'utf8'))
}
