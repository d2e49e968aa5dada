// One trouble is one row: what joins what, and what comes first.
import { expect, test } from 'vitest'
import { indexSubjects } from '#model/alert-subject.ts'
import type { Draft } from '#model/finding-draft.ts'
import { judgeAlerts } from '#model/judge-alerts.ts'
import { judgeFlux } from '#model/judge-flux.ts'
import { judgeNodes } from '#model/judge-nodes.ts'
import { judgePods } from '#model/judge-pods.ts'
import { judgeServices } from '#model/judge-services.ts'
import { judgeWorkloads } from '#model/judge-workloads.ts'
import type { EventRow } from '#model/kube.ts'
import type { AlertRow, Labels } from '#model/prometheus.ts'
import { rankFindings } from '#model/rank-findings.ts'
import { collectChanges } from '#model/triage-change.ts'
import { ago, deployment, event, flux, hour, minute, node, now, pod } from './rows.ts'

const checkout = deployment('shop/checkout', { desired: 2, ready: 0 })
const frontend = deployment('shop/frontend')
const broken = pod('shop/checkout-7d9f8c-x2x4z', {
  status: 'CrashLoopBackOff',
  ready: 0,
  notReadySince: ago(4 * minute),
})
const nodes = [node('nuc-1', { ip: '10.0.0.1' }), node('nuc-3', { ip: '10.0.0.3' })]
const index = indexSubjects([broken], [checkout, frontend], nodes)

function alert(name: string, labels: Labels, more: Partial<AlertRow> = {}): AlertRow {
  return { name, state: 'firing', severity: 'warning', labels, annotations: {}, ...more }
}

const podDrafts = judgePods(
  { pods: [broken], workloads: [checkout, frontend], events: [], usage: new Map(), restarts: new Map() },
  now,
)
const said = (drafts: readonly Draft[]) =>
  rankFindings(drafts, []).map(
    (finding) => `${finding.ref.kind}/${finding.ref.name}: ${finding.evidence.join(' · ')}`,
  )

const subjects: readonly [string, AlertRow, string][] = [
  [
    'a pod’s alert',
    alert('KubePodCrashLooping', { namespace: 'shop', pod: broken.name, container: 'app' }),
    'Deployment/checkout',
  ],
  [
    'a deployment’s alert, on kube-state-metrics’ own pod',
    alert('KubeDeploymentReplicasMismatch', {
      namespace: 'shop',
      deployment: 'checkout',
      pod: 'ksm-1',
      job: 'kube-state-metrics',
      container: 'kube-state-metrics',
    }),
    'Deployment/checkout',
  ],
  ['an application’s alert', alert('HighErrorRate', { service_name: 'checkout' }), 'Deployment/checkout'],
  [
    'a node’s alert through the exporter’s address',
    alert('NodeFilesystemAlmostOutOfSpace', {
      instance: '10.0.0.3:9100',
      job: 'node-exporter',
      namespace: 'observability',
      pod: 'ne-x',
    }),
    'Node/nuc-3',
  ],
  [
    'a node’s alert by name',
    alert('KubeNodeNotReady', {
      node: 'nuc-3',
      namespace: 'observability',
      pod: 'ksm-1',
      job: 'kube-state-metrics',
      container: 'kube-state-metrics',
    }),
    'Node/nuc-3',
  ],
  [
    'a job’s alert',
    alert('KubeJobFailed', { namespace: 'db', job_name: 'pg-backup-29384400' }),
    'CronJob/pg-backup',
  ],
  [
    'a claim’s alert',
    alert('KubePersistentVolumeFillingUp', { namespace: 'db', persistentvolumeclaim: 'pg-1', node: 'nuc-1' }),
    'PersistentVolumeClaim/pg-1',
  ],
  [
    'a Flux object’s alert',
    alert('FluxFailed', {
      customresource_kind: 'Kustomization',
      exported_namespace: 'flux-system',
      name: 'apps',
    }),
    'Kustomization/apps',
  ],
  [
    'a target’s alert',
    alert('TargetDown', { namespace: 'shop', job: 'frontend', service: 'frontend' }),
    'Deployment/frontend',
  ],
  ['an alert of a namespace', alert('KubeQuotaFull', { namespace: 'shop' }), 'Namespace/shop'],
  ['an alert of the cluster', alert('KubeVersionMismatch', {}), 'Alert/KubeVersionMismatch'],
]
test.each(subjects)('subject: %s', (_, one, expected) => {
  const [draft] = judgeAlerts([one], index)
  expect(`${draft?.ref.kind}/${draft?.ref.name}`).toBe(expected)
})

