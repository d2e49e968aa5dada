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
    if (series.lastStep < step - 1) this.#markStale(series)
    series.times.push(this.#evaluation.timeOf(step))
    series.values.push(value)
    series.lastStep = step
  }

  #markStale(series: Building): void {
    series.stale.add(series.values.length)
    series.times.push(this.#evaluation.timeOf(series.lastStep + 1))
    series.values.push(Number.NaN)
  }

  /** All series; one that had ended before step `last` is marked so. */
  series(last: number): readonly Series[] {
    for (const series of this.#building.values()) {
      if (series.lastStep < last) this.#markStale(series)
    }
    return [...this.#building.values()]
  }
}
