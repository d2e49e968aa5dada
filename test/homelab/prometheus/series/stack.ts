// The fixture with the rest of a homelab: workloads, Flux, the stack's own parts and one application.
import { stamp } from '#homelab/store.ts'
import type { ServiceSignals } from '#homelab/world.ts'
import type { KubeObject } from '#model/kube.ts'
import { BEGAN, type Fixture, fixture, HOUR, line, pod, pods, resource } from './fixture.ts'

export const deployments = resource('apps', 'v1', 'deployments', 'Deployment')
const jobs = resource('batch', 'v1', 'jobs', 'Job')
const claims = resource('', 'v1', 'persistentvolumeclaims', 'PersistentVolumeClaim')
export const kustomizations = resource('kustomize.toolkit.fluxcd.io', 'v1', 'kustomizations', 'Kustomization')

const shop: ServiceSignals = {
  service: 'checkout',
  namespace: 'shop',
  language: 'go',
  endpoints: [{ route: 'POST /pay', calls: line(10), errors: line(1), p50: line(40), p99: line(400) }],
  callsTo: [],
}

const running = (name: string, namespace: string, app: string, ip: string) =>
  pod(name, { namespace, node: 'beta', ip, labels: { 'app.kubernetes.io/name': app } })

export function deployment(available: number): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'checkout', namespace: 'shop', generation: 3, creationTimestamp: stamp(BEGAN - HOUR) },
    spec: { replicas: 2 },
    status: {
      replicas: 2,
      readyReplicas: available,
      availableReplicas: available,
      updatedReplicas: 2,
      observedGeneration: 3,
      conditions: [
        { type: 'Available', status: available === 2 ? 'True' : 'False', reason: 'MinimumReplicas' },
      ],
    },
  }
}

export function kustomization(ready: 'True' | 'False', suspend = false): KubeObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'apps', namespace: 'flux-system', creationTimestamp: stamp(BEGAN - HOUR) },
    spec: {
      interval: '1m0s',
      path: './apps',
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      suspend,
    },
    status: {
      lastAppliedRevision: 'main@sha1:abc',
      conditions: [{ type: 'Ready', status: ready }],
    },
  }
}

export function stack(): Fixture {
  const made = fixture({ services: [shop] })
  const { store } = made.world
  const ready = { ...pod('checkout-2', { node: 'beta', ip: '10.42.0.10' }) }
  store.put(pods, {
    ...ready,
    spec: {
      ...(ready.spec as object),
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    },
  })
  store.put(pods, running('prometheus-0', 'observability', 'prometheus', '10.42.0.20'))
  store.put(pods, running('alertmanager-0', 'observability', 'alertmanager', '10.42.0.21'))
  store.put(pods, running('grafana-0', 'observability', 'grafana', '10.42.0.22'))
  store.put(pods, running('otel-collector-0', 'observability', 'otel-collector', '10.42.0.23'))
  store.put(pods, running('ntfy-0', 'observability', 'ntfy', '10.42.0.24'))
  store.put(pods, running('kustomize-controller-0', 'flux-system', 'kustomize-controller', '10.42.0.25'))
  store.put(deployments, deployment(2))
  store.put(kustomizations, kustomization('True'))
  store.put(claims, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: 'shop', creationTimestamp: stamp(BEGAN - HOUR) },
    spec: { storageClassName: 'longhorn', volumeName: 'pvc-1', resources: { requests: { storage: '10Gi' } } },
    status: { phase: 'Bound', capacity: { storage: '10Gi' } },
  })
  store.put(jobs, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'report', namespace: 'shop', creationTimestamp: stamp(BEGAN - HOUR) },
    spec: { parallelism: 1, completions: 1 },
    status: { failed: 1, conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] },
  })
  return made
}
