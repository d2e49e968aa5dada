// What the deck knows of a pod that was killed, of its workload and of a node under pressure, for the facts above charts.
import type { FluxRow } from '#model/kube.ts'
import type { FakeDeck } from '#test/ui/fake-deck.ts'
import { fixedNow as now } from '#test/ui/fake-deck.ts'
import {
  day,
  eventRow,
  failed,
  forbidden,
  hour,
  known,
  minute,
  nodeRow,
  object,
  podRow,
  rowsOf,
  workloadRow,
} from './rows.ts'
import { fillNodeCharts, fillVolumes } from './subject-charts.ts'

const name = 'cart-5b7c9-k8s2p'
const owner = { kind: 'ReplicaSet', name: 'cart-5b7c9' }
const labels = { 'pod-template-hash': '5b7c9', app: 'cart' }
const at = (ago: number) => new Date(now - ago).toISOString()
const killed = { restarts: 3, lastReason: 'OOMKilled', lastExitCode: 137, lastRestartAt: now - 20 * minute }
const claims = (...names: string[]) =>
  names.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } }))

const apps: FluxRow = {
  ...{ uid: 'apps', namespace: 'flux-system', name: 'apps', createdAt: now - 200 * day, labels: {} },
  ...{ kind: 'Kustomization', state: 'ready', changedAt: now - 26 * minute },
  revision: 'main@sha1:9f3c2e1d6fb72b8f0509fd6605d9fc61d7402886',
  changedFrom: 'main@sha1:b679d7c6fb72b8f0509fd6605d9fc61d74028866',
}

function fillCart(deck: FakeDeck): void {
  const flux = {
    'kustomize.toolkit.fluxcd.io/name': 'apps',
    'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
  }
  deck.workloads.set(
    rowsOf([workloadRow('shop', 'cart', { labels: flux, ready: 2, desired: 3, updated: 2 })]),
  )
  deck.flux.set(rowsOf([apps]))
  deck.events.set(
    rowsOf([
      eventRow('Deployment', 'shop', 'cart', {
        about: { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'cart' },
        reason: 'ScalingReplicaSet',
        message: 'Scaled up replica set cart-5b7c9 from 0 to 1',
        firstAt: now - 25 * minute,
        lastAt: now - 25 * minute,
      }),
    ]),
  )
  const pods = [
    podRow('shop', name, { owner, labels, ...killed, createdAt: now - 3 * hour }),
    podRow('shop', 'cart-5b7c9-x2x4z', { owner, labels, restarts: 1, lastReason: 'Error', lastExitCode: 1 }),
    podRow('shop', 'cart-5b7c9-zprgk', {
      owner,
      labels,
      ready: 0,
      status: 'ContainerCreating',
      phase: 'Pending',
    }),
    podRow('ml', 'llm-serving-0', { node: 'nuc-3' }),
  ]
  deck.pods.set(rowsOf(pods))
}

export function fillPodFacts(deck: FakeDeck): void {
  fillCart(deck)
  const ref = { group: '', kind: 'Pod', namespace: 'shop', name }
  deck.object(ref)
  const containerStatuses = [
    {
      name: 'app',
      restartCount: 3,
      state: { running: { startedAt: at(15 * minute) } },
      lastState: { terminated: { reason: 'OOMKilled', exitCode: 137, finishedAt: at(20 * minute) } },
    },
    { name: 'proxy', restartCount: 0, state: { running: { startedAt: at(3 * hour) } } },
  ]
  deck.objects.get(`Pod shop/${name}`)?.set(
    known(
      object('Pod', 'shop', name, {
        spec: { volumes: claims('cart-cache') },
        status: { containerStatuses },
      }),
    ),
  )
}

export function fillWorkloadFacts(deck: FakeDeck): void {
  fillCart(deck)
  fillVolumes(deck)
  const spec = { template: { spec: { volumes: claims('cart-cache', 'cart-media', 'cart-new') } } }
  deck.object({ group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'cart' })
  deck.objects.get('Deployment shop/cart')?.set(known(object('Deployment', 'shop', 'cart', { spec })))
}

export function fillNodeFacts(deck: FakeDeck): void {
  fillCart(deck)
  fillNodeCharts(deck)
  const conditions = [
    { type: 'Ready', status: 'True' },
    { type: 'DiskPressure', status: 'True', since: now - 13 * minute },
  ] as const
  const taints = [
    'node.kubernetes.io/disk-pressure:NoSchedule',
    'node.kubernetes.io/unschedulable:NoSchedule',
  ]
  deck.nodes.set(rowsOf([nodeRow('nuc-3', { cordoned: true, conditions, taints })]))
}

export function refuseFacts(deck: FakeDeck): void {
  for (const cell of [deck.pods, deck.workloads, deck.flux, deck.events]) cell.set(failed(forbidden))
  deck.object({ group: '', kind: 'Pod', namespace: 'shop', name })
  deck.objects.get(`Pod shop/${name}`)?.set(failed(forbidden))
}
