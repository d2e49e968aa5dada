// What a query has to say beside its result: warnings and infos, each with the place that it speaks of.
import { positionOf } from './errors.ts'
import { general, shortest } from './go-format.ts'

/** Prometheus tells so many of each kind, and how many more there are. */
const most = 10

/** Buckets of a histogram that fell where they must rise, and so were lifted. */
export interface Lifted {
  readonly lowest: number
  readonly highest: number
  /** By how much, at most. */
  readonly difference: number
}

interface Repair extends Lifted {
  readonly from: number
  readonly times: number
  readonly first: number
  readonly last: number
}

const quantileDocs = 'https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile'
const repaired = `input to histogram_quantile needed to be fixed for monotonicity (see ${quantileDocs})`

export class Notes {
  readonly #text: string | undefined
  // By text alone: the same said of several places is said of the last one.
  readonly #warnings = new Map<string, number>()
  readonly #infos = new Map<string, number>()
  #repair: Repair | undefined

  /** Without the query's text, where only a tree is known, notes have no place. */
  constructor(text: string | undefined) {
    this.#text = text
  }

  /** Both take where in the query's text the cause stands. */
  warn(message: string, from: number): void {
    this.#warnings.set(message, from)
  }

  inform(message: string, from: number): void {
    this.#infos.set(message, from)
  }

  warnOfQuantile(quantile: number, from: number): void {
    if (quantile >= 0 && quantile <= 1) return
    this.warn(`quantile value should be between 0 and 1, got ${shortest(quantile)}`, from)
  }

  /** `time` in milliseconds. All repairs of a query are told of at once. */
  informOfRepair(lifted: Lifted, time: number, from: number): void {
    const before = this.#repair
    this.#repair = {
      from: before?.from ?? from,
      lowest: Math.min(lifted.lowest, before?.lowest ?? lifted.lowest),
      highest: Math.max(lifted.highest, before?.highest ?? lifted.highest),
      difference: Math.max(lifted.difference, before?.difference ?? 0),
      times: (before?.times ?? 0) + 1,
      first: Math.min(time, before?.first ?? time),
      last: Math.max(time, before?.last ?? time),
    }
  }

  get warnings(): readonly string[] {
    return bounded(this.#placed('PromQL warning', this.#warnings), 'warning')
  }

  get infos(): readonly string[] {
    const infos = this.#placed('PromQL info', this.#infos)
    if (this.#repair) infos.push(this.#repairText(this.#repair))
    return bounded(infos, 'info')
  }

  #placed(kind: string, notes: ReadonlyMap<string, number>): string[] {
    return [...notes].map(([message, from]) => `${kind}: ${message}${this.#place(from)}`)
  }

  #place(from: number): string {
    return this.#text === undefined ? '' : ` (${positionOf(this.#text, from)})`
  }

  #repairText({ lowest, highest, difference, times, first, last, from }: Repair): string {
    const stamp = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')
    const buckets = `from buckets ${shortest(lowest)} to ${shortest(highest)}, with a max diff of ${general(difference, 2)}`
    return `PromQL info: ${repaired}, ${buckets}, over ${times} samples from ${stamp(first)} to ${stamp(last)}${this.#place(from)}`
  }
}

function bounded(notes: readonly string[], kind: string): readonly string[] {
  if (notes.length <= most) return notes
  return [...notes.slice(0, most), `${notes.length - most} more ${kind} annotations omitted`]
}
