// One rule's expression over time, evaluated when somebody asks, at the group's interval, and remembered.

import { keyOf, type Labels } from '#homelab/prometheus/promql/labels.ts'
import { parseDuration } from '#homelab/prometheus/promql/literals.ts'
import { parse } from '#homelab/prometheus/promql/parse.ts'
import { evaluateRange } from '#homelab/prometheus/promql/query.ts'
import type { Storage } from '#homelab/prometheus/storage.ts'

/** Values by step; a step that has none is absent. */
export interface StepValues {
  readonly labels: Labels
  readonly values: ReadonlyMap<number, number>
}

interface Block {
  /** The last step that was evaluated. */
  until: number
  readonly series: Map<string, { readonly labels: Labels; readonly values: Map<number, number> }>
}

/** Steps that are evaluated and kept together. */
const blockSize = 10
/** How many blocks one rule keeps: 20 hours of a rule that runs each minute. */
const keptBlocks = 120

export const defaultInterval = 60_000

/** A rule-file duration in milliseconds; throws where it is none. */
export function durationOf(text: string | undefined, otherwise: number): number {
  const duration = text === undefined ? otherwise : parseDuration(text)
  if (duration === undefined) throw new Error(`not a valid duration string: "${text}"`)
  return duration
}

export class Evaluation {
  readonly #expr: string
  readonly #interval: number
  readonly #storage: Storage
  readonly #blocks = new Map<number, Block>()
  #parsed: ReturnType<typeof parse> | undefined
  #running = false
  /** The last evaluation's failure; empty where it succeeded. */
  lastError = ''
  /** How long the last evaluation took, seconds. */
  duration = 0

  constructor(expr: string, interval: number, storage: Storage) {
    this.#expr = expr
    this.#interval = interval
    this.#storage = storage
  }

  /** While it runs: a rule that reads its own series finds none. */
  get running(): boolean {
    return this.#running
  }

  stepAt(time: number): number {
    return Math.floor(time / this.#interval)
  }

  timeOf(step: number): number {
    return step * this.#interval
  }

  /** All series with their values from step `first` to step `last`; a rule that fails has none. */
  over(first: number, last: number): readonly StepValues[] {
    const found = new Map<string, { labels: Labels; values: Map<number, number> }>()
    for (let number = Math.floor(first / blockSize); number * blockSize <= last; number += 1) {
      for (const [key, series] of this.#block(number, last).series) {
        const known = found.get(key) ?? { labels: series.labels, values: new Map<number, number>() }
        found.set(key, known)
        for (const [step, value] of series.values) {
          if (step >= first && step <= last) known.values.set(step, value)
        }
      }
    }
    return [...found.values()].filter((series) => series.values.size > 0)
  }

  #block(number: number, wanted: number): Block {
    const block: Block = this.#blocks.get(number) ?? { until: number * blockSize - 1, series: new Map() }
    const last = Math.min(wanted, (number + 1) * blockSize - 1)
    if (block.until < last && !this.#running) {
      this.#evaluate(block, last)
      block.until = last
    }
    // The block that was used last goes to the end, so that the first is the one to forget.
    this.#blocks.delete(number)
    this.#blocks.set(number, block)
    if (this.#blocks.size > keptBlocks) {
      const [oldest] = this.#blocks.keys()
      if (oldest !== undefined) this.#blocks.delete(oldest)
    }
    return block
  }

  #evaluate(block: Block, last: number): void {
    const first = block.until + 1
    const begun = performance.now()
    this.#running = true
    try {
      this.#parsed ??= parse(this.#expr)
      const range = { start: this.timeOf(first), end: this.timeOf(last), step: this.#interval }
      for (const row of evaluateRange(this.#parsed, range, { storage: this.#storage }).rows) {
        const key = keyOf(row.labels)
        const series = block.series.get(key) ?? { labels: row.labels, values: new Map<number, number>() }
        block.series.set(key, series)
        row.has.forEach((present, index) => {
          if (present) series.values.set(first + index, row.values[index] ?? Number.NaN)
        })
      }
      this.lastError = ''
    } catch (error) {
      this.lastError = error instanceof Error ? error.message : String(error)
    } finally {
      this.#running = false
      this.duration = (performance.now() - begun) / 1000
    }
  }
}
