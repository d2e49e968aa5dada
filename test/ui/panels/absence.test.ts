// Panels that have data and still nothing to draw: each says why, none stays blank.
import { expect, test } from 'vitest'
import type { Panel } from '#model/dashboard/dashboard.ts'
import type { DataFrame } from '#model/dashboard/field.ts'
import { renderPanel } from '#ui/charts/panels/panel.ts'
import { data, frame, numbers, panel, reduce, room, series, strings } from './parts.ts'

const hidden = { hiddenFrom: { legend: false, view: true } }
const chart = panel({ kind: 'timeseries', legend: { shown: true, place: 'bottom', calcs: [] } })
const table = panel({ kind: 'table', header: true })
const gauge = (fields: string) => panel({ kind: 'gauge', reduce: { ...reduce, fields } })
const bars = panel({ kind: 'bargauge', reduce, unfilled: true })
const stat = (fields: string) =>
  panel({
    ...{ kind: 'stat', graph: false, colour: 'value', text: 'auto' },
    reduce: { ...reduce, fields },
  })
const words = frame('A', [strings('version', ['16.3'])])

test.each<[string, Panel, DataFrame, string]>([
  [
    'all of its series are hidden',
    chart,
    series('a', () => 1, hidden),
    'the dashboard hides every series of it',
  ],
  ['the value is hidden', bars, series('a', () => 1, hidden), 'the dashboard hides every series of it'],
  ['no field has the name', stat('/^full$/'), words, 'no data: no field is called /^full$/'],
  ['no field has the name, of a gauge', gauge('full'), words, 'no data: no field is called full'],
  ['no field is a number', stat(''), words, 'no data: no field is a number'],
])('%s', (_, one, shown, says) => {
  expect(
    renderPanel(one, data([shown]), room(60, 5))
      .join('\n')
      .trim(),
  ).toBe(says)
})

test('a table shows its other columns', () => {
  const shown = frame('A', [strings('node', ['nuc-1']), numbers('load', [1], hidden)])
  expect(renderPanel(table, data([shown]), room(60, 5)).join('\n')).toContain('nuc-1')
})

test('series that a transformation took away are told from series that are not there', () => {
  const grouped = { ...chart, transformations: [{ id: 'groupBy', disabled: false, options: {} }] }
  const text = renderPanel(grouped, data([]), room(60, 5)).join('\n').trim()
  expect(text).toBe('no data: its transformations leave nothing of the series')
})

test('what cannot be drawn says so once', () => {
  const one = panel({ kind: 'unsupported', type: 'logs', why: 'Loki is not read' })
  const gaps = [{ refId: 'A', gap: { reason: 'invalid', detail: 'Loki is not asked here' } as const }]
  expect(renderPanel(one, data([], { gaps }), room(60, 9)).join('\n').trim()).toBe(
    'logs cannot be drawn: Loki is not read',
  )
})
