// filterFieldsByName keeps the fields that names or a pattern choose; filterByRefId keeps the frames of some queries.

import type { Field } from '#model/dashboard/field.ts'
import { nameOf, withFields } from '#model/dashboard/frame.ts'
import { byRefId } from '#model/dashboard/override-matchers.ts'
import { safeRegex } from '#model/dashboard/safe-regex.ts'
import { fields, text, texts } from '#model/fields.ts'
import type { Transform, TransformContext } from './transform.ts'

export const filterFieldsByName: Transform = (frames, { include, exclude }, context) => {
  const wanted = chooser(include, context)
  const unwanted = chooser(exclude, context)
  return frames
    .map((frame) =>
      withFields(
        frame,
        frame.fields.filter((field) => (wanted?.(field) ?? true) && !(unwanted?.(field) ?? false)),
      ),
    )
    .filter((frame) => frame.fields.length > 0)
}

/** Undefined where nothing is chosen by it. */
function chooser(options: unknown, { fill }: TransformContext): ((field: Field) => boolean) | undefined {
  const { names, pattern, variable } = fields(options)
  const written = text(pattern)
  const listed = new Set([
    ...texts(names),
    ...(text(variable) === undefined ? [] : fill(`\${${variable}:csv}`).split(',')),
  ])
  if (listed.size === 0 && written === undefined) return undefined
  const regex = written === undefined ? undefined : safeRegex(fill(written), 'anywhere')
  return (field) => listed.has(nameOf(field)) || (regex?.test(nameOf(field)) ?? false)
}

export const filterFramesByRefId: Transform = (frames, { include, exclude }) => {
  const wanted = include === undefined ? () => true : byRefId(include)
  const unwanted = exclude === undefined ? () => false : byRefId(exclude)
  return frames.filter((frame) => wanted(undefined, frame) && !unwanted(undefined, frame))
}
