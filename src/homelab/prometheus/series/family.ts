// What the series are made of: a family is one metric, and it tells for a window which series it has and
// what each was worth when. Storage samples that at scrape times, so that nothing is ever stored.

import type { MetricMetadata } from '#homelab/prometheus/storage.ts'
import type { World } from '#homelab/world.ts'
import type { Labels } from '#model/prometheus.ts'
import type { Filter } from './filter.ts'
import type { Objects } from './objects.ts'
import type { ScrapeState, ScrapeTarget } from './scrape-target.ts'

/** A value that holds for the whole piece, or one that depends on the time (milliseconds). */
export type Value = number | ((time: number) => number)

/** A stretch of a series' life, `from` included and `to` not, in milliseconds. */
export interface Piece {
  readonly from: number
  readonly to: number
  readonly value: Value
}

/** One series of one target, without the target's labels. Pieces do not overlap and rise. */
export interface Draft {
  readonly target: ScrapeTarget
  readonly labels: Labels
  readonly pieces: readonly Piece[]
}

/** What a family is asked for: only what `filter` accepts and what lived in [from, to] need be told. */
export interface Scope {
  readonly world: World
  readonly objects: Objects
  readonly filter: Filter
  readonly from: number
  readonly to: number
  /** The targets of a job that were there in the window and whose labels the filter does not rule out. */
  targets(job: string, path?: string): readonly ScrapeTarget[]
  readonly allTargets: readonly ScrapeTarget[]
}

export interface Family extends MetricMetadata {
  readonly name: string
  drafts(scope: Scope): Iterable<Draft>
  /** Which scrapes have it; absent means those that succeeded. `up` is also there when they fail. */
  readonly isPresent?: (state: ScrapeState) => boolean
}

export const always = (value: Value): readonly Piece[] => [
  { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, value },
]
