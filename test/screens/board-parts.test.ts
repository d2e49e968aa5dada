// The parts of an open dashboard: where blocks stand, which are in view, what is chosen, what keys have changed.
import { describe, expect, test } from 'vitest'
import type { LivePanel } from '#live/open-dashboard.ts'
import type { Dashboard, Panel, PanelView, VariableState } from '#model/dashboard/dashboard.ts'
import { layoutDashboard } from '#model/dashboard/layout.ts'
import { arrangeBoard, type Block } from '#screens/dashboard/arrange.ts'
import { chooserLines, toggledChoice, variablesText } from '#screens/dashboard/chooser.ts'
import { drawBlock } from '#screens/dashboard/draw.ts'
import { type BoardEvent, reduceBoard, startState } from '#screens/dashboard/state.ts'
import { compose, isVisible, scrolledTo } from '#screens/dashboard/window.ts'
import { scope, variable } from '#test/model/dashboard/configs.ts'
import { dashboard, panel } from '#test/model/dashboard/panels.ts'
import { width as widthOf } from '#ui/text.ts'
import { createTheme } from '#ui/theme.ts'

const views: Readonly<Record<string, PanelView>> = {
  timeseries: { kind: 'timeseries', legend: { shown: true, place: 'bottom', calcs: [] } },
  stat: {
    ...{ kind: 'stat', graph: false, colour: 'value', text: 'auto' },
    reduce: { calcs: [], all: false, fields: '' },
  },
  text: { kind: 'text', mode: 'markdown', content: '' },
}

const piece = (kind: string, x: number, y: number, width: number, height = 8): Panel =>
  panel(kind, { grid: { x, y, width, height }, ...(views[kind] && { view: views[kind] }) })

const laid = (rows: Dashboard['rows']) => layoutDashboard(dashboard({ rows }), scope([]))
const row = (panels: readonly Panel[], more: object = {}) => ({ id: 1, collapsed: false, panels, ...more })

/** `x,y wxh` of each block. */
function arranged(rows: Dashboard['rows'], columns: number, most = 22, toggled: readonly string[] = []) {
  const { blocks, height } = arrangeBoard(laid(rows), new Set(toggled), columns, most)
  return [...blocks.map(({ x, y, width, height: high }) => `${x},${y} ${width}x${high}`), `= ${height}`]
}

describe('panels stand', () => {
  const pair = [row([piece('timeseries', 0, 0, 12), piece('timeseries', 12, 0, 12)])]
  const stats = [row([0, 6, 12, 18].map((x) => piece('stat', x, 0, 6, 4)))]
  test.each<[string, Dashboard['rows'], number, string[]]>([
    ['side by side where both fit', pair, 120, ['0,0 60x10', '60,0 60x10', '= 10']],
    ['under each other where not', pair, 70, ['0,0 70x10', '0,10 70x10', '= 20']],
    ['four to a line', stats, 80, ['0,0 20x6', '20,0 20x6', '40,0 20x6', '60,0 20x6', '= 6']],
    [
      'as many as have room, the rest below',
      stats,
      60,
      ['0,0 20x6', '20,0 20x6', '40,0 20x6', '0,6 60x6', '= 12'],
    ],
    ['a text is as low as it was meant', [row([piece('text', 0, 0, 24, 2)])], 100, ['0,0 100x4', '= 4']],
    [
      'a line is as high as its highest',
      [row([piece('stat', 0, 0, 12, 4), piece('timeseries', 12, 0, 12)])],
      100,
      ['0,0 50x10', '50,0 50x10', '= 10'],
    ],
    [
      'from top to bottom, whatever their order',
      [row([piece('text', 0, 9, 24, 2), piece('timeseries', 0, 0, 24)])],
      100,
      ['0,0 100x10', '0,10 100x4', '= 14'],
    ],
  ])('%s', (_, rows, columns, expected) => {
    expect(arranged(rows, columns)).toEqual(expected)
  })

  test('none is higher than the screen', () => {
    expect(arranged([row([piece('timeseries', 0, 0, 24, 30)])], 100, 7)).toEqual(['0,0 100x7', '= 7'])
  })

  test('a row has a line, and its panels where it is open', () => {
    const panels = [piece('timeseries', 0, 0, 24)]
    const rows = [row(panels, { title: 'open' }), row(panels, { title: 'folded', collapsed: true })]
    expect(arranged(rows, 100)).toEqual(['0,0 100x1', '0,1 100x10', '0,11 100x1', '= 12'])
    expect(arranged(rows, 100, 22, ['0', '1'])).toEqual(['0,0 100x1', '0,1 100x1', '0,2 100x10', '= 12'])
  })

  test('within any width, without a hole and without an overlap', () => {
    const kinds = ['timeseries', 'stat', 'text']
    for (let columns = 20; columns <= 240; columns += 7) {
      const panels = Array.from({ length: 30 }, (_, index) =>
        piece(kinds[index % 3] ?? 'text', (index * 5) % 24, Math.floor(index / 4) * 8, 3 + (index % 9)),
      )
      const { blocks, height } = arrangeBoard(laid([row(panels)]), new Set(), columns, 22)
      for (let y = 0; y < height; y += 1) {
        const on = blocks.filter((block) => block.y <= y && y < block.y + block.height)
        expect(
          on.reduce((sum, block) => sum + block.width, 0),
          `${columns} columns, line ${y}`,
        ).toBe(columns)
      }
    }
  })
})

