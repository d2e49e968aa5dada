// metadata.managedFields: which manager owns which leaf, as sets of paths and as FieldsV1.
import type { KubeObject } from '#model/kube.ts'
import { type Fields, isFields, listAt, textAt } from './json.ts'
import { below, JOIN, leavesOf, type Path } from './leaves.ts'
import type { Shape } from './shape.ts'

/** What one manager owns, and by which kind of write. */
export interface Owner {
  readonly manager: string
  readonly operation: 'Apply' | 'Update'
  readonly apiVersion: string
  readonly time: string
  readonly subresource: string
  readonly paths: ReadonlySet<Path>
}

export function ownersOf(object: KubeObject | undefined): readonly Owner[] {
  return listAt(object, 'metadata', 'managedFields').map((entry) => {
    const paths = new Set<Path>()
    const walk = (value: unknown, path: Path) => {
      if (!isFields(value)) return
      const steps = Object.keys(value)
      if ((steps.length === 0 || value['.'] !== undefined) && path) paths.add(path)
      for (const step of steps) if (step !== '.') walk(value[step], below(path, step))
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

/** The order of managedFields: who applies, then who updates, each by time and name. */
function inOrder(a: Owner, b: Owner): number {
  const rank = ({ operation, time, manager, apiVersion, subresource }: Owner) =>
    [operation, time, manager, apiVersion, subresource].join(JOIN)
  return rank(a) < rank(b) ? -1 : 1
}

/** The owners as managedFields; an owner of nothing is left out. */
export function managedFields(owners: readonly Owner[]): readonly Fields[] {
  return owners
    .filter(({ paths }) => paths.size > 0)
    .sort(inOrder)
    .map(({ manager, operation, apiVersion, time, subresource, paths }) => {
      return {
        manager,
        operation,
        apiVersion,
        time,
        fieldsType: 'FieldsV1',
        fieldsV1: treeOf(paths),
        ...(subresource && { subresource }),
      }
    })
}

/** FieldsV1: what is owned itself beside some of its fields has a `.` among them. */
function treeOf(paths: ReadonlySet<Path>): Fields {
  const tree: Fields = {}
  // A path sorts before those below it.
  for (const path of [...paths].sort()) {
    let here = tree
    let walked = ''
    for (const step of path.split(JOIN)) {
      const next = here[step]
      const inner: Fields = isFields(next) ? next : {}
      here[step] = inner
      here = inner
      walked = below(walked, step)
      if (walked !== path && paths.has(walked)) here['.'] = {}
    }
  }
  return tree
}

/** After a plain write: the writer owns what it changed, and no one owns what is gone. */
export function ownersAfterUpdate(
  before: KubeObject | undefined,
  after: KubeObject,
  writer: Omit<Owner, 'paths' | 'operation'>,
  shape: Shape,
): readonly Owner[] {
  const old = before ? leavesOf(before, shape) : new Map<Path, string>()
  const now = leavesOf(after, shape)
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
