// What a panel says about its fields: defaults and overrides, and the `fieldOptions` of Grafana 6.
import { baseConfig } from '#model/dashboard/base-config.ts'
import type { FieldConfig, FieldOverride } from '#model/dashboard/field.ts'
import { withProperty } from '#model/dashboard/field-properties.ts'
import { type Fields, fields, isFields, items, text } from '#model/fields.ts'

/** Grafana's own defaults, where the panel says nothing: a palette for series, thresholds for single values. */
export function readFieldConfig(panel: Fields, kind: string): FieldConfig {
  const start: FieldConfig =
    kind === 'timeseries'
      ? { ...baseConfig, colour: { mode: 'palette-classic' } }
      : { ...baseConfig, thresholds: greenToRed }
  const former = fields(fields(panel.options).fieldOptions)
  const flat = [
    ...flattened(fields(former.defaults)),
    ...formerSteps(former),
    ...flattened(fields(fields(panel.fieldConfig).defaults)),
  ]
  return flat.reduce((config, [id, value]) => withProperty(config, id, value), start)
}

const greenToRed = {
  percent: false,
  steps: [
    { from: Number.NEGATIVE_INFINITY, colour: 'green' },
    { from: 80, colour: 'red' },
  ],
}

/** `custom` holds properties whose ids begin with it. */
function flattened({ custom, ...rest }: Fields): readonly (readonly [string, unknown])[] {
  const own = Object.entries(fields(custom)).map(([id, value]) => [`custom.${id}`, value] as const)
  return [...Object.entries(rest), ...own].filter(([, value]) => value !== null && value !== undefined)
}

/** Grafana 6.0 had thresholds and mappings beside the defaults. */
function formerSteps({ thresholds, mappings }: Fields): readonly (readonly [string, unknown])[] {
  const steps = Array.isArray(thresholds) ? [['thresholds', thresholds] as const] : []
  return Array.isArray(mappings) ? [...steps, ['mappings', mappings] as const] : steps
}

export function readOverrides(panel: Fields): readonly FieldOverride[] {
  return items(fields(panel.fieldConfig).overrides)
    .filter(isFields)
    .map(({ matcher, properties }) => ({
      matcher: { id: text(fields(matcher).id) ?? '', options: fields(matcher).options },
      properties: items(properties)
        .filter(isFields)
        .flatMap(({ id, value }) => (typeof id === 'string' ? [{ id, value }] : [])),
    }))
}
