// Fields, frames and scopes for tests, with as little as each needs.
import { baseConfig } from '#model/dashboard/base-config.ts'
import type { Variable } from '#model/dashboard/dashboard.ts'
import type { DataFrame, Field, FieldConfig, Value } from '#model/dashboard/field.ts'
import type { Scope } from '#model/dashboard/interpolate.ts'
import type { Labels } from '#model/prometheus.ts'

export const config = (more: Partial<FieldConfig> = {}): FieldConfig => ({ ...baseConfig, ...more })

export const number = (name: string, values: readonly Value[], more: Partial<Field> = {}): Field => ({
  name,
  type: 'number',
  values,
  config: baseConfig,
  ...more,
})

export const texts = (name: string, values: readonly Value[]): Field => ({
  ...number(name, values),
  type: 'string',
})

export const times = (values: readonly number[]): Field => ({ ...number('Time', values), type: 'time' })

export const frame = (fields: readonly Field[], refId = 'A'): DataFrame => ({
  refId,
  fields,
  length: fields[0]?.values.length ?? 0,
})

/** One series with a legend, as a query for a chart gives it. */
export function series(name: string, values: readonly Value[], labels: Labels = {}, refId = 'A'): DataFrame {
  const at = values.map((_, index) => index * 1000)
  return { ...frame([times(at), number('Value', values, { displayName: name, labels })], refId), name }
}

/** A frame's fields by the name they are shown by. */
export function shape(frames: readonly DataFrame[]): readonly Record<string, readonly Value[]>[] {
  return frames.map(({ fields }) =>
    Object.fromEntries(fields.map((field) => [field.displayName ?? field.name, field.values])),
  )
}

export function variable(name: string, more: Partial<Variable> = {}): Variable {
  return {
    name,
    kind: 'custom',
    query: '',
    multi: false,
    includeAll: false,
    sort: 'none',
    descending: false,
    hidden: false,
    current: [],
    options: [],
    ...more,
  }
}

/** Every variable has what its `current` says. */
export function scope(variables: readonly Variable[], more: Partial<Scope> = {}): Scope {
  return { variables, state: { chosen: {}, options: {} }, repeated: {}, macros: {}, ...more }
}
