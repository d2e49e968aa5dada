// joinByField (once seriesToColumns): frames side by side in one, their rows matched by a field they share.

import type { DataFrame, Field, Value } from '#model/dashboard/field.ts'
import { fieldNamed, timeField } from '#model/dashboard/frame.ts'
import { text } from '#model/fields.ts'
import { compareValues } from './rows.ts'
import type { Transform } from './transform.ts'

export const joinByField: Transform = (frames, { byField, mode }) => {
  const name = text(byField)
  const joined = joinFrames(frames, name, mode === 'inner' ? 'inner' : 'outer')
  return joined === undefined ? frames : [joined]
}

/** By the time where no field is named. Undefined where there is nothing to join. */
export function joinFrames(
  frames: readonly DataFrame[],
  name: string | undefined,
  mode: 'inner' | 'outer',
): DataFrame | undefined {
  const keyed = frames.flatMap((frame) => {
    const key = name === undefined ? timeField(frame) : fieldNamed(frame, name)
    return key ? [{ frame, key }] : []
  })
  const [first] = keyed
  if (first === undefined) return undefined
  const values = keysOf(
    keyed.map(({ key }) => key.values),
    mode,
  )
  // Of a join of one frame with itself nothing may be lost: several rows of one key only stay with one frame.
  if (keyed.length === 1) return first.frame
  const place = new Map(values.map((value, index) => [value, index]))
  const others = keyed.flatMap(({ frame, key }) =>
    frame.fields.filter((field) => field !== key).map((field) => spread(field, key, place)),
  )
  return { refId: first.frame.refId, fields: [{ ...first.key, values }, ...others], length: values.length }
}

/** Every value of the keys once, rising; of an inner join those that all have. */
function keysOf(keys: readonly (readonly Value[])[], mode: 'inner' | 'outer'): readonly Value[] {
  const sets = keys.map((values) => new Set(values.filter((value) => value !== undefined)))
  const all = [...new Set(sets.flatMap((set) => [...set]))]
  const kept = mode === 'outer' ? all : all.filter((value) => sets.every((set) => set.has(value)))
  return kept.toSorted(compareValues)
}

function spread(field: Field, key: Field, place: ReadonlyMap<Value, number>): Field {
  const values: Value[] = Array(place.size).fill(undefined)
  for (const [row, value] of key.values.entries()) {
    const index = place.get(value)
    if (index !== undefined) values[index] = field.values[row]
  }
  return { ...field, values }
}
