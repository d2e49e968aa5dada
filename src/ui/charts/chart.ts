// What a chart over time is given: series, axes, limits, marks, and where its reader points. Shapes only.
import type { Scale } from '#ui/format.ts'
import type { Ink } from '#ui/ink.ts'
import type { Samples } from './resample.ts'

export type Draw = 'line' | 'step' | 'bars' | 'points'

export interface ChartSeries extends Samples {
  readonly name: string
  /** The left one where absent. */
  readonly axis?: 'left' | 'right' | undefined
  /** A line where absent; `step` holds each value until the next one. */
  readonly draw?: Draw | undefined
  /** Series of one group stand on each other; `percent` makes each moment's sum 100. */
  readonly stack?: { readonly group: string; readonly percent: boolean } | undefined
  /** Mirrored below zero; what is read out stays as it was measured. */
  readonly negative?: boolean | undefined
  readonly dashed?: boolean | undefined
  /** Drawn, but not listed in the legend; the cursor reads it out all the same. */
  readonly unlisted?: boolean | undefined
  /** The usual distance of its samples, milliseconds; found in the samples where absent. */
  readonly step?: number | undefined
  /** Gaps up to this long are joined, milliseconds. */
  readonly joinGaps?: number | undefined
  /** How its values are read out; as its axis is labelled where absent. */
  readonly format?: ((value: number) => string) | undefined
  /** One of the chart's own colours where absent. */
  readonly ink?: Ink | undefined
}

export interface ChartAxis {
  readonly scale: Scale
  /** Fixed ends. What lies beyond is drawn at the edge. */
  readonly min?: number | undefined
  readonly max?: number | undefined
  /** Ends that give way to the data. */
  readonly softMin?: number | undefined
  readonly softMax?: number | undefined
  /** Logarithmic, ticks at its powers: what is not above zero is left out. */
  readonly logBase?: number | undefined
  readonly centredZero?: boolean | undefined
  /** Begins near the data instead of at zero, where zero is far. */
  readonly fitted?: boolean | undefined
}

export interface ChartLimit {
  readonly value: number
  readonly name: string
  readonly role?: Ink | undefined
  /** Shown only where the data comes near: the axis is not stretched for it. */
  readonly distant?: boolean | undefined
  /** The side of it that is tinted. */
  readonly area?: 'above' | undefined
}

/** Something that happened: `F` Flux apply, `R` rollout, `K` OOM kill, `B` reboot, `A` alert. */
export interface ChartMark {
  readonly at: number
  readonly letter: string
  /** What it was, for the cursor's line. */
  readonly text?: string | undefined
}

/** One number made of a series, for the legend. */
export interface ChartCalc {
  readonly name: string
  readonly of: (samples: Samples) => number | undefined
}

export interface ChartLegend {
  readonly shown: boolean
  readonly place: 'bottom' | 'right'
  readonly calcs: readonly ChartCalc[]
}

export interface LineChart {
  readonly series: readonly ChartSeries[]
  readonly from: number
  readonly to: number
  readonly timeZone: string | undefined
  readonly left: ChartAxis
  readonly right?: ChartAxis | undefined
  readonly limits?: readonly ChartLimit[] | undefined
  readonly marks?: readonly ChartMark[] | undefined
  /** Last and max below the chart, of more than one series, where absent. */
  readonly legend?: ChartLegend | undefined
  /** The moment at which every series is read out. */
  readonly cursor?: number | undefined
  /** The one series that is drawn alone, by its place in `series`. */
  readonly solo?: number | undefined
  readonly hidden?: ReadonlySet<number> | undefined
  /** The same series `shift` milliseconds before, with their own times: found by name, drawn dotted beside them. */
  readonly earlier?:
    | { readonly label: string; readonly shift: number; readonly series: readonly ChartSeries[] }
    | undefined
}
