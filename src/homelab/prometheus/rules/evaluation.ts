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
  readonly number: number
  /** The last step that was evaluated. */
  until: number
  /** How many values it holds. */
  size: number
  readonly series: Map<string, { readonly labels: Labels; readonly values: Map<number, number> }>
}

/** Steps that are evaluated and kept together. */
const blockSize = 10
/** How many values one rule keeps: a day of 100 series at every minute. */
const keptValues = 150_000

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
    const blocks: Block[] = []
    for (let number = Math.floor(first / blockSize); number * blockSize <= last; number += 1) {
      blocks.push(
        this.#blocks.get(number) ?? { number, until: number * blockSize - 1, size: 0, series: new Map() },
      )
    }
    if (!this.#running) this.#complete(blocks, last)
    const found = new Map<string, { labels: Labels; values: Map<number, number> }>()
    for (const { series } of blocks) {
      for (const [key, { labels, values }] of series) {
        const known = found.get(key) ?? { labels, values: new Map<number, number>() }
        found.set(key, known)
        for (const [step, value] of values) {
          if (step >= first && step <= last) known.values.set(step, value)
        }
      }
    }
    return [...found.values()].filter((series) => series.values.size > 0)
  }

  /** Evaluates what is missing, neighbouring blocks together: what they read overlaps. */
  #complete(blocks: readonly Block[], last: number): void {
    let run: Block[] = []
    for (const block of blocks) {
      const end = Math.min(last, (block.number + 1) * blockSize - 1)
      if (block.until >= end) {
        this.#evaluate(run, last)
        run = []
      } else run.push(block)
    }
    this.#evaluate(run, last)
    this.#keep(blocks)
  }

  /** The blocks that were used last go to the end, so that the first is the one to forget. */
  #keep(blocks: readonly Block[]): void {
    for (const block of blocks) {
      this.#blocks.delete(block.number)
      this.#blocks.set(block.number, block)
    }
    let size = 0
    for (const block of this.#blocks.values()) size += block.size
    for (const [number, block] of this.#blocks) {
      if (size <= keptValues) return
      this.#blocks.delete(number)
      size -= block.size
    }
  }

  /** Evaluates blocks that follow each other, from where the first ends so far. */
  #evaluate(blocks: readonly Block[], wanted: number): void {
    const [head] = blocks
    const tail = blocks.at(-1)
    if (!head || !tail) return
    const first = head.until + 1
    const last = Math.min(wanted, (tail.number + 1) * blockSize - 1)
    const begun = performance.now()
    this.#running = true
    try {
      this.#parsed ??= parse(this.#expr)
      const range = { start: this.timeOf(first), end: this.timeOf(last), step: this.#interval }
      for (const row of evaluateRange(this.#parsed, range, { storage: this.#storage }).rows) {
        const key = keyOf(row.labels)
        row.has.forEach((present, index) => {
          const step = first + index
          const block = blocks[Math.floor(step / blockSize) - head.number]
          if (!present || !block || step <= block.until) return
          const series = block.series.get(key) ?? { labels: row.labels, values: new Map<number, number>() }
          block.series.set(key, series)
          series.values.set(step, row.values[index] ?? Number.NaN)
          block.size += 1
        })
      }
      this.lastError = ''
    } catch (error) {
      this.lastError = error instanceof Error ? error.message : String(error)
    } finally {
      this.#running = false
      this.duration = (performance.now() - begun) / 1000
    }
    for (const block of blocks) block.until = Math.min(wanted, (block.number + 1) * blockSize - 1)
  }
}
