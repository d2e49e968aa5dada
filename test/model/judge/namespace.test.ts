// One namespace looked at: Prometheus tells of all, and what lies elsewhere is not told as if it were here.
import { expect, test } from 'vitest'
import { buildOverview } from '#model/build-overview.ts'
import type { OverviewInputs } from '#model/overview-inputs.ts'
import type { AlertRow, Labels } from '#model/prometheus.ts'
import { deployment, node, now, pod } from './rows.ts'

const known = <T>(data: T) => ({ data, dataAt: now, pending: false })
const alert = (name: string, labels: Labels): AlertRow => ({
  ...{ name, labels, state: 'firing', severity: 'warning', annotations: {} },
})

const alerts = [
  alert('KubePodNotReady', { namespace: 'kube-system', pod: 'coredns-5d-x' }),
  alert('KubePodNotReady', { namespace: 'media', pod: 'photos-7d9f8c-x2x4z' }),
  alert('KubeNodePressure', { namespace: 'observability', node: 'nuc-3', job: 'kube-state-metrics' }),
  alert('TargetDown', { namespace: 'observability', service: 'grafana' }),
  alert('ServiceErrorRate', { service_name: 'checkout' }),
  alert('Watchful', {}),
]

function inputs(namespace: string | undefined, rows: Partial<OverviewInputs> = {}): OverviewInputs {
  return {
    ...{ context: 'home', range: { span: 3_600_000 }, partial: [], sources: [] },
    ...(namespace !== undefined && { namespace }),
    ...{ pods: known([pod('media/photos-7d9f8c-x2x4z')]), nodes: known([node('nuc-3')]) },
    ...{ workloads: known([deployment('media/photos')]), events: known([]), flux: known([]) },
    ...{ podUsage: known(new Map()), nodeUsage: known(new Map()), restarts: known(new Map()) },
    ...{ services: known([]), disks: known([]), alerts: known(alerts), targets: known([]) },
    capacity: known([]),
    ...rows,
  }
}

const firing = (namespace?: string) =>
  buildOverview(inputs(namespace), now).alerts.data?.map(
    ({ name, labels }) => `${name} ${labels.namespace ?? ''}`,
  )

test('alerts of other namespaces are theirs, those of nodes and of the cluster are told everywhere', () => {
  expect(firing('media')).toEqual(['KubePodNotReady media', 'KubeNodePressure observability', 'Watchful '])
  expect(firing()).toHaveLength(alerts.length)
})

test('what is wrong elsewhere is not in the list, nor a service that nothing is known of', () => {
  const services = known([
    { service: 'checkout', rate: 30, errors: 0.3 },
    { service: 'photos', rate: 30, errors: 0.3 },
  ])
  const disks = known([
    { namespace: 'db', claim: 'pg-main-1', ratio: 0.99 },
    { node: 'nuc-3', mountpoint: '/var', ratio: 0.99 },
  ])
  const wrong = buildOverview(inputs('media', { services, disks, alerts: known([]) }), now).wrong
  expect(wrong.map(({ ref }) => `${ref.kind}/${ref.name}`).sort()).toEqual([
    'Deployment/photos',
    'Node/nuc-3',
  ])
})
