// What panels show agrees with what Prometheus answers: figures read back from the screen, their units undone, are the
// server's own numbers. The server is the homelab's over written samples; it is asked beside the panels.
import { expect, test } from 'vitest'
import { manualClock } from '#homelab/clock.ts'
import { createPrometheus } from '#homelab/prometheus/prometheus.ts'
import type { RuleGroup } from '#homelab/prometheus/rule-group.ts'
import { type MemorySeries, memoryStorage, written } from '#test/homelab/prometheus/memory-storage.ts'
import { standInFor } from '#test/sources/prometheus/upstream.ts'
import { renderPanel } from '#ui/charts/panels/panel.ts'
import { createTheme } from '#ui/theme.ts'
import { readWhole } from './draw-all.ts'

const minute = 60_000
const now = 120 * minute

const series: readonly MemorySeries[] = [
  written({ __name__: 'memory_bytes', pod: 'cart' }, '4e9+31234567x120'),
  written({ __name__: 'memory_bytes', pod: 'web' }, '712345678x120'),
  written({ __name__: 'ratio', pod: 'cart' }, '0.1+0.00321x120'),
  written({ __name__: 'took_seconds', pod: 'cart' }, '0.0123x60 0.0456x60'),
  written({ __name__: 'gappy', pod: 'cart' }, '3x80 _x19 7x20'),
  ...['0.1', '0.5', '+Inf'].map((le, index) =>
    written({ __name__: 'latency_bucket', le }, `0+${[60, 300, 420][index]}x120`),
  ),
]

const busy: RuleGroup = { name: 'g', interval: '1m', rules: [{ alert: 'Busy', expr: 'ratio > 0.2' }] }

