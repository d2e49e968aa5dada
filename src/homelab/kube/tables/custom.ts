// Columns that a CustomResourceDefinition asks for: additionalPrinterColumns, each a simple JSONPath.
import { age } from '#homelab/kube/age.ts'
import { at, type Fields, isFields, numberAt, textAt } from '#homelab/kube/json.ts'
import type { KubeObject } from '#model/kube.ts'
import { AGE, type Cell, type Column, column, NAME } from './column.ts'

const STEP =
  /\.([\w-]+(?:\\\.[\w-]+)*)|\[\?\(@\.([\w.]+)\s*==\s*["']([^"']*)["']\)\]|\[(\d+|\*)\]|\['([^']+)'\]/g

/** The values at a JSONPath: fields, indexes, `[*]` and `[?(@.type=="Ready")]`. */
function jsonPath(object: unknown, path: string): readonly unknown[] {
  let here: unknown[] = [object]
  for (const [, field, key, wanted, index, quoted] of path.matchAll(STEP)) {
    const name = field?.replaceAll('\\.', '.') ?? quoted
    here = here.flatMap((value) => {
      if (name !== undefined) return isFields(value) && value[name] !== undefined ? [value[name]] : []
      if (!Array.isArray(value)) return []
      if (key !== undefined) return value.filter((item) => String(at(item, ...key.split('.'))) === wanted)
      return index === '*' ? value : value.slice(Number(index), Number(index) + 1)
    })
  }
  return here
}

function cellOf(object: KubeObject, definition: Fields, now: number): Cell {
  const [value] = jsonPath(object, textAt(definition, 'jsonPath'))
  if (value === undefined || value === null) return null
  if (definition.type === 'date') return age(value, now)
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return JSON.stringify(value)
}

/** Name and the asked columns; Name and Age where none are asked for. */
export function customColumns(definitions: readonly Fields[]): readonly Column[] {
  if (definitions.length === 0) return [NAME, AGE]
  return [
    NAME,
    ...definitions.map((definition) =>
      column(textAt(definition, 'name'), (object, now) => cellOf(object, definition, now), {
        type: typeOf(textAt(definition, 'type')),
        priority: numberAt(definition, 'priority'),
        description:
          textAt(definition, 'description') ||
          `Custom resource definition column (in JSONPath format): ${textAt(definition, 'jsonPath')}`,
      }),
    ),
  ]
}

function typeOf(type: string): Column['type'] {
  return type === 'integer' || type === 'boolean' || type === 'number' || type === 'date' ? type : 'string'
}
