// kube-state-metrics of Deployments, ReplicaSets, StatefulSets and DaemonSets.

import type { Family } from './family.ts'
import { count, list, text } from './fields.ts'
import { type Facts, type FactsMetric, factsOf, inSpec, inStatus, metricsOf } from './kube-facts.ts'
import { familiesOf, flag, type Row } from './kube-object.ts'

function conditions(prefix: string, label: string): FactsMetric {
  const { gauge, idOf } = metricsOf(prefix, label)
  return gauge('status_condition', 'The current status conditions.', (facts) =>
    list(facts.status.conditions).flatMap(({ type, status, reason }) =>
      ['true', 'false', 'unknown'].map(
        (each): Row => [
          { ...idOf(facts), condition: text(type), reason: text(reason), status: each },
          flag(each === text(status).toLowerCase()),
        ],
      ),
    ),
  )
}

const deployment = metricsOf('kube_deployment', 'deployment')
const deployments: readonly FactsMetric[] = [
  deployment.created,
  deployment.labels,
  deployment.owner,
  deployment.single('spec_replicas', 'Number of desired pods.', inSpec('replicas')),
  deployment.single('spec_paused', 'Whether the deployment is paused.', ({ spec }) =>
    flag(spec.paused === true),
  ),
  deployment.single(
    'metadata_generation',
    'Sequence number of a generation of the desired state.',
    ({ generation }) => generation,
  ),
  deployment.single('status_replicas', 'The number of replicas.', inStatus('replicas')),
  deployment.single('status_replicas_ready', 'The number of ready replicas.', inStatus('readyReplicas')),
  deployment.single(
    'status_replicas_available',
    'The number of available replicas.',
    inStatus('availableReplicas'),
  ),
  deployment.single(
    'status_replicas_unavailable',
    'The number of unavailable replicas.',
    inStatus('unavailableReplicas'),
  ),
  deployment.single(
    'status_replicas_updated',
    'The number of updated replicas.',
    inStatus('updatedReplicas'),
  ),
  deployment.single(
    'status_observed_generation',
    'The generation observed by the controller.',
    inStatus('observedGeneration'),
  ),
  conditions('kube_deployment', 'deployment'),
]

const replicaSet = metricsOf('kube_replicaset', 'replicaset')
const replicaSets: readonly FactsMetric[] = [
  replicaSet.created,
  replicaSet.labels,
  replicaSet.owner,
  replicaSet.single('spec_replicas', 'Number of desired pods.', inSpec('replicas')),
  replicaSet.single(
    'metadata_generation',
    'Sequence number of a generation of the desired state.',
    ({ generation }) => generation,
  ),
  replicaSet.single('status_replicas', 'The number of replicas.', inStatus('replicas')),
  replicaSet.single('status_ready_replicas', 'The number of ready replicas.', inStatus('readyReplicas')),
  replicaSet.single(
    'status_fully_labeled_replicas',
    'The number of fully labeled replicas.',
    inStatus('fullyLabeledReplicas'),
  ),
  replicaSet.single(
    'status_observed_generation',
    'The generation observed by the controller.',
    inStatus('observedGeneration'),
  ),
]

const statefulSet = metricsOf('kube_statefulset', 'statefulset')
const revision = (field: string) => (facts: Facts) => ({ revision: text(facts.status[field]) })
const statefulSets: readonly FactsMetric[] = [
  statefulSet.created,
  statefulSet.labels,
  statefulSet.single('replicas', 'Number of desired pods.', inSpec('replicas')),
  statefulSet.single(
    'metadata_generation',
    'Sequence number of a generation of the desired state.',
    ({ generation }) => generation,
  ),
  statefulSet.single('status_replicas', 'The number of replicas.', inStatus('replicas')),
  statefulSet.single('status_replicas_ready', 'The number of ready replicas.', inStatus('readyReplicas')),
  statefulSet.single(
    'status_replicas_available',
    'The number of available replicas.',
    inStatus('availableReplicas'),
  ),
  statefulSet.single(
    'status_replicas_current',
    'The number of current replicas.',
    inStatus('currentReplicas'),
  ),
  statefulSet.single(
    'status_replicas_updated',
    'The number of updated replicas.',
    inStatus('updatedReplicas'),
  ),
  statefulSet.single(
    'status_observed_generation',
    'The generation observed by the controller.',
    inStatus('observedGeneration'),
  ),
  statefulSet.info(
    'status_current_revision',
    'The version used to generate the first pods.',
    revision('currentRevision'),
  ),
  statefulSet.info(
    'status_update_revision',
    'The version used to generate the last pods.',
    revision('updateRevision'),
  ),
]

const daemonSet = metricsOf('kube_daemonset', 'daemonset')
const daemonSets: readonly FactsMetric[] = [
  daemonSet.created,
  daemonSet.labels,
  daemonSet.single(
    'metadata_generation',
    'Sequence number of a generation of the desired state.',
    ({ generation }) => generation,
  ),
  daemonSet.single(
    'status_current_number_scheduled',
    'Nodes that run a pod and should.',
    inStatus('currentNumberScheduled'),
  ),
  daemonSet.single(
    'status_desired_number_scheduled',
    'Nodes that should run a pod.',
    inStatus('desiredNumberScheduled'),
  ),
  daemonSet.single('status_number_available', 'Nodes whose pod is available.', inStatus('numberAvailable')),
  daemonSet.single(
    'status_number_unavailable',
    'Nodes whose pod is not available.',
    inStatus('numberUnavailable'),
  ),
  daemonSet.single(
    'status_number_misscheduled',
    'Nodes that run a pod and should not.',
    inStatus('numberMisscheduled'),
  ),
  daemonSet.single('status_number_ready', 'Nodes whose pod is ready.', inStatus('numberReady')),
  daemonSet.single(
    'status_updated_number_scheduled',
    'Nodes whose pod is up to date.',
    inStatus('updatedNumberScheduled'),
  ),
  daemonSet.single('status_observed_generation', 'The generation observed by the controller.', ({ status }) =>
    count(status.observedGeneration),
  ),
]

const kinds = [
  ['deployments', 'deployment', deployments],
  ['replicasets', 'replicaset', replicaSets],
  ['statefulsets', 'statefulset', statefulSets],
  ['daemonsets', 'daemonset', daemonSets],
] as const

export const workloadFamilies: readonly Family[] = kinds.flatMap(([plural, nameLabel, metrics]) =>
  familiesOf({ plural, group: 'apps', nameLabel, decode: factsOf, metrics }),
)
