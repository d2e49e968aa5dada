// The kinds that run pods, as rows of one table.
import type { Decoder } from '#cluster/cluster.ts'
import { type Fields, fields, items, known, number, text, time } from '#cluster/fields.ts'
import type { KubeObject, Resource, WorkloadKind, WorkloadRow } from '#model/kube.ts'
import { createPool, type Pool } from './pool.ts'
import { conditionsOf, rowOf, selectorText } from './row.ts'

const apps = (kind: WorkloadKind, plural: string, shortName: string): Resource => ({
  group: 'apps',
  version: 'v1',
  plural,
  kind,
  namespaced: true,
  shortNames: [shortName],
})

const deploymentResource = apps('Deployment', 'deployments', 'deploy')
const statefulSetResource = apps('StatefulSet', 'statefulsets', 'sts')
const daemonSetResource = apps('DaemonSet', 'daemonsets', 'ds')
const jobResource: Resource = {
  group: 'batch',
  version: 'v1',
  plural: 'jobs',
  kind: 'Job',
  namespaced: true,
}
const cronJobResource: Resource = {
  group: 'batch',
  version: 'v1',
  plural: 'cronjobs',
  kind: 'CronJob',
  namespaced: true,
  shortNames: ['cj'],
}

/** What the workloads table lists; a Deployment's ReplicaSets are its own matter, and told by their names. */
export const workloadResources: readonly Resource[] = [
  deploymentResource,
  statefulSetResource,
  daemonSetResource,
  jobResource,
  cronJobResource,
]

/** Lists leave `kind` out of their items, so the decoder is told which kind it reads. */
export function workloadDecoder(kind: WorkloadKind): Decoder<WorkloadRow> {
  const pool = createPool()
  return { json: (object) => workloadRow(object, kind, pool) }
}

function workloadRow(object: KubeObject, kind: WorkloadKind, pool: Pool): WorkloadRow {
  const row = rowOf(object, pool)
  const spec = fields(object.spec)
  const status = fields(object.status)
  const template = kind === 'CronJob' ? fields(fields(spec.jobTemplate).spec).template : spec.template
  const conditions = conditionsOf(status.conditions, pool)
  return {
    ...row,
    namespace: row.namespace ?? '',
    kind,
    images: imagesOf(fields(template), pool),
    conditions,
    selector: selectorText(spec.selector),
    ...counts[kind](spec, status),
    ...(kind === 'Job' && known({ lastAt: jobEnd(status, conditions) })),
  }
}

type Counts = Pick<WorkloadRow, 'ready' | 'desired' | 'updated' | 'suspended' | 'lastAt' | 'failed'>

const replicated = (spec: Fields, status: Fields): Counts => ({
  ready: number(status.readyReplicas) ?? 0,
  desired: number(spec.replicas) ?? 1,
})

/** The controller leaves zeroes out, so an absent count is a zero. */
const counts: Readonly<Record<WorkloadKind, (spec: Fields, status: Fields) => Counts>> = {
  Deployment: (spec, status) => ({
    ...replicated(spec, status),
    updated: number(status.updatedReplicas) ?? 0,
    ...(spec.paused === true && { suspended: true }),
  }),
  StatefulSet: (spec, status) => ({
    ...replicated(spec, status),
    updated: number(status.updatedReplicas) ?? 0,
  }),
  DaemonSet: (_, status) => ({
    ready: number(status.numberReady) ?? 0,
    desired: number(status.desiredNumberScheduled) ?? 0,
    updated: number(status.updatedNumberScheduled) ?? 0,
  }),
  ReplicaSet: replicated,
  /** As kubectl's COMPLETIONS: how many pods succeeded, of how many that must. */
  Job: (spec, status) => ({
    ready: number(status.succeeded) ?? 0,
    desired: number(spec.completions) ?? number(spec.parallelism) ?? 1,
    ...(spec.suspend === true && { suspended: true }),
    ...known({ failed: number(status.failed) }),
  }),
  /** Runs under way; there is no number that it ought to have. */
  CronJob: (spec, status) => ({
    ready: items(status.active).length,
    desired: items(status.active).length,
    ...(spec.suspend === true && { suspended: true }),
    ...known({ lastAt: time(status.lastScheduleTime) }),
  }),
}

function jobEnd(status: Fields, conditions: WorkloadRow['conditions']): number | undefined {
  const failed = conditions.find((one) => one.type === 'Failed' && one.status === 'True')
  return time(status.completionTime) ?? failed?.since
}

function imagesOf(template: Fields, pool: Pool): readonly string[] {
  const images = items(fields(template.spec).containers).flatMap((item) => {
    const image = text(fields(item).image)
    return image === undefined ? [] : [pool.text(image)]
  })
  return pool.share(`images ${images.join(' ')}`, () => images)
}
