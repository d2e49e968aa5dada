// One chart of a node, pod or workload: its lines over the range and its limits, asked together.
import type { Labels, RangeSeries } from '#model/prometheus.ts'
import { alignRange, rateWindow, stepFor } from '#model/query-step.ts'
import { SourceError } from '#model/reading.ts'
import { type ChartData, extremes, linesOf } from '#model/subject-charts/lines.ts'
import type { ChartSpec, LimitSpec, LineSpec } from '#model/subject-charts/spec.ts'
import { boundsOf, type TimeRange } from '#model/time.ts'
import type { Ask } from './metrics-read.ts'

/** How often things are scraped unless somebody said otherwise, milliseconds. */
const scrape = 30_000

interface Moment {
  readonly from: number
  readonly to: number
  readonly step: number
}

/** @throws SourceError `no-series` where no line of it has any. */
export async function readChart(
  ask: Ask,
  spec: ChartSpec,
  range: TimeRange,
  columns: number,
  now: number,
  signal: AbortSignal,
): Promise<ChartData> {
  const fine = stepFor(range, columns)
  // With two values a step, half as many steps fill the same columns.
  const coarse = fine > scrape ? stepFor(range, columns / 2) : fine
  const bounds = boundsOf(range, now)
  const moment = (step: number): Moment => ({ ...alignRange(bounds, step), step })
  const [lines, limits] = await Promise.all([
    Promise.all(
      spec.lines.map(async (line) => {
        const at = moment(line.query.type === 'gauge' ? coarse : fine)
        return linesOf(line, await readLine(ask, line, at, signal), at.step)
      }),
    ),
    Promise.all(spec.limits.map((limit) => readLimit(ask, limit, signal))),
  ])
  const drawn = lines.flat()
  if (drawn.length === 0)
    throw new SourceError({ reason: 'no-series', detail: `Prometheus has no ${spec.metric} of it` })
  return { ...bounds, lines: drawn, limits: limits.flat() }
}

async function readLine(
  ask: Ask,
  { query }: LineSpec,
  moment: Moment,
  signal: AbortSignal,
): Promise<readonly RangeSeries[]> {
  if (query.type === 'rate') return ask.range(query.expr(rateWindow(moment.step)), moment, signal)
  if (moment.step <= scrape) return ask.range(query.expr, moment, signal)
  const window = `[${moment.step / 1000}s:${scrape / 1000}s]`
  const [least, greatest] = await Promise.all([
    ask.range(`min_over_time((${query.expr})${window})`, moment, signal),
    ask.range(`max_over_time((${query.expr})${window})`, moment, signal),
  ])
  return extremes(least, greatest, moment.step)
}

/** What is not set has no line: most containers have no CPU limit. */
async function readLimit(ask: Ask, { name, expr }: LimitSpec, signal: AbortSignal) {
  const samples: readonly { labels: Labels; value: number }[] = await ask.vector(expr, signal)
  const [first] = samples
  return first !== undefined && Number.isFinite(first.value) ? [{ name, value: first.value }] : []
}

/** What the chart asks, as one text: the same question is the same chart. */
export function questionOf({ lines, limits }: ChartSpec): string {
  const asked = lines.map(({ query }) => (query.type === 'rate' ? query.expr('') : query.expr))
  return JSON.stringify([asked, limits])
}
