// What each property of a field's configuration means, by its id in the JSON: `unit`, `custom.fillOpacity`. Defaults and
// overrides have the same properties, so both are read here. A value of the wrong type changes nothing.
import { fields, number, numeric, text } from '#model/fields.ts'
import type { Colour, FieldConfig, GraphStyle } from './field.ts'
import { graphProperties } from './graph-properties.ts'
import { readMappings } from './read-mappings.ts'
import { readThresholds } from './read-thresholds.ts'

export function withProperty(config: FieldConfig, id: string, value: unknown): FieldConfig {
  const change = Object.hasOwn(changes, id) ? changes[id]?.(value) : undefined
  if (change) return { ...config, ...change }
  const style = Object.hasOwn(graphProperties, id) ? graphProperties[id]?.(value) : undefined
  return style ? { ...config, graph: mergeStyle(config.graph, style) } : config
}

/** A style of `stack: undefined` takes the stacking away. */
function mergeStyle(graph: GraphStyle, style: Partial<GraphStyle> | 'unstacked'): GraphStyle {
  if (style !== 'unstacked') return { ...graph, ...style }
  const { stack: _, ...rest } = graph
  return rest
}

const changes: Readonly<Record<string, (value: unknown) => Partial<FieldConfig> | undefined>> = {
  unit: (value) => only('unit', text(value)),
  decimals: (value) => only('decimals', numeric(value)),
  min: (value) => only('min', numeric(value)),
  max: (value) => only('max', numeric(value)),
  displayName: (value) => only('displayName', text(value)),
  noValue: (value) => only('noValue', text(value)),
  mappings: (value) => ({ mappings: readMappings(value) }),
  thresholds: (value) => only('thresholds', readThresholds(value)),
  color: (value) => only('colour', readColour(value)),
  'custom.hideFrom': (value) => ({ hiddenFrom: hiddenFrom(value) }),
  'custom.hidden': (value) => ({ hiddenFrom: { legend: value === true, view: value === true } }),
  'custom.cellOptions': (value) => only('cell', text(fields(value).type)),
  // Before Grafana 9.5.
  'custom.displayMode': (value) => only('cell', typeof value === 'string' ? formerCell(value) : undefined),
  'custom.width': (value) => only('width', number(value)),
}

function only<K extends keyof FieldConfig>(
  key: K,
  value: FieldConfig[K] | undefined,
): Partial<FieldConfig> | undefined {
  return value === undefined ? undefined : ({ [key]: value } as Partial<FieldConfig>)
}

function readColour(value: unknown): Colour | undefined {
  const { mode, fixedColor } = fields(value)
  const fixed = text(fixedColor)
  const named = text(mode) ?? (fixed === undefined ? undefined : 'fixed')
  return named === undefined ? undefined : { mode: named, ...(fixed !== undefined && { fixed }) }
}

function hiddenFrom(value: unknown): FieldConfig['hiddenFrom'] {
  const { legend, viz } = fields(value)
  return { legend: legend === true, view: viz === true }
}

function formerCell(mode: string): string {
  return mode.endsWith('gauge') || mode === 'basic'
    ? 'gauge'
    : mode.startsWith('color-background')
      ? 'color-background'
      : mode
}