const block = (key: string, y: number, height: number, x = 0, width = 4): Block => ({
  ...{ key, x, y, width, height },
  what: { kind: 'panel', panel: laid([row([piece('stat', 0, 0, 6)])])[0]?.panels[0] as never },
})

describe('the title of a panel', () => {
  const theme = createTheme({ level: 0, ascii: true })
  const room = { theme, now: 600_000, timeZone: 'UTC', late: true }
  const gap = { reason: 'unreachable', detail: 'refused' } as const
  const data = { frames: [], from: 0, to: 1, step: 0, gaps: [], warnings: [] }
  const old = { data, dataAt: 360_000, gap, pending: false, failures: 1, phase: 'waiting' } as const
  const title = (width: number, rangeNote: string | undefined, live: LivePanel = { ...old, data }) => {
    const shown = panel('Requests by code', rangeNote === undefined ? {} : { rangeNote })
    const [laidPanel] = laid([row([shown])])[0]?.panels ?? []
    if (laidPanel === undefined) throw new Error('no panel')
    const what = { kind: 'panel', panel: laidPanel } as const
    const reading = { at: undefined, solo: undefined, hidden: undefined }
    const drawn = { live, focused: false, reading, before: undefined }
    const [line = ''] = drawBlock({ ...drawn, block: { key: 'a', x: 0, y: 0, width, height: 9, what } }, room)
    expect(widthOf(line)).toBe(width)
    return line
  }
  const { gap: _, ...fresh } = old

  test.each([
    [40, undefined, ' Requests by code                       '],
    [40, 'last 1h', ' Requests by code               last 1h '],
    [40, 'last 1h, 1d earlier', ' Requests by code   last 1h, 1d earlier '],
    // The title keeps at least half, the range what is left.
    [30, 'last 1h, 1d earlier', ' Reque~ by code last 1h, 1d ~ '],
    [18, '1d earlier', ' Re~ code 1d ear~ '],
  ])('%i wide, %s', (width, note, expected) => {
    expect(title(width, note, fresh)).toBe(expected)
  })

  test('says how old its data are beside its range', () => {
    expect(title(40, 'last 1h')).toBe(' Requests by code        last 1h 4m old ')
    expect(title(40, undefined)).toBe(' Requests by code                4m old ')
  })
})

test.each<[string, number, Block | undefined, number]>([
  ['stays where the panel is in view', 5, block('a', 8, 6), 5],
  ['goes up to a panel above', 20, block('a', 8, 6), 8],
  ['goes down as little as it must', 0, block('a', 18, 6), 14],
  ['shows the head of one higher than the screen', 0, block('a', 18, 30), 18],
  ['never beyond the end', 90, undefined, 30],
])('the view %s', (_, top, focused, expected) => {
  expect(scrolledTo(top, focused, 10, 40)).toBe(expected)
})

test('what is partly in view is in view', () => {
  const seen = [0, 4, 9, 10, 14].map((y) => isVisible(block('a', y, 5), 5, 5))
  expect(seen).toEqual([false, true, true, false, false])
})

test('lines are put together from what stands side by side', () => {
  const blocks = [block('a', 0, 2), block('b', 0, 2, 4), block('c', 2, 1, 0, 8)]
  const drawn = new Map([
    ['a', ['aaaa', 'AAAA']],
    ['b', ['bbbb', 'BBBB']],
    ['c', ['cccccccc']],
  ])
  expect(compose(blocks, drawn, 1, 3)).toEqual(['AAAABBBB', 'cccccccc', ''])
})

