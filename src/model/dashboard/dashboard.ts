// A Grafana dashboard as it is drawn here: what its JSON means, whichever of Grafana's schemas it was written in.
// Shapes only. Widths and heights are in Grafana's grid: 24 columns, a row of 30 px.
import type { FieldConfig, FieldOverride, Reducer } from './field.ts'

export interface Dashboard {
  readonly uid?: string
  /** Its number on grafana.com, where it came from there. */
  readonly gnetId?: number
  readonly title: string
  readonly description?: string
  readonly tags: readonly string[]
  /** How far back it looks unless told otherwise, milliseconds. */
  readonly span?: number
  readonly variables: readonly Variable[]
  /** From top to bottom. What stands before any row is a row without a title. */
  readonly rows: readonly DashboardRow[]
}

export interface DashboardRow {
  readonly id: number
  /** May hold variables, as all titles may. */
  readonly title?: string
  /** Its panels ask for nothing until it is opened. */
  readonly collapsed: boolean
  /** The variable for each value of which the row stands once. */
  readonly repeat?: string
  readonly panels: readonly Panel[]
}

export interface Panel {
  readonly id: number
  readonly title: string
  readonly description?: string
  readonly grid: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly repeat?: { readonly variable: string; readonly across: boolean; readonly most?: number }
  readonly targets: readonly Target[]
  readonly view: PanelView
  readonly fields: FieldConfig
  readonly overrides: readonly FieldOverride[]
  readonly transformations: readonly Transformation[]
  /** Looks at a range of its own, milliseconds: `timeFrom`; or at an earlier one: `timeShift`. */
  readonly span?: number
  readonly shift?: number
  /** What its title says of that: `last 1h`, `1d earlier`; or that it is not understood. */
  readonly rangeNote?: string
  /** The least step, milliseconds. */
  readonly interval?: number
  readonly mostPoints?: number
}

/** One query of a panel. Only Prometheus's can be asked today; others name their data source. */
export interface Target {
  readonly refId: string
  readonly source: 'prometheus' | 'clickhouse' | 'other'
  /** What the data source is called, for the sentence that says it cannot be asked. */
  readonly sourceName: string
  /** PromQL or SQL as written, with variables and macros. */
  readonly expr: string
  readonly instant: boolean
  readonly range: boolean
  readonly format: 'series' | 'table' | 'heatmap'
  /** `{{label}}` templates; `__auto` or empty: the series' own name. */
  readonly legend: string
  /** The least step of this query, as written: `30s`, `$__interval`. */
  readonly interval?: string
  /** The step is this many times what it would be: old dashboards' `intervalFactor`. */
  readonly coarser?: number
  readonly hidden: boolean
}

export interface Legend {
  readonly shown: boolean
  readonly place: 'bottom' | 'right'
  readonly calcs: readonly Reducer[]
}

/** How one field is picked from frames and made one number. */
export interface Reduce {
  readonly calcs: readonly Reducer[]
  /** Every row is a value of its own. */
  readonly all: boolean
  readonly most?: number
  /** A regular expression over field names; empty: numeric fields. */
  readonly fields: string
}

export type PanelView =
  | { readonly kind: 'timeseries'; readonly legend: Legend }
  | {
      readonly kind: 'stat'
      readonly reduce: Reduce
      readonly graph: boolean
      readonly colour: 'value' | 'background' | 'none'
      readonly text: 'auto' | 'value' | 'name' | 'value-and-name' | 'none'
    }
  | { readonly kind: 'gauge'; readonly reduce: Reduce }
  | { readonly kind: 'bargauge'; readonly reduce: Reduce; readonly unfilled: boolean }
  | {
      readonly kind: 'table'
      readonly header: boolean
      readonly sort?: { readonly field: string; readonly descending: boolean }
    }
  | { readonly kind: 'heatmap'; readonly calculate: boolean }
  | {
      readonly kind: 'alertlist'
      readonly most: number
      /** `firing`, `pending` and what else Grafana knows; empty: all. */
      readonly states: readonly string[]
      /** A part of the alert's name, and matchers of its labels: `{namespace=~"$namespace"}`; as written. */
      readonly name?: string
      readonly matchers?: string
    }
  | { readonly kind: 'text'; readonly mode: 'markdown' | 'html' | 'code'; readonly content: string }
  | { readonly kind: 'unsupported'; readonly type: string; readonly why: string }

export interface Transformation {
  readonly id: string
  readonly disabled: boolean
  /** Only of the frames of the queries that this regular expression over refIds names. */
  readonly only?: string
  /** As in the JSON; each transformation checks its own. */
  readonly options: unknown
}

export type VariableKind =
  | 'query'
  | 'custom'
  | 'datasource'
  | 'interval'
  | 'constant'
  | 'textbox'
  | 'unsupported'

export interface Variable {
  readonly name: string
  readonly label?: string
  readonly kind: VariableKind
  /** Why it cannot be asked for, where it cannot. */
  readonly why?: string
  /** `label_values(up, job)`, a PromQL query, a comma-separated list, a data source's type: by `kind`. */
  readonly query: string
  /** `/…/` applied to what the query gives; the named group `text` is what is shown, `value` what is put in. */
  readonly regex?: string
  readonly multi: boolean
  readonly includeAll: boolean
  /** What stands for all of them instead of the joined list. */
  readonly allValue?: string
  readonly sort: VariableSort
  readonly descending: boolean
  readonly hidden: boolean
  /** What the JSON has as chosen; `$__all` is all of them. */
  readonly current: readonly string[]
  /** What the JSON has as options; of a query they are old. */
  readonly options: readonly VariableOption[]
}

export type VariableSort = 'none' | 'text' | 'number' | 'text-insensitive' | 'natural'

export interface VariableOption {
  readonly text: string
  readonly value: string
}

/** The chosen values by variable name, and for each what there is to choose. */
export interface VariableState {
  readonly chosen: Readonly<Record<string, readonly string[]>>
  readonly options: Readonly<Record<string, readonly VariableOption[]>>
}
