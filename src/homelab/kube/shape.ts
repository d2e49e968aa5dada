// How the server takes the fields of a kind apart: which lists are maps or sets, which maps are one value. Built-in
// kinds are known by the names of their fields, custom ones by the schema of their definition.
import { type Fields, fieldsAt, isFields } from './json.ts'
import { KEYS } from './listkeys.ts'

export interface Shape {
  /** A list whose elements are told apart by these of their fields. */
  readonly keys?: readonly string[]
  /** A list whose elements are told apart by their value. */
  readonly set: boolean
  /** An object that has one owner as a whole. */
  readonly atomic: boolean
  /** An object that is owned beside its fields: maps, but not the structs of built-in kinds. */
  readonly map: boolean
  field(name: string): Shape
  element(): Shape
}

const ATOMIC = new Set([
  'claimRef',
  'configMapKeyRef',
  'fieldRef',
  'involvedObject',
  'labelSelector',
  'namespaceSelector',
  'nodeSelector',
  'podSelector',
  'resourceFieldRef',
  'scaleTargetRef',
  'secretKeyRef',
  'selector',
  'targetRef',
])

const MAPS = new Set([
  'allocatable',
  'annotations',
  'binaryData',
  'capacity',
  'data',
  'hard',
  'labels',
  'limits',
  'requests',
  'stringData',
  'used',
])

/** A field of a built-in kind, by its name. */
function builtInField(name: string): Shape {
  const keys = KEYS[name]
  return {
    ...(keys && { keys }),
    set: name === 'finalizers',
    atomic: ATOMIC.has(name),
    map: MAPS.has(name),
    field: builtInField,
    element: () => BUILT_IN_SHAPE,
  }
}

export const BUILT_IN_SHAPE: Shape = builtInField('')

/** A whole custom object: its metadata is as everywhere. */
export function customShape(schema: Fields): Shape {
  const shape = schemaShape(schema)
  const field = (name: string) => (name === 'metadata' ? builtInField(name) : shape.field(name))
  return { ...shape, field }
}

function schemaShape(schema: Fields): Shape {
  const keys = schema['x-kubernetes-list-map-keys']
  const isMap = schema['x-kubernetes-list-type'] === 'map' && Array.isArray(keys)
  return {
    ...(isMap && { keys: keys.map(String) }),
    set: schema['x-kubernetes-list-type'] === 'set',
    atomic: schema['x-kubernetes-map-type'] === 'atomic',
    map: true,
    field(name) {
      const own = fieldsAt(schema, 'properties')[name] ?? schema.additionalProperties
      return schemaShape(isFields(own) ? own : {})
    },
    element: () => schemaShape(fieldsAt(schema, 'items')),
  }
}
