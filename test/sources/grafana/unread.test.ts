// Panels whose queries go to a data source that is not read here: they say which one.
import { expect, test } from 'vitest'
import { decodeDashboard } from '#sources/grafana/dashboard.ts'

const loki = { type: 'loki', uid: 'l' }
const prometheus = { type: 'prometheus', uid: 'p' }

function viewOf(type: string, targets: readonly object[]) {
  const panels = [{ type, title: 'x', gridPos: { x: 0, y: 0, w: 8, h: 8 }, targets }]
  const { rows } = decodeDashboard(JSON.stringify({ title: 'D', schemaVersion: 39, panels }))
  return rows[0]?.panels[0]?.view
}

test.each(['timeseries', 'logs', 'a type that nobody knows'])('%s of Loki', (type) => {
  expect(viewOf(type, [{ refId: 'A', expr: '{app="x"}', datasource: loki }])).toEqual({
    kind: 'unsupported',
    type,
    why: 'it asks Loki, which is not read here',
  })
})

test('a panel that asks Prometheus too is drawn', () => {
  const targets = [
    { refId: 'A', expr: '{app="x"}', datasource: loki },
    { refId: 'B', expr: 'up', datasource: prometheus },
  ]
  expect(viewOf('timeseries', targets)?.kind).toBe('timeseries')
})

test('a type that is not drawn says so where its source could be asked', () => {
  expect(viewOf('logs', [{ refId: 'A', expr: 'up', datasource: prometheus }])).toEqual({
    kind: 'unsupported',
    type: 'logs',
    why: 'panels of type logs are not drawn here',
  })
})
