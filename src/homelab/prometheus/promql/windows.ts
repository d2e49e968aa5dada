// Functions over a window of one series' samples: rate and its kin, and all that end in _over_time.
// Formulas: https://prometheus.io/docs/prometheus/latest/querying/functions/ and Prometheus 3's engine.
import { increaseOf, instantChange } from './rate.ts'
import { regression } from './regression.ts'
import { KahanSum, meanOf, quantileOf, sumOf } from './sums.ts'

/** The samples `from` up to, not including, `to`, which lie in (start, end]. Never empty. Milliseconds. */
export interface Window {
  readonly times: ArrayLike<number>
  readonly values: ArrayLike<number>
  from: number
  to: number
  start: number
  end: number
  /** The step's own time, which `offset` and `@` do not move. */
  now: number
}

/** Undefined where the window gives no value. `parameter` is the function's scalar argument. */
export type WindowFunction = (window: Window, parameter: number) => number | undefined

const last = ({ values, to }: Window) => values[to - 1]

function best(window: Window, better: (value: number, than: number) => boolean): number {
  let found = window.values[window.from] ?? Number.NaN
  for (let index = window.from + 1; index < window.to; index += 1) {
    const value = window.values[index] ?? Number.NaN
    if (better(value, found) || Number.isNaN(found)) found = value
  }
  return found
}

function pairs({ values, from, to }: Window, counts: (before: number, value: number) => boolean): number {
  let count = 0
  for (let index = from + 1; index < to; index += 1) {
    if (counts(values[index - 1] ?? 0, values[index] ?? 0)) count += 1
  }
  return count
}

/** Welford's method with compensated sums. */
function variance({ values, from, to }: Window): number {
  const mean = new KahanSum()
  const squares = new KahanSum()
  for (let index = from; index < to; index += 1) {
    const value = values[index] ?? 0
    const delta = value - mean.total
    mean.add(delta / (index - from + 1))
    squares.add(delta * (value - mean.total))
  }
  return squares.total / (to - from)
}

function copyOf(values: ArrayLike<number>, from: number, to: number): Float64Array {
  const copy = new Float64Array(to - from)
  for (let index = from; index < to; index += 1) copy[index - from] = values[index] ?? 0
  return copy
}

const seconds = (window: Window) => (window.end - window.start) / 1000

export const windowFunctions: ReadonlyMap<string, WindowFunction> = new Map<string, WindowFunction>([
  ['rate', (window) => increaseOf(window, { counter: true, per: seconds(window) })],
  ['increase', (window) => increaseOf(window, { counter: true, per: 1 })],
  ['delta', (window) => increaseOf(window, { counter: false, per: 1 })],
  ['irate', (window) => instantChange(window, 'rate')],
  ['idelta', (window) => instantChange(window, 'delta')],
  ['deriv', (window) => regression(window, window.times[window.from] ?? 0)?.slope],
  [
    'predict_linear',
    (window, ahead) => {
      const line = regression(window, window.now)
      return line && line.slope * ahead + line.intercept
    },
  ],
  ['changes', (w) => pairs(w, (a, b) => a !== b && !(Number.isNaN(a) && Number.isNaN(b)))],
  ['resets', (w) => pairs(w, (a, b) => b < a)],
  ['avg_over_time', ({ values, from, to }) => meanOf(values, from, to)],
  ['sum_over_time', ({ values, from, to }) => sumOf(values, from, to)],
  ['min_over_time', (w) => best(w, (value, than) => value < than)],
  ['max_over_time', (w) => best(w, (value, than) => value > than)],
  ['count_over_time', ({ from, to }) => to - from],
  ['last_over_time', last],
  ['first_over_time', ({ values, from }) => values[from]],
  ['present_over_time', () => 1],
  ['absent_over_time', () => 1],
  ['stddev_over_time', (w) => Math.sqrt(variance(w))],
  ['stdvar_over_time', variance],
  ['quantile_over_time', ({ values, from, to }, quantile) => quantileOf(quantile, copyOf(values, from, to))],
])

/** They give a sample as it was, so the metric's name stays. */
export const keepName: ReadonlySet<string> = new Set(['last_over_time', 'first_over_time'])
