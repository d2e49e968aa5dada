// Thresholds as they stand in a dashboard: steps with a mode, or the bare list of steps of Grafana 6.
import { fields, isFields, items, numeric, text } from '#model/fields.ts'
import type { Thresholds } from './field.ts'

export function readThresholds(value: unknown): Thresholds | undefined {
  if (!isFields(value) && !Array.isArray(value)) return undefined
  const { mode, steps } = Array.isArray(value) ? { mode: undefined, steps: value } : fields(value)
  const read = items(steps)
    .filter(isFields)
    .map((step) => ({
      from: numeric(step.value) ?? Number.NEGATIVE_INFINITY,
      colour: text(step.color) ?? 'grey',
    }))
    .toSorted((a, b) => a.from - b.from)
  // Whatever number the first one has: below it there is no other.
  const [first, ...rest] = read
  return {
    percent: mode === 'percentage',
    steps: first === undefined ? [] : [{ ...first, from: Number.NEGATIVE_INFINITY }, ...rest],
  }
}
