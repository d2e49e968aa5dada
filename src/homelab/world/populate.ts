// Puts the catalogue into the store: machines' namespaces, each app with what stands around it, storage and gateway.
import { type ObjectStore, stamp } from '#homelab/store.ts'
import type { KubeObject } from '#model/kube.ts'
import { type FluxOwner, managed, ownerLabels } from './build/meta.ts'
import { servicesOf } from './build/service.ts'
import {
  accountOf,
  autoscalerOf,
  budgetOf,
  claimsOf,
  type Made,
  routeOf,
  settingsOf,
} from './build/support.ts'
import { templateOf } from './build/template.ts'
import { versionAfter } from './build/version.ts'
import { cronJobObject, type Workload, workloadKinds, workloadObject } from './build/workload.ts'
import { namespaces, releases } from './catalogue/flux.ts'
import type { App } from './catalogue/shapes.ts'
import { core, custom, net, system } from './kinds.ts'
import type { createCron } from './life/cron.ts'
import type { createFixed } from './life/fixed.ts'
import type { Kubelet } from './life/kubelet.ts'
import type { Workloads } from './life/workloads.ts'
import { chance } from './random.ts'

export interface Populating {
  readonly store: ObjectStore
  readonly kubelet: Kubelet
  readonly workloads: Workloads
  readonly fixed: ReturnType<typeof createFixed>
  readonly cron: ReturnType<typeof createCron>
  /** When the homelab was built; its history is known only from `beganAt`. */
  readonly builtAt: number
  readonly beganAt: number
  readonly now: number
}

/** Where the Flux object of an app stands. */
function fluxOwnerOf(owner: App['owner']): FluxOwner | undefined {
  if (!owner) return undefined
  if (owner.kind === 'ks') return { ...owner, namespace: 'flux-system' }
  return { ...owner, namespace: releases.find(({ name }) => name === owner.name)?.namespace ?? 'flux-system' }
}

export function putNamespaces(store: ObjectStore, names: readonly string[], at: number): void {
  for (const name of names) {
    const ks = namespaces[name]
    const owner = ks ? ({ kind: 'ks', name: ks, namespace: 'flux-system' } as const) : undefined
    const object = { apiVersion: 'v1', kind: 'Namespace', spec: { finalizers: ['kubernetes'] } }
    store.put(core.namespace, {
      ...object,
      metadata: {
        name,
        creationTimestamp: stamp(at),
        labels: {
          'kubernetes.io/metadata.name': name,
          ...ownerLabels(owner),
          ...(['observability', 'longhorn-system', 'kube-system'].includes(name) && {
            'pod-security.kubernetes.io/enforce': 'privileged',
          }),
        },
        managedFields: managed(object, owner, at),
      },
      status: { phase: 'Active' },
    })
    store.put(core.serviceAccount, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: name, creationTimestamp: stamp(at) },
    })
    store.put(core.configMap, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'kube-root-ca.crt',
        namespace: name,
        creationTimestamp: stamp(at),
        annotations: {
          'kubernetes.io/description':
            'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc.',
        },
      },
      data: { 'ca.crt': '-----BEGIN CERTIFICATE-----\nhomelab\n-----END CERTIFICATE-----\n' },
    })
  }
}

export function putStorage(store: ObjectStore, at: number): void {
  const owner: FluxOwner = { kind: 'hr', name: 'longhorn', namespace: 'longhorn-system' }
  store.put(system.storageClass, {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name: 'longhorn',
      creationTimestamp: stamp(at),
      labels: ownerLabels(owner),
      annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
    },
    provisioner: 'driver.longhorn.io',
    parameters: {
      numberOfReplicas: '2',
      staleReplicaTimeout: '30',
      fsType: 'ext4',
      dataLocality: 'best-effort',
    },
    reclaimPolicy: 'Delete',
    allowVolumeExpansion: true,
    volumeBindingMode: 'Immediate',
  })
  store.put(net.gateway, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: {
      name: 'home',
      namespace: 'envoy-gateway-system',
      creationTimestamp: stamp(at),
      generation: 1,
      labels: ownerLabels({ kind: 'ks', name: 'network', namespace: 'flux-system' }),
    },
    spec: {
      gatewayClassName: 'envoy',
      listeners: [
        {
          name: 'https',
          port: 443,
          protocol: 'HTTPS',
          hostname: '*.home.arpa',
          tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: 'home-arpa-tls' }] },
          allowedRoutes: { namespaces: { from: 'All' } },
        },
      ],
    },
    status: {
      addresses: [{ type: 'IPAddress', value: '192.168.10.81' }],
      conditions: ['Accepted', 'Programmed'].map((type) => ({
        type,
        status: 'True',
        reason: type,
        message: '',
        observedGeneration: 1,
        lastTransitionTime: stamp(at),
      })),
    },
  })
}

