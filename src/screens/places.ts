// Where a subject leads: the screen and its arguments for one object.
import type { ObjectRef } from '#model/kube.ts'

export interface Target {
  readonly screen: string
  readonly args: readonly string[]
}

/** The detail screen's arguments: kind with its group, namespace (`-` for none), name. */
export function detailOf(ref: ObjectRef): Target {
  const kind = ref.group === '' ? ref.kind : `${ref.kind}.${ref.group}`
  return { screen: 'detail', args: [kind, ref.namespace ?? '-', ref.name] }
}

/** The object that `detailOf` made the arguments from. */
export function refOfArgs([kindAndGroup = '', namespace = '-', name = '']: readonly string[]): ObjectRef {
  const dot = kindAndGroup.indexOf('.')
  return {
    kind: dot < 0 ? kindAndGroup : kindAndGroup.slice(0, dot),
    group: dot < 0 ? '' : kindAndGroup.slice(dot + 1),
    name,
    ...(namespace !== '-' && { namespace }),
  }
}

const around = 'around='

/** The argument that carries a moment from a chart that is read out to the logs and the changes around it. */
export const aroundOf = (at: number): string => `${around}${new Date(at).toISOString()}`

/** Milliseconds since the epoch; undefined where the arguments carry no moment. */
export function momentOf(args: readonly string[]): number | undefined {
  const found = args.find((arg) => arg.startsWith(around))
  const at = found === undefined ? Number.NaN : Date.parse(found.slice(around.length))
  return Number.isNaN(at) ? undefined : at
}

/** The arguments of the logs screen, and of the pods screen for the pods of one workload or on one node. */
export const logsOf = ({ kind, namespace, name }: ObjectRef): readonly string[] => [
  kind,
  namespace ?? '-',
  name,
]
