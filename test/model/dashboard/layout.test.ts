// Where panels stand once rows and panels are repeated for the values of their variables.
import { expect, test } from 'vitest'
import type { Panel } from '#model/dashboard/dashboard.ts'
import { layoutDashboard } from '#model/dashboard/layout.ts'
import { scope, variable } from './configs.ts'
import { dashboard, panel } from './panels.ts'

const five = ['a', 'b', 'c', 'd', 'e'].map((value) => ({ text: `pod ${value}`, value }))
const variables = [
  variable('pods', { current: ['a', 'b', 'c', 'd', 'e'], options: five, multi: true }),
  variable('two', { current: ['a', 'b'], options: five, multi: true }),
  variable('none', { current: [] }),
]

function laid(panels: readonly Panel[], repeat?: string) {
  const row = { id: 1, title: 'On $pods', collapsed: false, panels, ...(repeat !== undefined && { repeat }) }
  return layoutDashboard(dashboard({ rows: [row] }), scope(variables))
}

const grids = (panels: readonly Panel[]) =>
  (laid(panels)[0]?.panels ?? []).map(
    ({ title, grid }) => `${title} ${grid.x},${grid.y} ${grid.width}x${grid.height}`,
  )

test('side by side, as wide as there is room for, four a line unless told otherwise', () => {
  const repeated = (most?: number) =>
    grids([
      panel('$pods', { repeat: { variable: 'pods', across: true, ...(most !== undefined && { most }) } }),
    ])
  expect(repeated()).toEqual([
    'pod a 0,0 6x8',
    'pod b 6,0 6x8',
    'pod c 12,0 6x8',
    'pod d 18,0 6x8',
    'pod e 0,8 6x8',
  ])
  expect(repeated(2).slice(0, 3)).toEqual(['pod a 0,0 12x8', 'pod b 12,0 12x8', 'pod c 0,8 12x8'])
  expect(repeated(8)).toHaveLength(5)
})

test('two values share the whole width', () => {
  expect(grids([panel('$two', { repeat: { variable: 'two', across: true } })])).toEqual([
    'pod a 0,0 12x8',
    'pod b 12,0 12x8',
  ])
})

test('under each other; what stands beside stays, what stands below moves down once', () => {
  const below = (x: number) => ({ x, y: 8, width: 12, height: 4 })
  const repeat = { variable: 'two', across: false }
  expect(
    grids([
      panel('L $two', { repeat }),
      panel('R $two', { repeat, grid: { x: 12, y: 0, width: 12, height: 8 } }),
      panel('left', { grid: below(0) }),
      panel('right', { grid: below(12) }),
      panel('last', { grid: { x: 0, y: 12, width: 24, height: 4 } }),
    ]),
  ).toEqual([
    'L pod a 0,0 12x8',
    'L pod b 0,8 12x8',
    'R pod a 12,0 12x8',
    'R pod b 12,8 12x8',
    'left 0,16 12x4',
    'right 12,16 12x4',
    'last 0,20 24x4',
  ])
})

test('a row stands once for each value, its panels know it, and do not repeat for it again', () => {
  const rows = laid([panel('$two', { repeat: { variable: 'two', across: true } })], 'two')
  expect(rows.map(({ title }) => title)).toEqual([
    'On pod a + pod b + pod c + pod d + pod e',
    'On pod a + pod b + pod c + pod d + pod e',
  ])
  expect(rows.map(({ panels }) => panels.map(({ title }) => title))).toEqual([['pod a'], ['pod b']])
  expect(rows[0]?.panels[0]?.repeated).toEqual({ two: { text: 'pod a', value: 'a' } })
})

test('a row that repeats says in its title for what', () => {
  expect(laid([], 'pods').map(({ title }) => title)).toEqual(five.map(({ text }) => `On ${text}`))
})

test('without values, or without the variable, a panel stands once', () => {
  for (const name of ['none', 'gone'])
    expect(grids([panel('x', { repeat: { variable: name, across: true } })])).toEqual(['x 0,0 12x8'])
})

test('every panel has a key of its own, the same each time', () => {
  const twice = () => {
    const repeat = { variable: 'pods', across: true }
    const keys = laid(
      [panel('x', { repeat }), panel('y', { repeat, grid: { x: 0, y: 8, width: 12, height: 8 } })],
      'two',
    ).flatMap((row) => [row.key, ...row.panels.map(({ key }) => key)])
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys).toHaveLength(2 + 20)
    return keys
  }
  expect(twice()).toEqual(twice())
})

test('texts have their variables in them too', () => {
  const text = panel('', {
    view: { kind: 'text', mode: 'markdown', content: '# $two' },
    description: 'of $two',
  })
  const [first] = laid([text])[0]?.panels ?? []
  expect(first?.view).toMatchObject({ content: '# pod a + pod b' })
  expect(first?.description).toBe('of pod a + pod b')
})
