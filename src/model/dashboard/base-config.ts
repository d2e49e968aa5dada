// The configuration of a field about which a dashboard says nothing.
import type { FieldConfig, GraphStyle } from './field.ts'

const baseGraph: GraphStyle = {
  draw: 'line',
  negative: false,
  dashed: false,
  fill: 0,
  joinGaps: 0,
  thresholdLines: false,
  axis: 'left',
  centredZero: false,
}

export const baseConfig: FieldConfig = {
  mappings: [],
  thresholds: { percent: false, steps: [] },
  colour: { mode: 'thresholds' },
  graph: baseGraph,
  hiddenFrom: { legend: false, view: false },
}
