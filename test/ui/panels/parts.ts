// Parts of panels for tests: fields with the settings that a test is about and quiet ones otherwise.
import type { Panel, PanelView, Reduce, Target } from '#model/dashboard/dashboard.ts'
import type { DataFrame, Field, FieldConfig, GraphStyle, Value } from '#model/dashboard/field.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import type { PanelRoom } from '#ui/charts/panels/room.ts'
import { createTheme } from '#ui/theme.ts'

export const minute = 60_000
/** 2024-03-10 08:17 UTC, and an hour later. */
export const from = 1_710_058_620_000
export const to = from + 60 * minute
export const step = 30_000

export const graph: GraphStyle = {
  draw: 'line',
  negative: false,
  dashed: false,
  fill: 0,
  joinGaps: 0,
  thresholdLines: false,
  axis: 'left',
  centredZero: false,
}

export function config(more: Partial<FieldConfig> = {}): FieldConfig {
  return {
    mappings: [],
    thresholds: { percent: false, steps: [{ from: Number.NEGATIVE_INFINITY, colour: 'green' }] },
    colour: { mode: 'palette-classic' },
    graph,
    hiddenFrom: { legend: false, view: false },
    ...more,
  }
}

/** Green, yellow from `warn` on, red from `bad` on. */
export const steps = (warn: number, bad: number): Partial<FieldConfig> => ({
  colour: { mode: 'thresholds' },
  thresholds: {
    percent: false,
    steps: [
      { from: Number.NEGATIVE_INFINITY, colour: 'green' },
      { from: warn, colour: 'semi-dark-orange' },
      { from: bad, colour: 'red' },
    ],
  },
})

export const numbers = (name: string, values: readonly Value[], more: Partial<FieldConfig> = {}): Field => ({
  name,
  type: 'number',
  values,
  config: config(more),
})

export const strings = (name: string, values: readonly string[]): Field => ({
  name,
  type: 'string',
  values,
  config: config(),
})

const times = Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step)

/** One frame a series; a value that is undefined is a gap. */
export function series(
  name: string,
  value: (index: number) => Value,
  more: Partial<FieldConfig> = {},
): DataFrame {
  return frame('A', [
    { name: 'Time', type: 'time', values: times, config: config() },
    numbers(
      name,
      times.map((_, index) => value(index)),
      more,
    ),
  ])
}

export const frame = (refId: string, fields: readonly Field[]): DataFrame => ({
  refId,
  fields,
  length: fields[0]?.values.length ?? 0,
})

export const data = (frames: readonly DataFrame[], more: Partial<PanelData> = {}): PanelData => ({
  frames,
  from,
  to,
  step,
  gaps: [],
  warnings: [],
  ...more,
})

export const target = (refId: string): Target => ({
  refId,
  source: 'prometheus',
  sourceName: 'prometheus',
  expr: 'up',
  instant: false,
  range: true,
  format: 'series',
  legend: '',
  hidden: false,
})

export const panel = (view: PanelView, more: Partial<Panel> = {}): Panel => ({
  id: 1,
  title: 'a panel',
  grid: { x: 0, y: 0, width: 12, height: 8 },
  targets: [target('A')],
  view,
  fields: config(),
  overrides: [],
  transformations: [],
  ...more,
})

export const reduce: Reduce = { calcs: ['lastNotNull'], all: false, fields: '' }

export function room(width: number, height: number, more: Partial<PanelRoom> = {}): PanelRoom {
  return {
    width,
    height,
    theme: createTheme({ level: 0, ascii: false }),
    now: to,
    timeZone: 'UTC',
    ...more,
  }
}
