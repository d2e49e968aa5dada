// What is asked about all nodes at once, and which node an answer is about.
import { parser } from '@prometheus-io/lezer-promql'
import { expect, test } from 'vitest'
import { figureQueries, hostOf, nodeFigureNames, ofNode } from '#model/node-figures.ts'

const minute = 60_000

test.each(nodeFigureNames)('%s: each query parses and is one for all nodes', (figure) => {
  const { now, over, metric } = figureQueries[figure]
  for (const expr of [now, over(20_000), over(24 * 60 * minute)]) {
    const errors: number[] = []
    parser.parse(expr).iterate({ enter: (node) => void (node.type.isError && errors.push(node.from)) })
    expect(errors, expr).toEqual([])
    expect(expr).toContain('by (instance)')
    expect(expr).not.toContain('instance=')
    expect(expr).toContain(metric)
  }
})

test.each(nodeFigureNames)('%s: no spike is lost between two steps', (figure) => {
  const windows = [...figureQueries[figure].over(10 * minute).matchAll(/\[(\d+)s\]/g)].map(([, text]) => text)
  expect(windows.length).toBeGreaterThan(0)
  expect(new Set(windows)).toEqual(new Set(['600']))
})

test.each(nodeFigureNames)('%s: a fine step leaves no holes between scrapes', (figure) => {
  for (const [, text] of figureQueries[figure].over(5000).matchAll(/\[(\d+)s\]/g))
    expect(Number(text)).toBeGreaterThanOrEqual(120)
})

test.each([
  ['10.0.0.1:9100', '10.0.0.1'],
  ['[fd00::1]:9100', 'fd00::1'],
  ['nuc-1:9100', 'nuc-1'],
  ['nuc-1', 'nuc-1'],
])('the host of %s is %s', (instance, host) => expect(hostOf(instance)).toBe(host))

test('a node is known by its address, else by its name; another’s figures are not its own', () => {
  const figures = new Map([
    ['10.0.0.1', 1],
    ['nuc-2', 2],
  ])
  expect(ofNode(figures, { name: 'nuc-1', ip: '10.0.0.1' })).toBe(1)
  expect(ofNode(figures, { name: 'nuc-2', ip: '10.0.0.2' })).toBe(2)
  expect(ofNode(figures, { name: 'nuc-2' })).toBe(2)
  expect(ofNode(figures, { name: 'nuc-3', ip: '10.0.0.3' })).toBeUndefined()
  expect(ofNode(undefined, { name: 'nuc-1' })).toBeUndefined()
})
