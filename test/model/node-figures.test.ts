// What is asked about all nodes at once.
import { parser } from '@prometheus-io/lezer-promql'
import { expect, test } from 'vitest'
import { figureQueries, hasNumber, nodeFigureNames } from '#model/node-figures.ts'

const minute = 60_000

test.each(nodeFigureNames)('%s: each query parses and is one for all nodes', (figure) => {
  const { over, metric } = figureQueries[figure]
  const now = hasNumber(figure) ? [figureQueries[figure].now] : []
  for (const expr of [...now, over(20_000), over(24 * 60 * minute)]) {
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

test('what a node uses has its number from the usage: every other figure has one of its own', () => {
  expect(nodeFigureNames.filter((figure) => !hasNumber(figure))).toEqual(['cpu', 'memory'])
})
