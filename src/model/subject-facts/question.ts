// What the facts of one object ask Prometheus of now, whatever range its charts are of.
import type { ObjectRef } from '#model/kube.ts'
import { instanceOf } from '#model/node-hosts.ts'
import { quote } from '#model/promql-text.ts'
import { podMatchers } from '#model/subject-charts/charts-of.ts'

export interface FigureQuestion {
  /** An instant query. */
  readonly expr: string
  /** The label whose value names each figure; absent: the one figure is called ''. */
  readonly by?: string
  /** The series that it is made of, for the sentence where there are none. */
  readonly metric: string
}

/** The figures of now by their names. */
export type FiguresNow = ReadonlyMap<string, number>

/**
 * How full the claims of a pod or workload are, 0 to 1, by the claim's name: those that its pods are known to have, and
 * those that its spec names (`names`, a regular expression; '' for none), since not everybody keeps who mounts what.
 */
export function claimQuestion(ref: ObjectRef, names: string): FigureQuestion {
  const within = `namespace=${quote(ref.namespace ?? '')}`
  const fill = (matchers: string) =>
    `kubelet_volume_stats_used_bytes{${matchers}} / kubelet_volume_stats_capacity_bytes{${matchers}}`
  const pods = podMatchers(ref)
  const mounted =
    pods &&
    `${fill(within)} and on (namespace,persistentvolumeclaim) kube_pod_spec_volumes_persistentvolumeclaims_info{${pods}}`
  const named = names === '' ? undefined : fill(`${within},persistentvolumeclaim=~${quote(names)}`)
  const known = [mounted, named].filter((part) => part !== undefined).join(' or ')
  return {
    expr: `max by (persistentvolumeclaim) (${known})`,
    by: 'persistentvolumeclaim',
    metric: 'kubelet_volume_stats_used_bytes',
  }
}

/** When the node booted, seconds since the epoch. `address` is its own, where it is known. */
export function bootQuestion(name: string, address: string | undefined): FigureQuestion {
  const metric = 'node_boot_time_seconds'
  return {
    expr: `max(${metric}{${instanceOf({ name, ...(address !== undefined && { ip: address }) })}})`,
    metric,
  }
}
