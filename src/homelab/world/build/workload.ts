// Workload objects: Deployments with their ReplicaSets, StatefulSets, DaemonSets, CronJobs and Jobs.
import { stamp } from '#homelab/store.ts'
import type { App } from '#homelab/world/catalogue/shapes.ts'
import { apiVersion, apps } from '#homelab/world/kinds.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import {
  appLabels,
  digest,
  type FluxOwner,
  managed,
  ownerAnnotations,
  ownerLabels,
  selectorOf,
} from './meta.ts'
import type { PodTemplate } from './template.ts'

export interface Workload extends KubeObject {
  readonly spec: {
    readonly replicas?: number
    readonly selector: { readonly matchLabels: Record<string, string> }
    readonly template: PodTemplate
    readonly suspend?: boolean
    readonly [field: string]: unknown
  }
  readonly status?: {
    readonly conditions?: readonly { type: string; status: string }[]
    readonly [field: string]: unknown
  }
}

export const workloadKinds = {
  Deployment: apps.deployment,
  StatefulSet: apps.statefulSet,
  DaemonSet: apps.daemonSet,
} as const

/** The revision of a template, as controllers put it into a pod's labels. */
export const revisionOf = (template: PodTemplate): string => digest(template).slice(0, 10)

export function metadataOf(
  app: App,
  owner: FluxOwner | undefined,
  at: number,
  more: Record<string, string> = {},
) {
  const annotations = { ...ownerAnnotations(owner), ...more }
  return {
    name: app.name,
    namespace: app.namespace,
    creationTimestamp: stamp(at),
    generation: 1,
    labels: { ...appLabels(app), ...ownerLabels(owner) },
    ...(Object.keys(annotations).length > 0 && { annotations }),
  }
}

export function workloadObject(
  app: App,
  template: PodTemplate,
  owner: FluxOwner | undefined,
  at: number,
): Workload {
  const kind = app.kind === 'StatefulSet' || app.kind === 'DaemonSet' ? app.kind : 'Deployment'
  const common = { selector: { matchLabels: selectorOf(app) }, template, revisionHistoryLimit: 10 }
  const spec =
    kind === 'DaemonSet'
      ? {
          ...common,
          updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
        }
      : kind === 'StatefulSet'
        ? {
            ...common,
            replicas: app.replicas ?? 1,
            serviceName: app.service || app.name,
            podManagementPolicy: 'OrderedReady',
            updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
            persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
            ...(app.volume && {
              volumeClaimTemplates: [
                {
                  apiVersion: 'v1',
                  kind: 'PersistentVolumeClaim',
                  metadata: { name: 'data' },
                  spec: {
                    accessModes: ['ReadWriteOnce'],
                    resources: { requests: { storage: `${app.volume}Gi` } },
                    storageClassName: 'longhorn',
                    volumeMode: 'Filesystem',
                  },
                },
              ],
            }),
          }
        : {
            ...common,
            replicas: app.replicas ?? 1,
            strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
            progressDeadlineSeconds: 600,
          }
  const base = { apiVersion: 'apps/v1', kind, spec }
  const metadata = metadataOf(
    app,
    owner,
    at,
    kind === 'Deployment' ? { 'deployment.kubernetes.io/revision': '1' } : {},
  )
  return {
    ...base,
    metadata: {
      ...metadata,
      managedFields: managed({ ...base, metadata: { labels: metadata.labels } }, owner, at),
    },
  }
}

export function replicaSetObject(
  deployment: Workload,
  hash: string,
  replicas: number,
  revision: number,
  at: number,
): Workload {
  const labels = { ...deployment.spec.template.metadata.labels, 'pod-template-hash': hash }
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      ...(deployment.metadata.namespace && { namespace: deployment.metadata.namespace }),
      creationTimestamp: stamp(at),
      generation: 1,
      labels,
      annotations: {
        'deployment.kubernetes.io/desired-replicas': String(deployment.spec.replicas ?? 1),
        'deployment.kubernetes.io/max-replicas': String((deployment.spec.replicas ?? 1) + 1),
        'deployment.kubernetes.io/revision': String(revision),
      },
      ownerReferences: [ownerOf(apps.deployment, deployment)],
    },
    spec: {
      replicas,
      selector: { matchLabels: { ...deployment.spec.selector.matchLabels, 'pod-template-hash': hash } },
      template: deployment.spec.template,
    },
  }
}

export function ownerOf(resource: Resource, object: KubeObject) {
  return {
    apiVersion: apiVersion(resource),
    kind: resource.kind,
    name: object.metadata.name,
    uid: object.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  }
}

export function cronJobObject(
  app: App,
  template: PodTemplate,
  owner: FluxOwner | undefined,
  at: number,
): KubeObject {
  const spec = {
    schedule: app.schedule ?? '0 * * * *',
    timeZone: 'Etc/UTC',
    concurrencyPolicy: 'Forbid',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    jobTemplate: { metadata: {}, spec: { backoffLimit: 2, template } },
  }
  const base = { apiVersion: 'batch/v1', kind: 'CronJob', spec }
  const metadata = metadataOf(app, owner, at)
  return { ...base, metadata: { ...metadata, managedFields: managed(base, owner, at) }, status: {} }
}
