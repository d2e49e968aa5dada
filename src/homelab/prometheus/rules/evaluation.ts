// One rule's expression over time, evaluated when somebody asks, at the group's interval, and remembered.

import { keyOf, type Labels } from '#homelab/prometheus/promql/labels.ts'
import { parseDuration } from '#homelab/prometheus/promql/literals.ts'
import { parse } from '#homelab/prometheus/promql/parse.ts'
import { evaluateRange, prepareRange } from '#homelab/prometheus/promql/query.ts'
import type { Row } from '#homelab/prometheus/promql/rows.ts'
import type { Rule } from '#homelab/prometheus/rule-group.ts'
import type { Storage } from '#homelab/prometheus/storage.ts'
import { type Labelling, labellingOf } from './labelling.ts'

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
  /** Why a step failed. */
  readonly errors: Map<number, string>
}

/** Steps that are evaluated and kept together. */
const blockSize = 5
/** How many values one rule keeps: a day of 100 series at every minute. */
const keptValues = 150_000

export const defaultInterval = 60_000

/** A rule-file duration in milliseconds; throws where it is none. */
export function durationOf(text: string | undefined, otherwise: number): number {
  const duration = text === undefined ? otherwise : parseDuration(text)
  if (duration === undefined) throw new Error(`not a valid duration string: "${text}"`)
  return duration
}

const rangeKey = ({ start, end }: { readonly start: number; readonly end: number }) => `${start} ${end}`

/** Blocks that are not evaluated up to `last`, neighbouring ones together: what they read overlaps. */
function missing(blocks: readonly Block[], last: number): readonly (readonly Block[])[] {
  const runs: Block[][] = []
  let run: Block[] = []
  for (const block of blocks) {
    if (block.until >= Math.min(last, (block.number + 1) * blockSize - 1)) run = []
    else {
      if (run.length === 0) runs.push(run)
      run.push(block)
    }
  }
  return runs
}

export class Evaluation {
  readonly #expr: string
  readonly #labelling: Labelling
  readonly #interval: number
  readonly #storage: Storage
  readonly #storageWithin: (within: ReadonlySet<Evaluation>) => Storage
  readonly #blocks = new Map<number, Block>()
  #parsed: ReturnType<typeof parse> | undefined
  readonly #preparing = new Map<string, Promise<void>>()
  /** Evaluations whose samples are read, by their range. */
  readonly #ready = new Map<string, Awaited<ReturnType<typeof prepareRange>>>()
  #running = false
  /** How long the last evaluation took, seconds. */
  duration = 0

  /** `storageWithin` is the storage as rules read it while they are prepared. */
  constructor(
    rule: Rule,
    interval: number,
    storage: Storage,
    storageWithin: (within: ReadonlySet<Evaluation>) => Storage,
  ) {
    this.#expr = rule.expr
    this.#labelling = labellingOf(rule)
    this.#interval = interval
    this.#storage = storage
    this.#storageWithin = storageWithin
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

  /** Why the rule failed at a step that was evaluated; empty where it did not. */
  errorAt(step: number): string {
    return this.#blocks.get(Math.floor(step / blockSize))?.errors.get(step) ?? ''
  }

  /** Labels of what the rule makes of a sample. */
  labelsOf(sample: Labels, value: number): Labels {
    return this.#labelling.of(sample, value)
  }

  /** All series with their values from step `first` to step `last`; a rule that fails has none. */
  over(first: number, last: number): readonly StepValues[] {
    const blocks = this.#complete(first, last)
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

  /**
   * Reads in slices what `over` will need for these steps, and evaluates it. `within`: the rules that are being
   * prepared and need this one; only who is needed by none may wait for work that another has begun.
   */
  async prepare(first: number, last: number, within: ReadonlySet<Evaluation>): Promise<void> {
    const key = `${first} ${last}`
    const begun = within.size === 0 ? this.#preparing.get(key) : undefined
    if (begun !== undefined) return begun
    const work = this.#prepare(first, last, new Set([...within, this]))
    this.#preparing.set(key, work)
    try {
      await work
    } finally {
      this.#preparing.delete(key)
    }
  }

  async #prepare(first: number, last: number, within: ReadonlySet<Evaluation>): Promise<void> {
    try {
      this.#parsed ??= parse(this.#expr)
    } catch {
      return
    }
    const storage = this.#storageWithin(within)
    const made: string[] = []
    for (const run of missing(this.#blocksOf(first, last), last)) {
      const range = this.#rangeOf(run, last)
      if (!range) continue
      try {
        this.#ready.set(rangeKey(range), await prepareRange(this.#parsed, range, { storage }))
        made.push(rangeKey(range))
      } catch {
        // The evaluation will come across the same failure, and keep it.
      }
    }
    this.#complete(first, last)
    for (const key of made) this.#ready.delete(key)
  }

  /** The blocks of these steps, evaluated where they were not; a rule that is running is left as it is. */
  #complete(first: number, last: number): readonly Block[] {
    const blocks = this.#blocksOf(first, last)
    if (this.#running) return blocks
    for (const run of missing(blocks, last)) this.#evaluate(run, last)
    this.#keep(blocks)
    return blocks
  }

  #blocksOf(first: number, last: number): readonly Block[] {
    const blocks: Block[] = []
    for (let number = Math.floor(first / blockSize); number * blockSize <= last; number += 1) {
      blocks.push(
        this.#blocks.get(number) ?? {
          number,
          until: number * blockSize - 1,
          size: 0,
          series: new Map(),
          errors: new Map(),
        },
      )
    }
    return blocks
  }

