// The values of a stat, a gauge or a bar gauge: each field made one number, or each row a value of its own.

import type { Reduce } from '#model/dashboard/dashboard.ts'
import type { DataFrame, Field, Shown, Value } from '#model/dashboard/field.ts'
import { nameOf } from '#model/dashboard/frame.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { reduceValues } from '#model/dashboard/reduce.ts'
import { isSlashed, safeRegex } from '#model/dashboard/safe-regex.ts'
import { type Bounds, gaugeBounds } from '#model/dashboard/show-value.ts'
import type { Samples } from '#ui/charts/resample.ts'
import { clean } from '#ui/text.ts'
import type { Role } from '#ui/theme.ts'
import { roleOfValue } from './colour.ts'
import { type PanelRoom, shownIn, textOf } from './room.ts'

export interface PanelValue {
  readonly name: string
  readonly text: string
  readonly role: Role | undefined
  readonly shown: Shown
  readonly value: Value
  readonly field: Field
  readonly samples: () => Samples | undefined
}

/** How the bounds of a value are found that its field does not name, from all values. */
export type BoundsOf = (all: readonly Value[]) => (field: Field) => Bounds

export const gaugeBoundsOf: BoundsOf = () => (field) => gaugeBounds(field.config)

/** From zero, or what lies below it, to the greatest of them. */
export const greatestBounds: BoundsOf = (all) => {
  let [min, max] = [0, 0]
  for (const value of all) {
    if (typeof value !== 'number' || !Number.isFinite(value)) continue
    min = Math.min(min, value)
    max = Math.max(max, value)
  }
  return () => ({ min, max })
}

export function valuesOf(reduce: Reduce, data: PanelData, room: PanelRoom, boundsOf: BoundsOf): PanelValue[] {
  const found = data.frames.flatMap((frame) =>
    pickedFields(frame, reduce).flatMap((field) =>
      reduce.all ? rowsOf(frame, field) : [reduced(frame, field, reduce)],
    ),
  )
  const most = reduce.all && reduce.most !== undefined ? found.slice(0, reduce.most) : found
  const bounds = boundsOf(most.map((one) => one.value))
  return most.map((one, index) => {
    const shown = shownIn(room, one.value, one.field, { index, bounds: bounds(one.field) })
    return { ...one, shown, text: textOf(shown), role: roleOfValue(shown, one.field.config, index) }
  })
}

/** Those that the panel makes values of. */
export function pickedFields(frame: DataFrame, { fields }: Reduce): readonly Field[] {
  const shown = frame.fields.filter((field) => !field.config.hiddenFrom.view)
  if (fields === '') return shown.filter((field) => field.type === 'number')
  const pattern = isSlashed(fields) ? safeRegex(fields, 'anywhere') : undefined
  return shown.filter((field) => {
    const names = [field.displayName ?? field.name, field.name]
    return pattern === undefined ? names.includes(fields) : names.some(pattern.test)
  })
}

type Found = Pick<PanelValue, 'name' | 'value' | 'field' | 'samples'>

function reduced(frame: DataFrame, field: Field, { calcs }: Reduce): Found {
  return {
    name: clean(nameOf(field)),
    value: reduceValues(field.values, calcs[0] ?? 'lastNotNull'),
    field,
    samples: () => samplesOf(frame, field),
  }
}

/** Each row by the texts in it, or by the field where there are none. */
function rowsOf(frame: DataFrame, field: Field): Found[] {
  const words = frame.fields.filter((other) => other.type === 'string' && other !== field)
  return field.values.map((value, row) => {
    const name = words.map((word) => word.values[row] ?? '').filter((text) => text !== '')
    const title = name.length > 0 ? name.join(' ') : nameOf(field)
    return { name: clean(title), value, field, samples: () => undefined }
  })
}

// A panel is drawn again at every key while its data stays: what is read out of a field once is kept with it.
const known = new WeakMap<Field, Samples>()

/** A field over time; undefined where it has no times. Gaps are left out. */
export function samplesOf(frame: DataFrame, field: Field): Samples | undefined {
  const time = frame.fields.find((other) => other.type === 'time')
  if (time === undefined) return undefined
  const found = known.get(field) ?? pairs(time, field)
  known.set(field, found)
  return found
}

function pairs(time: Field, field: Field): Samples {
  const times: number[] = []
  const values: number[] = []
  for (let index = 0; index < field.values.length; index++) {
    const [at, value] = [time.values[index], field.values[index]]
    if (typeof at !== 'number' || typeof value !== 'number') continue
    times.push(at)
    values.push(value)
  }
  return { times, values }
}
