// An object as the set of its leaves, each a path in the steps of FieldsV1: what managers own, and what they lose.
import type { KubeObject } from '#model/kube.ts'
import { isFields } from './json.ts'
import { elementKey, isKeyed } from './listkeys.ts'
import type { Shape } from './shape.ts'

/** FieldsV1 steps (`f:spec`, `k:{"name":"main"}`), joined by a character that no step holds. */
export type Path = string
export const JOIN = '\n'

/** The value of what is owned beside its own fields: an element of a list, a map. No JSON is empty. */
export const ITSELF = ''

/** Fields that belong to the server, not to any manager. */
const SERVERS = new Set(
  [
    'name',
    'generateName',
    'namespace',
    'uid',
    'resourceVersion',
    'creationTimestamp',
    'generation',
    'selfLink',
    'managedFields',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ].map((name) => `f:metadata${JOIN}f:${name}`),
)

export const below = (path: Path, step: string): Path => (path ? `${path}${JOIN}${step}` : step)

/** All leaves of an object with their values as JSON. */
export function leavesOf(object: KubeObject, shape: Shape): ReadonlyMap<Path, string> {
  const leaves = new Map<Path, string>()
  const { apiVersion: _version, kind: _kind, ...rest } = object
  const walk = (value: unknown, path: Path, own: Shape) => {
    if (SERVERS.has(path)) return
    if (isFields(value) && Object.keys(value).length > 0 && !own.atomic) {
      if (own.map && path) leaves.set(path, ITSELF)
      for (const [name, inner] of Object.entries(value))
        walk(inner, below(path, `f:${name}`), own.field(name))
    } else if (isMapList(value, own)) {
      for (const item of value) {
        const at = elementPath(path, own, item)
        leaves.set(at, ITSELF)
        // The element itself is told already: only its fields follow.
        walk(item, at, { ...own.element(), map: false })
      }
    } else if (isSetList(value, own)) {
      leaves.set(path, ITSELF)
      for (const item of value) leaves.set(below(path, `v:${JSON.stringify(item)}`), ITSELF)
    } else leaves.set(path, JSON.stringify(value))
  }
  walk(rest, '', shape)
  leaves.delete('')
  return leaves
}

const isMapList = (value: unknown, shape: Shape): value is readonly unknown[] =>
  Array.isArray(value) && value.length > 0 && isKeyed(shape.keys, value)

const isSetList = (value: unknown, shape: Shape): value is readonly unknown[] =>
  Array.isArray(value) && value.length > 0 && shape.set

const elementPath = (path: Path, shape: Shape, item: unknown): Path =>
  below(path, `k:${JSON.stringify(elementKey(shape.keys, item))}`)

/** The leaves that an applied configuration owns: a map is owned by its fields alone. */
export function appliedLeaves(object: KubeObject, shape: Shape): ReadonlyMap<Path, string> {
  const isElement = (path: Path) => /(^|\n)[kv]:[^\n]*$/.test(path)
  return new Map([...leavesOf(object, shape)].filter(([path, value]) => value !== ITSELF || isElement(path)))
}

/** The object without some leaves, and without what is empty for it. */
export function dropLeaves(object: KubeObject, gone: ReadonlySet<Path>, shape: Shape): unknown {
  if (gone.size === 0) return object
  const walk = (value: unknown, path: Path, own: Shape): unknown => {
    if (isFields(value) && Object.keys(value).length > 0 && !own.atomic) {
      const entries = Object.entries(value)
        .map(([name, inner]): [string, unknown] => [
          name,
          walk(inner, below(path, `f:${name}`), own.field(name)),
        ])
        .filter(([, inner]) => inner !== undefined)
      return entries.length > 0 ? Object.fromEntries(entries) : undefined
    }
    if (isMapList(value, own)) {
      const items = value
        .filter((item) => !gone.has(elementPath(path, own, item)))
        .map((item) => walk(item, elementPath(path, own, item), own.element()))
        .filter((item) => item !== undefined)
      return items.length > 0 ? items : undefined
    }
    if (isSetList(value, own)) {
      const items = value.filter((item) => !gone.has(below(path, `v:${JSON.stringify(item)}`)))
      return items.length > 0 ? items : undefined
    }
    return gone.has(path) ? undefined : value
  }
  return walk(object, '', shape)
}

/** `.spec.template.spec.containers[name="main"].image`, as conflicts name a leaf. */
export function pathText(path: Path): string {
  return path
    .split(JOIN)
    .map((step) => {
      if (step.startsWith('v:')) return `[=${step.slice(2)}]`
      if (!step.startsWith('k:')) return `.${step.slice(2)}`
      const key: unknown = JSON.parse(step.slice(2))
      const parts = Object.entries(isFields(key) ? key : {}).map(
        ([name, value]) => `${name}=${JSON.stringify(value)}`,
      )
      return `[${parts.join(',')}]`
    })
    .join('')
}