  /** The steps, as times, that blocks which follow each other lack. */
  #rangeOf(blocks: readonly Block[], wanted: number) {
    const [head] = blocks
    const tail = blocks.at(-1)
    if (!head || !tail) return undefined
    const last = Math.min(wanted, (tail.number + 1) * blockSize - 1)
    return { start: this.timeOf(head.until + 1), end: this.timeOf(last), step: this.#interval }
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
    const range = this.#rangeOf(blocks, wanted)
    if (!head || !range) return
    const begun = performance.now()
    const blockOf = (step: number) => blocks[Math.floor(step / blockSize) - head.number]
    this.#running = true
    try {
      for (const { first, rows, error } of this.#outcomes(range)) {
        const failed = error === undefined ? this.#clashes(rows) : new Map([[0, error]])
        for (const [index, message] of failed) blockOf(first + index)?.errors.set(first + index, message)
        for (const row of rows) {
          const key = keyOf(row.labels)
          row.has.forEach((present, index) => {
            const block = blockOf(first + index)
            if (present && block && !failed.has(index)) {
              put(block, key, row.labels, { step: first + index, value: row.values[index] ?? Number.NaN })
            }
          })
        }
      }
    } finally {
      this.#running = false
      this.duration = (performance.now() - begun) / 1000
    }
    for (const block of blocks) block.until = Math.min(wanted, (block.number + 1) * blockSize - 1)
  }

  /** All steps at once, or one by one where some fail: a rule that fails has no values then, and others as ever. */
  #outcomes(range: StepRange): readonly Outcome[] {
    const first = this.stepAt(range.start)
    try {
      this.#parsed ??= parse(this.#expr)
      const ready = this.#ready.get(rangeKey(range))
      const { rows } = ready ? ready() : evaluateRange(this.#parsed, range, { storage: this.#storage })
      return [{ first, rows }]
    } catch (error) {
      if (range.start === range.end) {
        return [{ first, rows: [], error: error instanceof Error ? error.message : String(error) }]
      }
      const steps = this.stepAt(range.end) - first + 1
      return Array.from({ length: steps }, (_, index) => this.timeOf(first + index)).flatMap((time) =>
        this.#outcomes({ ...range, start: time, end: time }),
      )
    }
  }

  /** The steps, by index, at which two rows come to the same labels. */
  #clashes(rows: readonly Row[]): ReadonlyMap<number, string> {
    const { followsValue, clash } = this.#labelling
    const keys = rows.map((row) => keyOf(this.#labelling.of(row.labels, row.values[0] ?? Number.NaN)))
    const failed = new Map<number, string>()
    if (!followsValue && new Set(keys).size === rows.length) return failed
    for (let index = 0; index < (rows[0]?.has.length ?? 0); index += 1) {
      const seen = new Set<string>()
      rows.forEach((row, place) => {
        if (!row.has[index]) return
        const value = row.values[index] ?? Number.NaN
        const key = followsValue ? keyOf(this.#labelling.of(row.labels, value)) : (keys[place] ?? '')
        if (seen.has(key)) failed.set(index, clash)
        seen.add(key)
      })
    }
    return failed
  }
}

interface StepRange {
  readonly start: number
  readonly end: number
  readonly step: number
}

interface Outcome {
  readonly first: number
  readonly rows: readonly Row[]
  /** Why its only step failed. */
  readonly error?: string
}

function put(
  block: Block,
  key: string,
  labels: Labels,
  { step, value }: { readonly step: number; readonly value: number },
): void {
  if (step <= block.until) return
  const series = block.series.get(key) ?? { labels, values: new Map<number, number>() }
  block.series.set(key, series)
  series.values.set(step, value)
  block.size += 1
}
