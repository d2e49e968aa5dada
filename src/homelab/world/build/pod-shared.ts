// What all pods of one template have in common, built once for each.
import { hex } from '#homelab/world/random.ts'
import { fieldsOf } from './meta.ts'
import type { PodTemplate } from './template.ts'

/** What pods of one template have in common. */
export interface Shared {
  readonly spec: Record<string, unknown> & { readonly volumes: readonly unknown[] }
  readonly metaFields: Record<string, unknown>
  readonly statusFields: Record<string, unknown>
  readonly qos: 'Guaranteed' | 'Burstable' | 'BestEffort'
  readonly statics: ReadonlyMap<string, Record<string, unknown>>
}

const sharedOf = new WeakMap<PodTemplate, Shared>()
const API_ACCESS = 'kube-api-access'

const tolerations = ['not-ready', 'unreachable'].map((state) => ({
  key: `node.kubernetes.io/${state}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}))

function freeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) freeze(inner)
  }
  return value
}

/** https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/ */
function qosOf(containers: PodTemplate['spec']['containers']): Shared['qos'] {
  const resources = containers.map(
    (container) => (container.resources ?? {}) as { requests?: object; limits?: object },
  )
  if (resources.every(({ requests, limits }) => !requests && !limits)) return 'BestEffort'
  const guaranteed = resources.every(
    ({ requests, limits }) =>
      requests &&
      limits &&
      JSON.stringify(requests) === JSON.stringify(limits) &&
      Object.keys(limits).length >= 2,
  )
  return guaranteed ? 'Guaranteed' : 'Burstable'
}

/** Worked out once for each template, and frozen: thousands of pods share it. */
export function share(template: PodTemplate): Shared {
  const known = sharedOf.get(template)
  if (known) return known
  const access = `${API_ACCESS}-${hex(JSON.stringify(template.metadata.labels), 5)}`
  const mount = { name: access, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }
  const containers = template.spec.containers.map(
    (container): Record<string, unknown> & { name: string } => ({
      ...container,
      volumeMounts: [...((container.volumeMounts as unknown[] | undefined) ?? []), mount],
    }),
  )
  const own = (template.spec.tolerations as unknown[] | undefined) ?? []
  const spec = {
    ...template.spec,
    volumes: [
      ...((template.spec.volumes as unknown[] | undefined) ?? []),
      {
        name: access,
        projected: {
          sources: [
            { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
            { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
            {
              downwardAPI: {
                items: [
                  { path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } },
                ],
              },
            },
          ],
          defaultMode: 420,
        },
      },
    ],
    containers,
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    tolerations: [...own, ...tolerations],
  }
  const statics = new Map(
    containers.map((container) => [
      container.name,
      {
        volumeMounts: (
          container.volumeMounts as { name: string; mountPath: string; readOnly?: boolean }[]
        ).map(({ name, mountPath, readOnly }) => ({
          name,
          mountPath,
          ...(readOnly && { readOnly, recursiveReadOnly: 'Disabled' }),
        })),
        resources: container.resources ?? {},
        user: { linux: { uid: 65532, gid: 65532, supplementalGroups: [65532] } },
      },
    ]),
  )
  const condition = {
    '.': {},
    'f:lastProbeTime': {},
    'f:lastTransitionTime': {},
    'f:status': {},
    'f:type': {},
  }
  const shared = freeze({
    spec,
    metaFields: fieldsOf(
      { metadata: { labels: template.metadata.labels, generateName: '' }, spec: template.spec },
      2,
    ),
    statusFields: {
      'f:status': {
        'f:conditions': Object.fromEntries(
          ['ContainersReady', 'Initialized', 'PodReadyToStartContainers', 'Ready'].map((type) => [
            `k:{"type":"${type}"}`,
            condition,
          ]),
        ),
        'f:containerStatuses': {},
        'f:hostIP': {},
        'f:hostIPs': {},
        'f:observedGeneration': {},
        'f:phase': {},
        'f:podIP': {},
        'f:podIPs': { '.': {}, 'k:{"ip":"pod"}': { '.': {}, 'f:ip': {} } },
        'f:startTime': {},
      },
    },
    qos: qosOf(template.spec.containers),
  })
  const whole = { ...shared, statics: new Map([...statics].map(([name, part]) => [name, freeze(part)])) }
  sharedOf.set(template, whole)
  return whole
}
