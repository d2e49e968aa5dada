// Fields of a panel's data as Grafana has them: columns with a configuration that says how their values are written.
// Shapes only.
import type { Labels } from '#model/prometheus.ts'

export type Value = number | string | undefined

/** A table of columns of one length. A series is a frame with a time field and a number field. */
export interface DataFrame {
  readonly refId: string
  readonly name?: string
  readonly fields: readonly Field[]
  readonly length: number
}

export interface Field {
  /** As the data source names it: `Time`, `Value`, a label. */
  readonly name: string
  /** What is shown instead: the legend, the display name. */
  readonly displayName?: string
  readonly type: 'time' | 'number' | 'string'
  readonly labels?: Labels
  /** Times in milliseconds since the epoch. A gap is undefined. */
  readonly values: readonly Value[]
  readonly config: FieldConfig
}

export interface FieldConfig {
  /** Grafana's unit id: `bytes`, `percentunit`, `short`. */
  readonly unit?: string
  readonly decimals?: number
  readonly min?: number
  readonly max?: number
  readonly displayName?: string
  /** Written where there is no value. */
  readonly noValue?: string
  readonly mappings: readonly Mapping[]
  readonly thresholds: Thresholds
  readonly colour: Colour
  readonly graph: GraphStyle
  readonly hiddenFrom: { readonly legend: boolean; readonly view: boolean }
  /** Of a table's cell: `auto`, `color-text`, `color-background`, `gauge`, … */
  readonly cell?: string
  readonly width?: number
}

/** How a time series is drawn. */
export interface GraphStyle {
  readonly draw: 'line' | 'bars' | 'points'
  /** A value is held until the next one: `stepAfter`. */
  readonly stepped?: boolean
  /** Series of one group stand on each other. */
  readonly stack?: { readonly group: string; readonly percent: boolean }
  /** Mirrored below zero. */
  readonly negative: boolean
  readonly dashed: boolean
  /** 0 to 100. */
  readonly fill: number
  readonly logBase?: number
  /** Gaps shorter than this are joined, milliseconds; Infinity joins all. Ours never join more than Grafana would. */
  readonly joinGaps: number
  readonly thresholdLines: boolean
  /** What lies above a threshold is tinted. */
  readonly thresholdAreas?: boolean
  readonly axis: 'left' | 'right' | 'hidden'
  readonly axisLabel?: string
  readonly centredZero: boolean
  /** Ends of the axis that give way to the data. */
  readonly softMin?: number
  readonly softMax?: number
}

export interface Thresholds {
  /** Of percent: between `min` and `max`. */
  readonly percent: boolean
  /** From low to high; the first begins at minus infinity. */
  readonly steps: readonly { readonly from: number; readonly colour: string }[]
}

export interface Colour {
  /** Grafana's mode id: `palette-classic`, `thresholds`, `fixed`, `continuous-GrYlRd`. */
  readonly mode: string
  readonly fixed?: string
}

export type Mapping =
  | { readonly type: 'value'; readonly value: string; readonly result: MappingResult }
  | { readonly type: 'range'; readonly from: number; readonly to: number; readonly result: MappingResult }
  | { readonly type: 'regex'; readonly pattern: string; readonly result: MappingResult }
  | {
      readonly type: 'special'
      readonly match: 'null' | 'nan' | 'null+nan' | 'true' | 'false' | 'empty'
      readonly result: MappingResult
    }

export interface MappingResult {
  readonly text?: string
  readonly colour?: string
  readonly order?: number
}

/** Changes the configuration of the fields that match. `id` and `value` as in the JSON: `custom.transform`, `unit`. */
export interface FieldOverride {
  readonly matcher: { readonly id: string; readonly options: unknown }
  readonly properties: readonly { readonly id: string; readonly value: unknown }[]
}

/** Grafana's ids of the ways to make one number of many. */
export type Reducer =
  | 'last'
  | 'lastNotNull'
  | 'first'
  | 'firstNotNull'
  | 'min'
  | 'max'
  | 'mean'
  | 'median'
  | 'sum'
  | 'count'
  | 'range'
  | 'delta'
  | 'diff'
  | 'diffperc'
  | 'logmin'
  | 'allIsNull'
  | 'allIsZero'
  | 'changeCount'
  | 'distinctCount'
  | 'variance'
  | 'stdDev'

/** A value as it is written, with the colour name that thresholds, mappings or the palette give it. */
export interface Shown {
  /** Without the unit: `1.53`. */
  readonly text: string
  /** Before and behind the text: `$`, ` MiB`. */
  readonly prefix: string
  readonly suffix: string
  /** Grafana's own word: `red`, `semi-dark-orange`, `#73BF69`. */
  readonly colour?: string
  /** Where it stands between min and max, 0 to 1; undefined where that is unknown. */
  readonly share?: number
}