test('alerts that are meant to fire, or do not fire, are no findings', () => {
  const meant = [
    alert('Watchdog', {}, { severity: 'none' }),
    alert('InfoInhibitor', { namespace: 'shop' }),
    alert('KubePodNotReady', { namespace: 'shop' }, { state: 'pending' }),
  ]
  expect(judgeAlerts(meant, index)).toEqual([])
})

test('pods, rollout, error rate, alerts and the failed delivery of one workload are one row', () => {
  const stuck = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' } as const
  const findings = rankFindings(
    [
      ...podDrafts,
      ...judgeWorkloads(
        [deployment('shop/checkout', { desired: 2, ready: 0, conditions: [stuck] })],
        [],
        now,
      ),
      ...judgeServices(
        [{ service: 'checkout', rate: 4, errors: 0.12, before: 0.003, since: ago(5 * minute) }],
        index,
      ),
      ...judgeAlerts(
        [
          alert('KubePodCrashLooping', { namespace: 'shop', pod: broken.name }, { severity: 'critical' }),
          alert('KubeQuotaFull', { namespace: 'shop' }),
        ],
        index,
      ),
      ...judgeFlux(
        [
          flux('Kustomization/flux-system/apps', {
            state: 'failed',
            message:
              "health check failed after 30s: failed early due to stalled resources: [Deployment/shop/checkout status: 'Failed']",
          }),
          flux('Kustomization/flux-system/apps-jobs', {
            state: 'waiting',
            message: "dependency 'flux-system/apps' is not ready",
          }),
        ],
        now,
      ),
    ],
    [],
  )
  expect(findings).toHaveLength(1)
  expect(findings[0]).toMatchObject({
    severity: 'critical',
    kind: 'workload',
    since: ago(5 * minute),
    evidence: [
      'errors 12 % (0.3 % before)',
      'CrashLoopBackOff',
      'rollout stuck',
      '0/2 ready',
      'KubePodCrashLooping',
      'KubeQuotaFull',
      'ks/apps health check failed',
      'ks/apps-jobs waits for it',
    ],
  })
})

test('a failed delivery that names no sick workload stands on its own', () => {
  const rows = [
    flux('Kustomization/flux-system/apps', {
      state: 'failed',
      message: 'kustomize build failed: no such file',
      since: ago(hour),
    }),
  ]
  expect(said(judgeFlux(rows, now))).toEqual(['Kustomization/apps: kustomize build failed: no such file'])
})

test('pods evicted from a sick node are the node’s trouble; a crash loop on it is its own', () => {
  const pressure = { type: 'DiskPressure', status: 'True', since: ago(10 * minute) } as const
  const sick = node('nuc-3', { conditions: [{ type: 'Ready', status: 'True' }, pressure] })
  const evicted = (name: string) =>
    pod(`shop/${name}`, {
      status: 'Evicted',
      phase: 'Failed',
      ready: 0,
      node: 'nuc-3',
      notReadySince: ago(8 * minute),
    })
  const pods = [
    evicted('cart-5b7c9-aaaaa'),
    evicted('photos-5b7c9-bbbbb'),
    pod('shop/llm-5b7c9-ccccc', {
      status: 'CrashLoopBackOff',
      ready: 0,
      node: 'nuc-3',
      notReadySince: ago(8 * minute),
    }),
  ]
  const drafts = [
    ...judgePods({ pods, workloads: [], events: [], usage: new Map(), restarts: new Map() }, now),
    ...judgeNodes([sick], new Map(), [], now),
  ]
  expect(said(drafts)).toEqual([
    'Deployment/llm: CrashLoopBackOff',
    'Node/nuc-3: DiskPressure · lost pods of shop/cart, shop/photos',
  ])
})

test('the memory of a node is that of its address, or of its name', () => {
  const full = node('nuc-3', { ip: '10.0.0.3', allocatable: { memory: 100 } })
  const said = (usage: ReadonlyMap<string, { memory: number }>) =>
    judgeNodes([full], usage, [], now).flatMap(({ evidence }) => evidence.map(({ text }) => text))
  expect(said(new Map([['10.0.0.3', { memory: 96 }]]))).toEqual(['memory 96 % of allocatable'])
  expect(said(new Map([['nuc-3', { memory: 96 }]]))).toEqual(['memory 96 % of allocatable'])
  expect(said(new Map([['10.0.0.4', { memory: 96 }]]))).toEqual([])
})

test('a node that evicts is broken, one under pressure at risk', () => {
  const pressure = { type: 'DiskPressure', status: 'True', since: ago(10 * minute) } as const
  const sick = node('nuc-3', { conditions: [pressure] })
  const evicts = event({ group: '', kind: 'Node', name: 'nuc-3' }, { reason: 'EvictionThresholdMet' })
  const severity = (events: readonly EventRow[]) => judgeNodes([sick], new Map(), events, now)[0]?.severity
  expect([severity([]), severity([evicts])]).toEqual(['warning', 'critical'])
})