describe('choosing', () => {
  const many = variable('pod', { multi: true })
  const one = variable('node', { label: 'Node' })
  test.each([
    ['one of one', one, ['a'], 'b', ['b']],
    ['another of many', many, ['a'], 'b', ['a', 'b']],
    ['one of many out', many, ['a', 'b'], 'a', ['b']],
    ['never none', many, ['a'], 'a', ['a']],
    ['All alone', many, ['a', 'b'], '$__all', ['$__all']],
    ['one instead of All', many, ['$__all'], 'a', ['a']],
  ])('%s', (_, of, chosen, value, expected) => {
    expect(toggledChoice(of, chosen, value)).toEqual(expected)
  })

  const options = Array.from({ length: 50 }, (_, index) => ({ text: `pod-${index}`, value: `p${index}` }))
  const state: VariableState = { chosen: { pod: ['p3', 'p4'], node: ['$__all'] }, options: { pod: options } }

  test('the line that names what is chosen', () => {
    const hidden = [variable('h', { hidden: true }), variable('c', { kind: 'constant', current: ['x'] })]
    const board = dashboard({ variables: [many, one, ...hidden] })
    expect(variablesText(board, state)).toBe('pod pod-3, pod-4   Node All')
    const three = { ...state, chosen: { pod: ['p1', 'p2', 'p3'], node: [] } }
    expect(variablesText(board, three)).toBe('pod pod-1 +2   Node –')
  })

  const room = { columns: 30, rows: 6, theme: createTheme({ level: 0, ascii: true }) }
  test.each([0, 3, 25, 49])('the cursor at %i is in view, and lines have one width', (cursor) => {
    const lines = chooserLines(many, state, cursor, room)
    expect(lines.length).toBe(6)
    expect(lines.filter((line) => line.includes('> '))).toEqual([expect.stringContaining(`pod-${cursor}`)])
    expect(new Set(lines.slice(1).map(widthOf))).toEqual(new Set([30]))
  })

  test('nothing to choose from is said', () => {
    expect(chooserLines(one, state, 0, room)[1]?.trim()).toBe('there is nothing to choose from')
  })
})

describe('the state', () => {
  const reached = (...events: readonly BoardEvent[]) => events.reduce(reduceBoard, startState)
  const focus = (key: string): BoardEvent => ({ type: 'focus', to: () => key })

  test('another panel has none of its lines picked out; the reading line stays', () => {
    const state = reached(
      focus('a'),
      { type: 'move', by: -0.25, within: { from: 1000, to: 2000 } },
      { type: 'solo', lines: 3 },
      { type: 'hide' },
      { type: 'solo', lines: 3 },
      focus('b'),
    )
    expect(state).toEqual({ ...startState, focus: 'b', at: 1750 })
  })

  test('the same panel keeps them, and so does no panel at all', () => {
    const picked = reached(focus('a'), { type: 'solo', lines: 3 })
    expect(reduceBoard(picked, focus('a'))).toBe(picked)
    expect(reduceBoard(picked, { type: 'focus', to: () => undefined })).toBe(picked)
  })

  test('rows go open and shut, what stands beside goes round', () => {
    expect([...reached({ type: 'toggle', key: 'r' }).toggled]).toEqual(['r'])
    expect([...reached({ type: 'toggle', key: 'r' }, { type: 'toggle', key: 'r' }).toggled]).toEqual([])
    const rounds = [1, 2, 3].map(
      (count) => reached(...Array<BoardEvent>(count).fill({ type: 'earlier' })).earlier,
    )
    expect(rounds).toEqual(['day', 'week', 'none'])
    expect(reached({ type: 'full' }).full).toBe(true)
  })

  test('choosing begins, moves and ends', () => {
    const begin: BoardEvent = { type: 'choose', to: () => ({ variable: 'pod', option: 1 }) }
    const down: BoardEvent = { type: 'choose', to: (from) => from && { ...from, option: from.option + 1 } }
    expect(reached(begin, down, down).choosing).toEqual({ variable: 'pod', option: 3 })
    expect(reached(begin, { type: 'choose', to: () => undefined })).toEqual(startState)
  })
})