async function serve() {
  const clock = manualClock(now - 10 * minute)
  const prometheus = createPrometheus({
    ...{ storage: memoryStorage(series), clock, rules: [busy], targets: () => [] },
    ...{ namespace: 'observability', service: 'prometheus', port: 9090 },
  })
  clock.advance(10 * minute)
  const { url } = await standInFor(() => prometheus)
  return {
    url,
    async ask(path: string, params: Readonly<Record<string, string | number>>) {
      const search = Object.entries(params).map(([name, value]): [string, string] => [name, String(value)])
      const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(search)}`)
      return ((await response.json()) as { data: { result: Answered[]; alerts: unknown[] } }).data
    },
  }
}

interface Answered {
  readonly metric: Readonly<Record<string, string>>
  readonly value: readonly [number, string]
  readonly values: readonly (readonly [number, string])[]
}

/** One panel, drawn, and the server it asked. */
async function shown(panel: object, width = 70, height = 12) {
  const { url, ask } = await serve()
  const content = { title: 'Numbers', schemaVersion: 39, panels: [panel] }
  const { rows, panels } = await readWhole(JSON.stringify(content), url, now)
  const [laid] = rows.flatMap((row) => row.panels)
  const data = panels.get(laid?.key ?? '')
  if (laid === undefined || data === undefined) throw new Error('the panel was not read')
  const theme = createTheme({ level: 0, ascii: false })
  const text = renderPanel(laid, data, { width, height, now, timeZone: 'UTC', theme }).join('\n')
  const range = async (query: string) => {
    const bounds = { start: data.from / 1000, end: data.to / 1000, step: data.step / 1000 }
    const { result } = await ask('query_range', { query, ...bounds })
    return result.map(({ values }) => values.map(([, value]) => Number(value)))
  }
  return { text, data, range, ask }
}

function panel(type: string, expr: string, unit: string, more: { target?: object; options?: object } = {}) {
  return {
    ...{ type, title: expr, gridPos: { x: 0, y: 0, w: 12, h: 8 } },
    targets: [{ refId: 'A', expr, legendFormat: '{{pod}}', ...more.target }],
    fieldConfig: { defaults: { unit, min: 0, ...(unit === 'percentunit' && { max: 1 }) }, overrides: [] },
    options: more.options,
    // What a graph of old says of its axis.
    yaxes: [{ format: unit }],
  }
}

const units: Readonly<Record<string, number>> = {
  ...{ '': 1, '%': 0.01, ms: 0.001, s: 1, B: 1, MB: 1e6, GB: 1e9, MiB: 2 ** 20, GiB: 2 ** 30 },
}

/** The figures on a line of the screen with what their last digit may hide. */
function figuresIn(text: string): readonly { readonly value: number; readonly give: number }[] {
  return [...text.matchAll(/(?<![\w.:-])(\d+(?:\.(\d+))?) ?(%|[kMG]?i?B|ms|s)?(?![\w:-])/g)].map(
    ([, digits = '', decimals = '', unit = '']) => {
      const factor = units[unit] ?? Number.NaN
      return { value: Number(digits) * factor, give: 0.500001 * 10 ** -decimals.length * factor }
    },
  )
}

const lineOf = (text: string, word: string) => text.split('\n').find((line) => line.includes(word)) ?? ''

/** The figures that stand on a line are these numbers, in this order, as exact as they are written. */
function expectFigures(line: string, expected: readonly (number | undefined)[]): void {
  const found = figuresIn(line)
  expect(found.length, line).toBe(expected.length)
  for (const [index, { value, give }] of found.entries())
    expect(Math.abs(value - (expected[index] ?? Number.NaN)), line).toBeLessThanOrEqual(give)
}

test.each([
  ['timeseries', 'memory_bytes', 'bytes'],
  ['graph', 'memory_bytes', 'decbytes'],
  ['timeseries', 'ratio', 'percentunit'],
  ['timeseries', 'took_seconds', 's'],
  ['timeseries', 'rate(latency_bucket{le="0.5"}[5m])', 'short'],
])('the legend of a %s of %s in %s', async (type, expr, unit) => {
  const { text, range } = await shown(panel(type, expr, unit, { target: { legendFormat: '{{pod}}.' } }))
  const [first = []] = await range(expr)
  const line = text.split('\n').findLast((one) => /^\S (?:cart)?\./.test(one)) ?? ''
  expectFigures(line, [first.at(-1), Math.max(...first)])
})

test.each([
  ['ratio', 'percentunit', 'lastNotNull', (all: readonly number[]) => all.at(-1)],
  ['ratio', 'percentunit', 'mean', (all: readonly number[]) => sum(all) / all.length],
  ['took_seconds', 's', 'max', (all: readonly number[]) => Math.max(...all)],
  ['memory_bytes{pod="cart"}', 'bytes', 'min', (all: readonly number[]) => Math.min(...all)],
] as const)('a stat of %s in %s: its %s', async (expr, unit, calc, of) => {
  const options = { reduceOptions: { calcs: [calc] }, graphMode: 'none' }
  const { text, range } = await shown(panel('stat', expr, unit, { options }), 40, 3)
  expectFigures(text.trim().replaceAll('\n', ' '), [of((await range(expr))[0] ?? [])])
})

const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0)

test('a gauge: its number, and how far it is filled', async () => {
  const { text, range } = await shown(panel('gauge', 'ratio', 'percentunit'), 60, 3)
  const last = (await range('ratio'))[0]?.at(-1) ?? Number.NaN
  expectFigures(lineOf(text, '%'), [last])
  const bar = lineOf(text, '█')
  expect(bar.match(/█/g)?.length).toBe(Math.round(last * 60))
})

test('a bar gauge: its numbers, and bars in proportion to the greatest', async () => {
  const target = { instant: true, range: false }
  const { text, ask } = await shown(panel('bargauge', 'memory_bytes', 'decbytes', { target }))
  const { result } = await ask('query', { query: 'memory_bytes', time: now / 1000 })
  const values = result.map(({ value }) => Number(value[1]))
  const lines = result.map(({ metric }) => lineOf(text, metric.pod ?? ''))
  for (const [index, line] of lines.entries()) {
    expectFigures(line.replace(/^\w+/, ''), [values[index]])
    const full = line.match(/█/g)?.length ?? 0
    const cells = (line.match(/[█▏▎▍▌▋▊▉·]/g) ?? []).length
    expect(Math.abs(full / cells - (values[index] ?? 0) / Math.max(...values))).toBeLessThan(1.5 / cells)
  }
})

test('a table: each row its labels and its number', async () => {
  const target = { format: 'table', instant: true, range: false }
  const { text, ask } = await shown(panel('table', 'memory_bytes', 'bytes', { target }))
  const { result } = await ask('query', { query: 'memory_bytes', time: now / 1000 })
  expect(result.length).toBe(2)
  for (const { metric, value } of result)
    expectFigures(/\s\d\S* \S+\s*$/.exec(lineOf(text, ` ${metric.pod} `))?.[0] ?? '', [Number(value[1])])
})

test('a heatmap: what is in each bucket alone, the fullest the densest', async () => {
  const query = 'rate(latency_bucket[5m])'
  const more = { target: { format: 'heatmap', legendFormat: '{{le}}' }, options: { calculate: false } }
  const { text, range } = await shown(panel('heatmap', query, 'short', more))
  const totals = (await range(query)).map((values) => values.at(-1) ?? Number.NaN)
  // Prometheus counts in each all that is below its bound too.
  const own = totals.sort((a, b) => a - b).map((total, index) => total - (totals[index - 1] ?? 0))
  const shades = ['0.1', '0.5', '+Inf'].map((le) => lineOf(text, `${le} `).trimEnd().at(-1))
  const expected = own.map((one) => '░▒▓█'[Math.ceil((one / Math.max(...own)) * 4) - 1])
  expect(shades).toEqual(expected)
  expect(new Set(shades).size).toBe(3)
})

test('a calculated heatmap has no stripes where a step is wider than a column', async () => {
  const { text, range } = await shown(panel('heatmap', 'took_seconds', 's', { options: { calculate: true } }))
  // A sample a minute, and more columns than minutes.
  expect((await range('took_seconds'))[0]?.length).toBe(61)
  const filled = text.split('\n').filter((line) => /[░▒▓█]/.test(line))
  const places = new Set(filled.flatMap((line) => [...line.matchAll(/[░▒▓█]/g)].map(({ index }) => index)))
  expect(Math.max(...places) - Math.min(...places) + 1).toBe(places.size)
})

test('an alert list: those that the server has', async () => {
  const { text, ask } = await shown(panel('alertlist', 'up', ''))
  const { alerts } = await ask('alerts', {})
  expect(alerts.length).toBe(1)
  expect(text.match(/Busy/g)?.length).toBe(1)
})

test.each(['timeseries', 'graph'])('a %s never joins a gap', async (type) => {
  const { text, data } = await shown(panel(type, 'gappy', 'short'))
  const lines = text.split('\n').filter((line) => /^ *\d+ |^ {2}/.test(line) && /[⠁-⣿]/.test(line))
  const drawn = (column: number) => lines.some((line) => /[⠁-⣿]/.test(line[column] ?? ''))
  const places = Array.from({ length: 70 }, (_, column) => column).filter(drawn)
  const [first = 0, last = 0] = [places[0], places.at(-1)]
  // Samples end at 80 minutes, are held for five as Prometheus does, and begin again at 100.
  const column = (at: number) => first + ((at * minute - data.from) / (data.to - data.from)) * (last - first)
  const inside = places.filter((place) => place > column(86) && place < column(99))
  expect(inside).toEqual([])
  expect(places.filter((place) => place < column(80)).length).toBeGreaterThan(15)
  expect(places.filter((place) => place > column(101)).length).toBeGreaterThan(15)
})
