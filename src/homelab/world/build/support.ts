// What stands around a workload: its account, settings, secret, claims, routes and autoscaler.
import { stamp, uidOf } from '#homelab/store.ts'
import type { App } from '#homelab/world/catalogue/shapes.ts'
import { apps, core, net, system } from '#homelab/world/kinds.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import { type FluxOwner, managed } from './meta.ts'
import { metadataOf } from './workload.ts'

export type Made = readonly [resource: Resource, object: KubeObject]

function named(app: App, name: string, owner: FluxOwner | undefined, at: number) {
  return { ...metadataOf(app, owner, at), name }
}

export function accountOf(app: App, owner: FluxOwner | undefined, at: number): Made {
  return [
    core.serviceAccount,
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: named(app, app.name, owner, at) },
  ]
}

export function settingsOf(app: App, owner: FluxOwner | undefined, at: number): Made[] {
  const config: KubeObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: named(app, `${app.name}-config`, owner, at),
    data: {
      'config.yaml': [
        `# ${app.name} ${app.version}`,
        'log:',
        '  level: info',
        ...(app.callsTo ?? []).map((name) => `${name.replaceAll('-', '_')}: http://${name}:8080`),
        '',
      ].join('\n'),
    },
  }
  const made: Made[] = [
    [
      core.configMap,
      { ...config, metadata: { ...config.metadata, managedFields: managed(config, owner, at) } },
    ],
  ]
  if (app.language) {
    made.push([
      core.secret,
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: named(app, `${app.name}-secret`, owner, at),
        type: 'Opaque',
        // Values that open nothing: the homelab has no lock.
        data: { password: Buffer.from(`homelab-${app.name}`).toString('base64') },
      },
    ])
  }
  return made
}

export function claimsOf(app: App, owner: FluxOwner | undefined, at: number): Made[] {
  if (!app.volume) return []
  const names =
    app.kind === 'Deployment'
      ? [`data-${app.name}`]
      : Array.from({ length: app.replicas ?? 1 }, (_, index) =>
          app.kind === 'Postgres' ? `${app.name}-${index + 1}` : `data-${app.name}-${index}`,
        )
  return names.flatMap((name) => claimWithVolume(app, name, owner, at))
}

function claimWithVolume(app: App, name: string, owner: FluxOwner | undefined, at: number): Made[] {
  const uid = uidOf(`claim/${app.namespace}/${name}`)
  const volume = `pvc-${uid}`
  const capacity = { storage: `${app.volume}Gi` }
  return [
    [
      core.claim,
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {
          ...named(app, name, app.kind === 'Deployment' ? owner : undefined, at),
          uid,
          annotations: {
            'pv.kubernetes.io/bind-completed': 'yes',
            'pv.kubernetes.io/bound-by-controller': 'yes',
            'volume.kubernetes.io/storage-provisioner': 'driver.longhorn.io',
          },
          finalizers: ['kubernetes.io/pvc-protection'],
        },
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: capacity },
          volumeName: volume,
          storageClassName: 'longhorn',
          volumeMode: 'Filesystem',
        },
        status: { phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity },
      },
    ],
    [
      core.volume,
      {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: {
          name: volume,
          creationTimestamp: stamp(at),
          annotations: { 'pv.kubernetes.io/provisioned-by': 'driver.longhorn.io' },
          finalizers: ['kubernetes.io/pv-protection', 'external-attacher/driver-longhorn-io'],
        },
        spec: {
          capacity,
          csi: {
            driver: 'driver.longhorn.io',
            fsType: 'ext4',
            volumeAttributes: { numberOfReplicas: '2', staleReplicaTimeout: '30' },
            volumeHandle: volume,
          },
          accessModes: ['ReadWriteOnce'],
          claimRef: { kind: 'PersistentVolumeClaim', namespace: app.namespace, name, uid, apiVersion: 'v1' },
          persistentVolumeReclaimPolicy: 'Delete',
          storageClassName: 'longhorn',
          volumeMode: 'Filesystem',
        },
        status: { phase: 'Bound', lastPhaseTransitionTime: stamp(at) },
      },
    ],
  ]
}

export function routeOf(app: App, owner: FluxOwner | undefined, at: number): Made[] {
  const port = Object.values(app.containers[0]?.ports ?? {})[0]
  if (!app.host || port === undefined) return []
  const name = app.service || app.name
  // The dashboards of old still come by Ingress, everything newer by the Gateway.
  if (app.namespace === 'longhorn-system') {
    const backend = { service: { name, port: { number: port } } }
    return [
      [
        net.ingress,
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'Ingress',
          metadata: named(app, app.name, owner, at),
          spec: {
            ingressClassName: 'cilium',
            rules: [{ host: app.host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
          },
          status: { loadBalancer: { ingress: [{ ip: '192.168.10.80' }] } },
        },
      ],
    ]
  }
  const parent = {
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    name: 'home',
    namespace: 'envoy-gateway-system',
  }
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    observedGeneration: 1,
    lastTransitionTime: stamp(at),
    reason,
    message,
  })
  return [
    [
      net.httpRoute,
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: named(app, app.name, owner, at),
        spec: {
          parentRefs: [parent],
          hostnames: [app.host],
          rules: [
            {
              matches: [{ path: { type: 'PathPrefix', value: '/' } }],
              backendRefs: [{ group: '', kind: 'Service', name, port, weight: 1 }],
            },
          ],
        },
        status: {
          parents: [
            {
              parentRef: parent,
              controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
              conditions: [
                condition('Accepted', 'Accepted', 'Route is accepted'),
                condition('ResolvedRefs', 'ResolvedRefs', 'Resolved all the Object references for the Route'),
              ],
            },
          ],
        },
      },
    ],
  ]
}

export function autoscalerOf(app: App, owner: FluxOwner | undefined, at: number): Made[] {
  if (!app.autoscale) return []
  const [minReplicas, maxReplicas] = app.autoscale
  return [
    [
      apps.autoscaler,
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: named(app, app.name, owner, at),
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: app.name },
          minReplicas,
          maxReplicas,
          metrics: [
            {
              type: 'Resource',
              resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 120 } },
            },
          ],
        },
        status: {
          currentReplicas: app.replicas ?? 1,
          desiredReplicas: app.replicas ?? 1,
          conditions: [
            {
              type: 'AbleToScale',
              status: 'True',
              lastTransitionTime: stamp(at),
              reason: 'ReadyForNewScale',
              message: 'recommended size matches current size',
            },
          ],
        },
      },
    ],
  ]
}

export function budgetOf(app: App, owner: FluxOwner | undefined, at: number): Made[] {
  if (app.kind !== 'Deployment' || (app.replicas ?? 1) < 2) return []
  return [
    [
      system.disruptionBudget,
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: named(app, app.name, owner, at),
        spec: { minAvailable: 1, selector: { matchLabels: { 'app.kubernetes.io/name': app.name } } },
        status: {
          observedGeneration: 1,
          disruptionsAllowed: (app.replicas ?? 1) - 1,
          currentHealthy: app.replicas,
          desiredHealthy: 1,
          expectedPods: app.replicas,
        },
      },
    ],
  ]
}
