// Series as a rule writes them: one sample an evaluation, and a staleness marker at the first that gave none.
import { keyOf, type Labels } from '#homelab/prometheus/promql/labels.ts'
import type { Series } from '#homelab/prometheus/storage.ts'
import type { Evaluation } from './evaluation.ts'

interface Building {
  readonly labels: Labels
  readonly times: number[]
  readonly values: number[]
  readonly stale: Set<number>
  lastStep: number
}

export class StepSeries {
  readonly #evaluation: Evaluation
  readonly #building = new Map<string, Building>()

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation
  }

  /** Steps of one series come in rising order. */
  add(labels: Labels, step: number, value: number): void {
    const key = keyOf(labels)
    const known = this.#building.get(key)
    const series = known ?? { labels, times: [], values: [], stale: new Set(), lastStep: step - 1 }
    this.#building.set(key, series)
    this.#markStale(series, step - 1)
    series.times.push(this.#evaluation.timeOf(step))
    series.values.push(value)
    series.lastStep = step
  }

  /** At the first evaluation after the series' last, up to step `last`, that succeeded; one that fails says nothing. */
  #markStale(series: Building, last: number): void {
    for (let step = series.lastStep + 1; step <= last; step += 1) {
      if (this.#evaluation.errorAt(step) !== '') continue
      series.stale.add(series.values.length)
      series.times.push(this.#evaluation.timeOf(step))
      series.values.push(Number.NaN)
      return
    }
  }

  /** All series; one that had ended before step `last` is marked so. */
  series(last: number): readonly Series[] {
    for (const series of this.#building.values()) this.#markStale(series, last)
    return [...this.#building.values()]
  }
}