test('an alert beside a trouble gives its name; one that stood long before does not move its beginning', () => {
  const annotations = { summary: 'checkout is slow' }
  const about = { service_name: 'checkout' }
  const long = alert('Slow', about, { annotations, activeAt: ago(12 * hour) })
  const lately = alert('Failing', about, { annotations, activeAt: ago(20 * minute) })
  const [finding] = rankFindings([...podDrafts, ...judgeAlerts([long, lately], index)], [])
  expect(finding?.since).toBe(ago(20 * minute))
  expect(finding?.evidence).toEqual(['CrashLoopBackOff', '0/2 ready', 'Slow', 'Failing'])
  const [alone] = rankFindings(judgeAlerts([long], index), [])
  expect(alone).toMatchObject({ since: ago(12 * hour), evidence: ['Slow', 'checkout is slow'] })
})

test('first the worst, then the likelier cause, then the older; suspended last', () => {
  const apps = {
    'kustomize.toolkit.fluxcd.io/name': 'apps',
    'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
  }
  const workloads = [deployment('shop/checkout', { labels: apps }), deployment('shop/frontend')]
  const rows = [
    flux('Kustomization/flux-system/apps', { changedAt: ago(7 * minute), revision: '1.2.3' }),
    flux('Kustomization/flux-system/monitoring', { state: 'suspended', suspendedBy: 'ben' }),
  ]
  const services = [
    { service: 'frontend', rate: 9, errors: 0.2, before: 0, since: ago(6 * minute) },
    { service: 'checkout', rate: 4, errors: 0.12, before: 0.003, since: ago(5 * minute) },
  ]
  const findings = rankFindings(
    [
      ...judgeFlux(rows, now),
      ...judgeAlerts([alert('KubeVersionMismatch', {})], index),
      ...judgeServices(services, index),
    ],
    collectChanges({ flux: rows, workloads, events: [] }),
  )
  expect(findings.map((one) => `${one.severity} ${one.kind} ${one.ref.name}`)).toEqual([
    'critical workload checkout',
    'critical workload frontend',
    'warning alert KubeVersionMismatch',
    'info suspended monitoring',
  ])
  expect(findings[0]?.change).toEqual({
    ref: expect.objectContaining({ kind: 'Kustomization', name: 'apps' }),
    what: '1.2.3',
    at: ago(7 * minute),
    before: 2 * minute,
  })
  expect(findings[3]).toMatchObject({ evidence: ['suspended by ben'] })
})

test('the same trouble keeps its id while its evidence moves', () => {
  const later = podDrafts.map((draft) => ({ ...draft, evidence: [], severity: 'critical' as const }))
  expect(rankFindings(later, [])[0]?.id).toBe(rankFindings(podDrafts, [])[0]?.id)
})

const jobs: readonly [string, number, boolean, boolean][] = [
  ['failed an hour ago', hour, false, true],
  ['failed, and a later run went well', hour, true, false],
]
test.each(jobs)('a CronJob’s job that %s', (_, age, laterWell, found) => {
  const failed = deployment('db/backup-29384400', {
    kind: 'Job',
    createdAt: ago(age),
    conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', since: ago(age) }],
  })
  const well = deployment('db/backup-29384460', {
    kind: 'Job',
    createdAt: ago(minute),
    conditions: [{ type: 'Complete', status: 'True' }],
  })
  const drafts = judgeWorkloads(laterWell ? [failed, well] : [failed], [], now)
  expect(said(drafts)).toEqual(found ? ['CronJob/backup: job failed · BackoffLimitExceeded'] : [])
})

test('who only fails since the same minutes joins who is broken; who fails longer or elsewhere does not', () => {
  const failing = (service: string, errors: number, since: number, namespace = 'shop') => ({
    ...{ service, namespace, rate: 4, errors, before: 0.003, since: ago(since * minute) },
  })
  const drafts = [
    ...podDrafts,
    ...judgeServices(
      [
        failing('checkout', 0.4, 4),
        failing('frontend', 0.2, 3),
        failing('cart', 0.08, 40),
        failing('blog', 0.2, 4, 'web'),
      ],
      index,
    ),
  ]
  expect(said(drafts)).toEqual([
    expect.stringMatching(/^Deployment\/checkout: errors 40 % .*since then too: frontend errors 20 %$/),
    expect.stringMatching(/^Service\/blog: /),
    expect.stringMatching(/^Service\/cart: /),
  ])
})
