// configFromData: one query's values become the configuration of the others' fields: a gauge's maximum, a threshold.

import type { DataFrame, Field, FieldConfig, Value } from '#model/dashboard/field.ts'
import { withProperty } from '#model/dashboard/field-properties.ts'
import { nameOf } from '#model/dashboard/frame.ts'
import { matcherOf } from '#model/dashboard/override-matchers.ts'
import { reducerOf, reduceValues } from '#model/dashboard/reduce.ts'
import { fields, isFields, items, text } from '#model/fields.ts'
import type { Transform } from './transform.ts'

export const configFromData: Transform = (frames, options) => {
  const refId = text(options.configRefId) ?? 'config'
  const sources = frames.filter((frame) => frame.refId === refId)
  const applied = sources.flatMap((frame) => settingsOf(frame, items(options.mappings).filter(isFields)))
  if (applied.length === 0) return frames
  const target = fields(options.applyTo)
  const matches = matcherOf({ id: text(target.id) ?? 'numeric', options: target.options })
  return frames
    .filter((frame) => frame.refId !== refId)
    .map((frame) => ({
      ...frame,
      fields: frame.fields.map((field) =>
        matches(field, frame) ? { ...field, config: configured(field.config, applied) } : field,
      ),
    }))
}

interface Setting {
  readonly id: string
  readonly value: Value
}

/** A field without a mapping sets what it is called: `max`. */
function settingsOf(
  frame: DataFrame,
  mappings: readonly Readonly<Record<string, unknown>>[],
): readonly Setting[] {
  return frame.fields.flatMap((field) => {
    const mapping = mappings.find(({ fieldName }) => fieldName === nameOf(field) || fieldName === field.name)
    const id = text(mapping?.handlerKey) ?? ownHandler(field)
    if (id === undefined || id === '__ignore') return []
    const value = reduceValues(field.values, reducerOf(mapping?.reducerId) ?? 'lastNotNull')
    return value === undefined ? [] : [{ id, value }]
  })
}

const handlers = ['min', 'max', 'unit', 'decimals', 'displayName', 'color', 'threshold1'] as const

function ownHandler(field: Field): string | undefined {
  return handlers.find((id) => id.toLowerCase() === nameOf(field).toLowerCase())
}

function configured(config: FieldConfig, settings: readonly Setting[]): FieldConfig {
  return settings.reduce((before, { id, value }) => {
    if (id === 'color') return withProperty(before, 'color', { mode: 'fixed', fixedColor: value })
    if (id === 'threshold1') return withProperty(before, 'thresholds', firstThreshold(value))
    return withProperty(before, id, value)
  }, config)
}

const firstThreshold = (value: Value) => ({
  mode: 'absolute',
  steps: [
    { color: 'green', value: null },
    { color: 'red', value },
  ],
})
