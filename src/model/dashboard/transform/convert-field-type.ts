// convertFieldType: texts become numbers or times, and the other way round.

import type { Field, Value } from '#model/dashboard/field.ts'
import { isNamed } from '#model/dashboard/frame.ts'
import { isFields, items, text } from '#model/fields.ts'
import type { Transform } from './transform.ts'

export const convertFieldType: Transform = (frames, options) => {
  const conversions = items(options.conversions).filter(isFields)
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => {
      const conversion = conversions.find(
        ({ targetField }) => typeof targetField === 'string' && isNamed(field, targetField),
      )
      return conversion ? converted(field, text(conversion.destinationType)) : field
    }),
  }))
}

function converted(field: Field, type: string | undefined): Field {
  if (type === 'number' || type === 'time') return { ...field, type, values: field.values.map(asNumber) }
  if (type === 'string')
    return {
      ...field,
      type,
      values: field.values.map((value) => (value === undefined ? undefined : String(value))),
    }
  return field
}

function asNumber(value: Value): Value {
  if (typeof value !== 'string') return value
  const number = value.trim() === '' ? Number.NaN : Number(value)
  return Number.isNaN(number) ? undefined : number
}
