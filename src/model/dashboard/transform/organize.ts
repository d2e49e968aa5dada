// organize: fields left out, put in order and renamed.

import type { Field } from '#model/dashboard/field.ts'
import { nameOf, withFields } from '#model/dashboard/frame.ts'
import { fields, number, text } from '#model/fields.ts'
import type { Transform } from './transform.ts'

export const organize: Transform = (frames, options) => {
  const { excludeByName, includeByName, indexByName, renameByName } = options
  const excluded = fields(excludeByName)
  const included = Object.entries(fields(includeByName)).filter(([, kept]) => kept === true)
  const kept = new Set(included.map(([name]) => name))
  const renames = fields(renameByName)
  return frames.map((frame) => {
    const chosen = frame.fields.filter((field) => {
      const name = nameOf(field)
      return own(excluded, name) !== true && (kept.size === 0 || kept.has(name))
    })
    return withFields(
      frame,
      inOrder(chosen, fields(indexByName)).map((field) => renamed(field, own(renames, nameOf(field)))),
    )
  })
}

function own(names: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(names, name) ? names[name] : undefined
}

/** A field that has no place stays behind those that have one. */
function inOrder(chosen: readonly Field[], places: Readonly<Record<string, unknown>>): readonly Field[] {
  const place = (field: Field) => number(own(places, nameOf(field))) ?? Number.MAX_SAFE_INTEGER
  return chosen.toSorted((a, b) => place(a) - place(b))
}

/** An empty new name is none. */
function renamed(field: Field, name: unknown): Field {
  const given = text(name)
  return given === undefined ? field : { ...field, displayName: given }
}