/** The app as it was when the history begins: its first image decides the version. */
function asThen(app: App, images: Readonly<Record<string, string>>): App {
  const containers = app.containers.map((part) => ({
    ...part,
    image: images[part.image.slice(0, part.image.lastIndexOf(':'))] ?? part.image,
  }))
  const [now, then] = [app.containers[0]?.image, containers[0]?.image]
  const version = now === undefined || then === undefined ? app.version : versionAfter(app.version, now, then)
  return { ...app, containers, version }
}

/** `images` are the tags that ran when the history begins, by the container's image without its tag. */
export function putApp(app: App, images: Readonly<Record<string, string>>, world: Populating): void {
  const { store, kubelet, workloads, fixed, cron, builtAt, beganAt, now } = world
  const owner = fluxOwnerOf(app.owner)
  const at = builtAt + Math.floor(chance(`${app.namespace}/${app.name}/built`) * 40 * 86_400_000)
  const since = Math.max(
    at,
    beganAt - Math.floor(chance(`${app.namespace}/${app.name}/since`) * 18 * 86_400_000),
  )
  const around: Made[] =
    app.kind === 'Static' || app.kind === 'Pod'
      ? []
      : [
          accountOf(app, owner, at),
          ...settingsOf(app, owner, at),
          ...claimsOf(app, owner, at),
          ...routeOf(app, owner, at),
          ...autoscalerOf(app, owner, at),
          ...budgetOf(app, owner, at),
        ]
  for (const [resource, object] of around) store.put(resource, object)
  const then = asThen(app, images)
  const template = templateOf(then)
  if (app.kind === 'Static') {
    fixed.staticPods(
      app,
      template,
      new Map(store.list(core.node).map((node) => [node.metadata.name, node])),
      since,
    )
  } else if (app.kind === 'Pod') {
    kubelet.adopt(
      { namespace: app.namespace, name: app.name, app, template, labels: { run: app.name } },
      now - 3 * 3_600_000,
    )
  } else if (app.kind === 'Postgres') {
    fixed.postgres(app, template, store.put(custom.postgres, postgresCluster(app, owner, at)), since)
  } else if (app.kind === 'CronJob') {
    // What runs every few minutes is new: two weeks of it would be thousands of pods.
    const from =
      (app.every ?? 60) >= 1440
        ? beganAt
        : (app.every ?? 60) >= 60
          ? now - 24 * 3_600_000
          : now - 3 * 3_600_000
    const template = templateOf(app)
    cron.keep(app, from, () => cronJobObject(app, template, owner, Math.max(at, from - 60_000)))
  } else {
    const workload = store.put(workloadKinds[app.kind], workloadObject(then, template, owner, at)) as Workload
    workloads.adopt(workload, app, since)
  }
  for (const service of servicesOf(app, owner, at)) store.put(core.service, service)
}

function postgresCluster(app: App, owner: FluxOwner | undefined, at: number): KubeObject {
  const instances = app.replicas ?? 1
  const names = Array.from({ length: instances }, (_, index) => `${app.name}-${index + 1}`)
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: {
      name: app.name,
      namespace: app.namespace,
      creationTimestamp: stamp(at),
      generation: 3,
      labels: ownerLabels(owner),
    },
    spec: {
      instances,
      imageName: app.containers[0]?.image,
      primaryUpdateStrategy: 'unsupervised',
      postgresql: { parameters: { max_connections: '100', shared_buffers: '1GB', work_mem: '16MB' } },
      storage: { size: `${app.volume}Gi`, storageClass: 'longhorn' },
      monitoring: { enablePodMonitor: false },
    },
    status: {
      phase: 'Cluster in healthy state',
      instances,
      readyInstances: instances,
      currentPrimary: `${app.name}-1`,
      targetPrimary: `${app.name}-1`,
      instanceNames: names,
      healthyPVC: names,
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'ClusterIsReady',
          message: 'Cluster is Ready',
          lastTransitionTime: stamp(at),
        },
        {
          type: 'ContinuousArchiving',
          status: 'True',
          reason: 'ContinuousArchivingSuccess',
          message: 'Continuous archiving is working',
          lastTransitionTime: stamp(at),
        },
      ],
    },
  }
}
