// renameByRegex: the names of what is measured, by a pattern whose groups the new name may use.

import { nameOf } from '#model/dashboard/frame.ts'
import { safeRegex } from '#model/dashboard/safe-regex.ts'
import { text } from '#model/fields.ts'
import type { Transform } from './transform.ts'

export const renameByRegex: Transform = (frames, { regex, renamePattern }, { fill }) => {
  const pattern = text(regex)
  const compiled = pattern === undefined ? undefined : safeRegex(fill(pattern), 'anywhere')
  const replacement = typeof renamePattern === 'string' ? fill(renamePattern) : ''
  if (!compiled) return frames
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) =>
      field.type === 'time' ? field : { ...field, displayName: compiled.replace(nameOf(field), replacement) },
    ),
  }))
}
