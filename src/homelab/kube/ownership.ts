// metadata.managedFields: which manager owns which leaf, as sets of paths and as FieldsV1.
import type { KubeObject } from '#model/kube.ts'
import { type Fields, isFields, listAt, textAt } from './json.ts'
import { elementKey, isKeyed } from './listkeys.ts'

/** A leaf: FieldsV1 steps (`f:spec`, `k:{"name":"main"}`), joined by a character that no step holds. */
export type Path = string
const JOIN = '\n'

/** What one manager owns, and by which kind of write. */
export interface Owner {
  readonly manager: string
  readonly operation: 'Apply' | 'Update'
  readonly apiVersion: string
  readonly time: string
  readonly subresource: string
  readonly paths: ReadonlySet<Path>
}

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

/** All leaves of an object with their values as JSON. */
export function leavesOf(object: KubeObject): ReadonlyMap<Path, string> {
  const leaves = new Map<Path, string>()
  const { apiVersion: _version, kind: _kind, ...rest } = object
  const walk = (value: unknown, path: Path, field: string) => {
    if (SERVERS.has(path)) return
    if (isFields(value) && Object.keys(value).length > 0) {
      for (const [name, inner] of Object.entries(value))
        walk(inner, path ? `${path}${JOIN}f:${name}` : `f:${name}`, name)
    } else if (Array.isArray(value) && value.length > 0 && isKeyed(field, value)) {
      for (const item of value) walk(item, `${path}${JOIN}k:${JSON.stringify(elementKey(field, item))}`, '')
    } else leaves.set(path, JSON.stringify(value))
  }
  walk(rest, '', '')
  leaves.delete('')
  return leaves
}

export function ownersOf(object: KubeObject | undefined): readonly Owner[] {
  return listAt(object, 'metadata', 'managedFields').map((entry) => {
    const paths = new Set<Path>()
    const walk = (value: unknown, path: Path) => {
      if (!isFields(value)) return
      const steps = Object.keys(value).filter((step) => step !== '.')
      if (steps.length === 0 && path) paths.add(path)
      for (const step of steps) walk(value[step], path ? `${path}${JOIN}${step}` : step)
    }
    walk(entry.fieldsV1, '')
    return {
      manager: textAt(entry, 'manager'),
      operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
      apiVersion: textAt(entry, 'apiVersion'),
      time: textAt(entry, 'time'),
      subresource: textAt(entry, 'subresource'),
      paths,
    }
  })
}

/** The owners as managedFields; an owner of nothing is left out. */
export function managedFields(owners: readonly Owner[]): readonly Fields[] {
  return owners
    .filter(({ paths }) => paths.size > 0)
    .map(({ manager, operation, apiVersion, time, subresource, paths }) => {
      const tree: Fields = {}
      for (const path of paths) {
        let here = tree
        for (const step of path.split(JOIN)) {
          const next = here[step]
          const inner: Fields = isFields(next) ? next : {}
          here[step] = inner
          here = inner
        }
      }
      return {
        manager,
        operation,
        apiVersion,
        time,
        fieldsType: 'FieldsV1',
        fieldsV1: tree,
        ...(subresource && { subresource }),
      }
    })
}

/** `.spec.template.spec.containers[name="main"].image`, as conflicts name a leaf. */
export function pathText(path: Path): string {
  return path
    .split(JOIN)
    .map((step) => {
      if (!step.startsWith('k:')) return `.${step.slice(2)}`
      const key: unknown = JSON.parse(step.slice(2))
      const parts = Object.entries(isFields(key) ? key : {}).map(
        ([name, value]) => `${name}=${JSON.stringify(value)}`,
      )
      return `[${parts.join(',')}]`
    })
    .join('')
}

/** After a plain write: the writer owns what it changed, and no one owns what is gone. */
export function ownersAfterUpdate(
  before: KubeObject | undefined,
  after: KubeObject,
  writer: Omit<Owner, 'paths' | 'operation'>,
): readonly Owner[] {
  const old = before ? leavesOf(before) : new Map<Path, string>()
  const now = leavesOf(after)
  const changed = new Set([...now].filter(([path, value]) => old.get(path) !== value).map(([path]) => path))
  const others = ownersOf(before)
  const isWriter = (owner: Owner) =>
    owner.manager === writer.manager &&
    owner.operation === 'Update' &&
    owner.subresource === writer.subresource
  const mine = others.find(isWriter)
  const kept = others
    .filter((owner) => !isWriter(owner))
    .map((owner) => ({
      ...owner,
      paths: new Set([...owner.paths].filter((path) => now.has(path) && !changed.has(path))),
    }))
  const paths = new Set([...(mine?.paths ?? []), ...changed].filter((path) => now.has(path)))
  const time = changed.size > 0 ? writer.time : (mine?.time ?? writer.time)
  return [...kept, { ...writer, operation: 'Update', time, paths }]
}
