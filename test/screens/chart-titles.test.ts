// What the title of a chart says: a figure of now, of a long step what it is, and of several lines none.
import { expect, test } from 'vitest'
import type { ChartData } from '#model/subject-charts/lines.ts'
import { type ChartSpec, gauge, type Query, rate } from '#model/subject-charts/spec.ts'
import { drawChart } from '#screens/charts/draw.ts'
import { fixedNow } from '#test/ui/fake-deck.ts'
import { createTheme } from '#ui/theme.ts'
import { failed, known, minute } from './rows.ts'

const hour = 60 * minute
const theme = createTheme({ level: 0, ascii: false })
const room = { width: 80, height: 8, theme, now: fixedNow, timeZone: 'UTC', late: true }

function spec(query: Query, more: Partial<ChartSpec> = {}): ChartSpec {
  const lines = [{ name: { label: 'pod' }, query }]
  return { id: 'x', title: 'memory', unit: 'cores', metric: 'm', lines, limits: [], ...more }
}

function data(step: number, count: number, limits: ChartData['limits'] = []): ChartData {
  const line = (name: string) => ({ name, step, times: [fixedNow - step, fixedNow], values: [1, 2] })
  return {
    from: fixedNow - 10 * step,
    to: fixedNow,
    lines: ['a', 'b'].slice(0, count).map(line),
    limits,
  }
}

const title = (of: ChartSpec, read: ChartData) =>
  drawChart(
    {
      spec: of,
      live: { ...known(read) },
      marks: [],
      focused: false,
      cursor: undefined,
      solo: undefined,
      hidden: new Set(),
    },
    room,
  )[0]?.trim()

const limit = [{ name: 'limit', value: 4 }]

test.each([
  ['of now', spec(gauge('x')), data(minute, 1), 'memory  2'],
  ['of now, against its limit', spec(gauge('x')), data(minute, 1, limit), 'memory  2 of 4 limit'],
  [
    'the greatest of a long step',
    spec(gauge('x')),
    data(3 * hour, 1, limit),
    'memory  2 (3h max) of 4 limit',
  ],
  ['the mean of a long step', spec(rate(() => 'x')), data(3 * hour, 1), 'memory  2 (3h mean)'],
  ['of several lines the limit alone', spec(gauge('x')), data(minute, 2, limit), 'memory  limit 4'],
  ['of several lines nothing', spec(gauge('x')), data(minute, 2), 'memory'],
])('the figure is %s', (_what, of, read, text) => {
  expect(title(of, read)).toBe(text)
})

test('what not everything has is no fault where it is missing', () => {
  const live = failed({
    reason: 'no-series',
    detail: 'Prometheus has no kubelet_volume_stats_used_bytes of it',
  })
  const chart = {
    live,
    marks: [],
    focused: false,
    cursor: undefined,
    solo: undefined,
    hidden: new Set<number>(),
  }
  const text = (of: ChartSpec) => drawChart({ ...chart, spec: of }, room).join('\n')
  expect(text(spec(gauge('x'), { title: 'volumes', optional: true }))).toContain('no volumes measured of it')
  expect(text(spec(gauge('x')))).toContain('Prometheus has no kubelet_volume_stats_used_bytes')
})
