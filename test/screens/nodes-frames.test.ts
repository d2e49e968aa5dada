// Golden frames of the nodes table with its figures over the range, and of each way of having none.
import { describe, expect, test } from 'vitest'
import type { NodeFigure } from '#model/node-figures.ts'
import type { FakeDeck } from '#test/ui/fake-deck.ts'
import { expectFrame, sizes } from './frames.ts'
import { figures, setFigure, withFigures } from './node-figures.ts'
import * as rows from './rows.ts'
import { type Place, run } from './running.ts'

const names = Object.keys(figures) as NodeFigure[]
const nodes = { screen: 'nodes' }

interface State {
  readonly set: (deck: FakeDeck) => void
  readonly press?: readonly string[]
  readonly shows: readonly string[]
}

const states: Readonly<Record<string, State>> = {
  figures: { set: withFigures, shows: ['2.79/8'] },
  'no-prometheus': {
    set(deck) {
      withFigures(deck)
      deck.nodeUsage.set(rows.failed(rows.unreachable))
      for (const name of names) setFigure(deck, name, rows.failed(rows.unreachable))
    },
    shows: ['no usage: prometheus unreachable'],
  },
  'metrics-server-alone': {
    set(deck) {
      withFigures(deck)
      for (const name of names) setFigure(deck, name, rows.failed(rows.unreachable))
    },
    shows: ['2.79/8'],
  },
  past: {
    set(deck) {
      withFigures(deck)
      deck.range.set({ span: rows.hour, to: Date.UTC(2026, 10, 21, 3, 12) })
    },
    shows: ['now, not 03:12'],
  },
}

async function frame(state: State, place: Partial<Place>): Promise<string> {
  const running = await run({ ...nodes, ...place }, state.set)
  running.press(...(state.press ?? []))
  return running.shows(...state.shows)
}

describe.each(Object.entries(states))('nodes/%s', (name, state) => {
  test.each([...sizes, [160, 24] as const])('at %ix%i', async (columns, height) => {
    const text = await frame(state, { columns, rows: height })
    expectFrame(`nodes/${name}@${columns}x${height}`, text, columns)
  })
})

test.each([
  [120, 40],
  [200, 50],
] as const)('nodes/figures in ASCII at %ix%i', async (columns, height) => {
  const text = await frame({ set: withFigures, shows: ['2.79/8'] }, { columns, rows: height, ascii: true })
  expect(text).toMatch(/^[\x20-\x7e\n]*$/)
  expectFrame(`nodes/figures-ascii@${columns}x${height}`, text, columns)
})

test.each([
  [120, 40],
  [200, 50],
] as const)('nodes/wide at %ix%i', async (columns, height) => {
  const set = (deck: FakeDeck) => {
    withFigures(deck)
    deck.nodes.set(rows.rowsOf(rows.nodes.slice(0, 5)))
  }
  const wide: State = { set, press: ['\u0017'], shows: ['arch', '210d'] }
  expectFrame(`nodes/wide@${columns}x${height}`, await frame(wide, { columns, rows: height }), columns)
})
