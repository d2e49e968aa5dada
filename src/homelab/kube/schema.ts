// The part of a CustomResourceDefinition's schema that is held against objects: types, bounds, choices, what must be
// there; and what is cut away because it is not declared.
import { invalidValue, required, unsupported } from './invalid.ts'
import { type Fields, fieldsAt, isFields } from './json.ts'

type Cause = ReturnType<typeof required>

const OPEN = 'x-kubernetes-preserve-unknown-fields'

/** The spec and the status of an object; its metadata is checked as everywhere. */
export function schemaCauses(object: Fields, schema: Fields): readonly Cause[] {
  const own = Object.entries(fieldsAt(schema, 'properties')).filter(([name]) => name !== 'metadata')
  return own.flatMap(([name, inner]) =>
    object[name] === undefined || !isFields(inner) ? [] : causesOf(object[name], inner, name),
  )
}

function causesOf(value: unknown, schema: Fields, path: string): readonly Cause[] {
  if (value === null && schema.nullable === true) return []
  const wrong = typeCause(value, schema, path)
  if (wrong) return [wrong]
  if (Array.isArray(value)) {
    const inner = fieldsAt(schema, 'items')
    return value.flatMap((item, index) => causesOf(item, inner, `${path}[${index}]`))
  }
  if (isFields(value)) return [...requiredCauses(value, schema, path), ...innerCauses(value, schema, path)]
  return boundCauses(value, schema, path)
}

function typeCause(value: unknown, schema: Fields, path: string): Cause | undefined {
  const { type } = schema
  if (typeof type !== 'string' || schema['x-kubernetes-int-or-string'] === true) return undefined
  const found = typeOf(value)
  if (found === type || (type === 'number' && found === 'integer')) return undefined
  const why = `${path} in body must be of type ${type}: "${found}"`
  return { ...invalidValue(path, found, why), reason: 'FieldValueTypeInvalid' }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

function requiredCauses(value: Fields, schema: Fields, path: string): readonly Cause[] {
  const names = Array.isArray(schema.required) ? schema.required.map(String) : []
  return names.filter((name) => value[name] === undefined).map((name) => required(`${path}.${name}`))
}

function innerCauses(value: Fields, schema: Fields, path: string): readonly Cause[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    const own = fieldsAt(schema, 'properties')[name] ?? schema.additionalProperties
    return isFields(own) ? causesOf(inner, own, `${path}.${name}`) : []
  })
}

function boundCauses(value: unknown, schema: Fields, path: string): readonly Cause[] {
  const { minimum, maximum, pattern } = schema
  const choices: readonly unknown[] = Array.isArray(schema.enum) ? schema.enum : [value]
  const said = (why: string) => [invalidValue(path, value, `${path} in body should ${why}`)]
  if (!choices.includes(value)) return [unsupported(path, JSON.stringify(value), choices.map(String))]
  if (typeof value === 'number' && typeof minimum === 'number' && value < minimum)
    return said(`be greater than or equal to ${minimum}`)
  if (typeof value === 'number' && typeof maximum === 'number' && value > maximum)
    return said(`be less than or equal to ${maximum}`)
  if (typeof value === 'string' && typeof pattern === 'string' && !new RegExp(pattern).test(value))
    return said(`match '${pattern}'`)
  return []
}

/** Named by every object, whatever its schema says. */
const ALWAYS = new Set(['apiVersion', 'kind', 'metadata'])

/** A custom object without the fields that its schema does not declare. */
export function pruned<T extends Fields>(object: T, schema: Fields): T {
  const own = Object.entries(object).filter(([name]) => !ALWAYS.has(name))
  const always = Object.entries(object).filter(([name]) => ALWAYS.has(name))
  return Object.fromEntries([
    ...always,
    ...Object.entries(prune(Object.fromEntries(own), schema) as Fields),
  ]) as T
}

function prune(value: unknown, schema: Fields): unknown {
  if (Array.isArray(value)) return value.map((item) => prune(item, declared(schema.items, undefined)))
  if (!isFields(value)) return value
  const properties = fieldsAt(schema, 'properties')
  const more = schema.additionalProperties
  const keeps = (name: string) =>
    properties[name] !== undefined || more !== undefined || schema[OPEN] === true
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => keeps(name))
      .map(([name, inner]) => [name, prune(inner, declared(properties[name], more))]),
  )
}

/** What is kept without being declared is kept whole. */
const declared = (own: unknown, more: unknown): Fields =>
  isFields(own) ? own : isFields(more) ? more : { [OPEN]: true }
