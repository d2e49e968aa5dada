// The workload controllers, small: each Deployment, StatefulSet and DaemonSet gets the pods that it asks for,
// a changed template rolls out, a deleted pod comes back.
import type { ObjectStore } from '#homelab/store.ts'
import type { Agenda } from '#homelab/world/agenda.ts'
import { isReady, type PodFacts } from '#homelab/world/build/pod.ts'
import {
  ownerOf,
  replicaSetObject,
  revisionOf,
  type Workload,
  workloadKinds,
} from '#homelab/world/build/workload.ts'
import type { App, Machine } from '#homelab/world/catalogue/shapes.ts'
import { apps } from '#homelab/world/kinds.ts'
import { letters } from '#homelab/world/random.ts'
import type { Recorder } from './events.ts'
import { type Kubelet, type NewPod, podKey } from './kubelet.ts'
import { daemonSetStatus, deploymentStatus, replicaSetStatus, statefulSetStatus } from './workload-status.ts'

type Kind = keyof typeof workloadKinds

export interface Workloads {
  /** The pods of a workload that exist, as they were at some moment of the past. */
  adopt(workload: Workload, app: App, since: number): void
  appOf(kind: string, namespace: string, name: string): App | undefined
}

interface Parts {
  readonly seed: number
  readonly store: ObjectStore
  readonly agenda: Agenda
  readonly record: Recorder
  readonly kubelet: Kubelet
  readonly machines: readonly Machine[]
}

const keyOf = (kind: string, object: { namespace?: string; name: string }) =>
  `${kind}/${object.namespace}/${object.name}`

export function createWorkloads({ seed, store, agenda, record, kubelet, machines }: Parts): Workloads {
  const known = new Map<string, App>()
  const planned = new Set<string>()
  const hashes = new WeakMap<object, string>()
  const serials = new Map<string, number>()
  /** Names of the ReplicaSets of each Deployment, by its uid. */
  const sets = new Map<string, Set<string>>()

  const hashOf = (workload: Workload) => {
    const { template } = workload.spec
    let hash = hashes.get(template)
    if (!hash) {
      hash = revisionOf(template)
      hashes.set(template, hash)
    }
    return hash
  }

  /** Workloads that someone adds through the API behave like a small program that nobody catalogued. */
  const appFor = (kind: Kind, workload: Workload): App => {
    const { name, namespace = 'default' } = workload.metadata
    const key = keyOf(kind, workload.metadata)
    const app: App = known.get(key) ?? {
      namespace,
      name,
      kind,
      version: '',
      containers: workload.spec.template.spec.containers.map((container) => ({
        name: container.name,
        image: container.image,
        cpu: [0.01, 0, 0],
        memory: [32, 0, 0],
        log: 'plain',
      })),
    }
    known.set(key, app)
    return app
  }

  const serial = (key: string) => {
    const next = (serials.get(key) ?? 0) + 1
    serials.set(key, next)
    return next
  }

  const replicaSetOf = (deployment: Workload, hash: string): Workload => {
    const { namespace, name } = deployment.metadata
    const existing = store.get(apps.replicaSet, namespace, `${name}-${hash}`) as Workload | undefined
    if (existing) return existing
    const revision = serial(keyOf('Deployment', deployment.metadata))
    const made = store.put(
      apps.replicaSet,
      replicaSetObject(deployment, hash, deployment.spec.replicas ?? 1, revision, agenda.now()),
    ) as Workload
    const siblings = sets.get(deployment.metadata.uid ?? '') ?? new Set()
    sets.set(deployment.metadata.uid ?? '', siblings.add(made.metadata.name))
    if (revision > 1) {
      store.put(apps.deployment, {
        ...deployment,
        metadata: {
          ...deployment.metadata,
          annotations: {
            ...deployment.metadata.annotations,
            'deployment.kubernetes.io/revision': String(revision),
          },
        },
      })
      record({
        about: deployment,
        type: 'Normal',
        reason: 'ScalingReplicaSet',
        message: `Scaled up replica set ${made.metadata.name} from 0 to ${deployment.spec.replicas ?? 1}`,
        from: 'deployment-controller',
      })
    }
    return made
  }

  const newPod = (kind: Kind, workload: Workload, name: string, node?: string): NewPod => {
    const hash = hashOf(workload)
    const app = appFor(kind, workload)
    const owner =
      kind === 'Deployment'
        ? ownerOf(apps.replicaSet, replicaSetOf(workload, hash))
        : ownerOf(workloadKinds[kind], workload)
    const labels = workload.spec.template.metadata.labels
    return {
      namespace: workload.metadata.namespace ?? 'default',
      name,
      app,
      template: workload.spec.template,
      owner,
      ...(node && { node }),
      labels:
        kind === 'Deployment'
          ? labelsWith(labels, 'pod-template-hash', hash)
          : kind === 'StatefulSet'
            ? {
                ...labels,
                'apps.kubernetes.io/pod-index': name.slice(name.lastIndexOf('-') + 1),
                'controller-revision-hash': `${workload.metadata.name}-${hash}`,
                'statefulset.kubernetes.io/pod-name': name,
              }
            : labelsWith(labels, 'controller-revision-hash', hash),
    }
  }

  const suffixed = (workload: Workload, hash?: string) => {
    const prefix = hash ? `${workload.metadata.name}-${hash}` : workload.metadata.name
    return `${prefix}-${letters(`${seed}/${workload.metadata.namespace}/${prefix}/${serial(`pod/${prefix}`)}`, 5)}`
  }

  const nodesFor = (workload: Workload, app: App) => {
    const hostname = workload.spec.template.spec.nodeSelector?.['kubernetes.io/hostname']
    return machines
      .filter(({ name }) => (hostname ? name === hostname : !app.on || app.on.includes(name)))
      .map(({ name }) => name)
  }

  const livePods = (kind: Kind, workload: Workload): PodFacts[] => {
    const owners =
      kind === 'Deployment'
        ? replicaSetsOf(workload).map(({ metadata }) => metadata.uid ?? '')
        : [workload.metadata.uid ?? '']
    return owners
      .flatMap((uid) => kubelet.of(uid))
      .filter(({ deletingAt, phase }) => deletingAt === undefined && phase !== 'Failed')
  }

  const replicaSetsOf = ({ metadata }: Workload): Workload[] =>
    [...(sets.get(metadata.uid ?? '') ?? [])].flatMap(
      (name) => (store.get(apps.replicaSet, metadata.namespace, name) as Workload | undefined) ?? [],
    )

  const create = (kind: Kind, workload: Workload, name: string, node?: string) => {
    const pod = newPod(kind, workload, name, node)
    record({
      about:
        pod.owner?.kind === 'ReplicaSet'
          ? (store.get(apps.replicaSet, pod.namespace, pod.owner.name) ?? workload)
          : workload,
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${name}`,
      from: `${(pod.owner?.kind ?? kind).toLowerCase()}-controller`,
    })
    kubelet.start(pod)
  }

  const syncDeployment = (deployment: Workload) => {
    const hash = hashOf(deployment)
    const current = replicaSetOf(deployment, hash)
    const wanted = deployment.spec.replicas ?? 1
    const pods = livePods('Deployment', deployment)
    const fresh = pods.filter(({ owner }) => owner?.uid === current.metadata.uid)
    const old = pods.filter(({ owner }) => owner?.uid !== current.metadata.uid)
    for (let missing = wanted - fresh.length; missing > 0; missing -= 1)
      create('Deployment', deployment, suffixed(deployment, hash))
    for (const pod of fresh.slice(wanted)) kubelet.remove(podKey(pod))
    const keep = Math.max(0, wanted - fresh.filter(isReady).length)
    for (const pod of old.slice(keep)) kubelet.remove(podKey(pod))
  }

  const syncStatefulSet = (set: Workload) => {
    const hash = hashOf(set)
    const wanted = set.spec.replicas ?? 1
    const pods = new Map(livePods('StatefulSet', set).map((pod) => [pod.name, pod]))
    for (const [name, pod] of pods) {
      if (Number(name.slice(name.lastIndexOf('-') + 1)) >= wanted) kubelet.remove(podKey(pod))
    }
    for (let ordinal = 0; ordinal < wanted; ordinal += 1) {
      const name = `${set.metadata.name}-${ordinal}`
      const leaving = kubelet.lives.get(`${set.metadata.namespace}/${name}`)
      if (pods.has(name)) continue
      if (!leaving || leaving.endedAt !== undefined) create('StatefulSet', set, name)
      return
    }
    if (![...pods.values()].every(isReady)) return
    const stale = [...pods.values()].filter((pod) => hashOfPod(pod) !== hash).at(-1)
    if (stale) kubelet.remove(podKey(stale))
  }

  const syncDaemonSet = (set: Workload) => {
    const hash = hashOf(set)
    const pods = livePods('DaemonSet', set)
    const wanted = nodesFor(set, appFor('DaemonSet', set))
    for (const node of wanted) {
      if (!pods.some((pod) => pod.node === node)) create('DaemonSet', set, suffixed(set), node)
    }
    if (pods.length < wanted.length || !pods.every(isReady)) return
    const stale = pods.find((pod) => hashOfPod(pod) !== hash)
    if (stale) kubelet.remove(podKey(stale))
  }

  const hashOfPod = (pod: PodFacts) => {
    let hash = hashes.get(pod.template)
    if (!hash) {
      hash = revisionOf(pod.template)
      hashes.set(pod.template, hash)
    }
    return hash
  }

  const writeStatus = (kind: Kind, workload: Workload) => {
    const pods = livePods(kind, workload)
    const hash = hashOf(workload)
    const now = agenda.now()
    const fresh = pods.filter((pod) => hashOfPod(pod) === hash)
    const put = (status: Workload['status']) => {
      if (status && JSON.stringify(status) !== JSON.stringify(workload.status))
        store.put(workloadKinds[kind], { ...workload, status })
    }
    if (kind === 'StatefulSet') put(statefulSetStatus(workload, pods, fresh, hash))
    else if (kind === 'DaemonSet')
      put(daemonSetStatus(workload, pods, fresh, nodesFor(workload, appFor(kind, workload)).length))
    else {
      for (const set of replicaSetsOf(workload)) {
        const own = pods.filter(({ owner }) => owner?.uid === set.metadata.uid)
        const status = replicaSetStatus(set, own)
        const replicas = own.length
        if (JSON.stringify(status) !== JSON.stringify(set.status) || set.spec.replicas !== replicas) {
          store.put(apps.replicaSet, { ...set, spec: { ...set.spec, replicas }, status })
        }
      }
      put(deploymentStatus(workload, pods, fresh, `${workload.metadata.name}-${hash}`, now))
    }
  }

  const sync = (kind: Kind, namespace: string | undefined, name: string) => {
    const get = () => store.get(workloadKinds[kind], namespace, name) as Workload | undefined
    const workload = get()
    if (!workload) return
    if (kind === 'Deployment') syncDeployment(workload)
    else if (kind === 'StatefulSet') syncStatefulSet(workload)
    else syncDaemonSet(workload)
    const after = get()
    if (after) writeStatus(kind, after)
  }

  const plan = (kind: Kind, namespace: string | undefined, name: string, wait: number) => {
    const key = `${kind}/${namespace}/${name}`
    if (planned.has(key)) return
    planned.add(key)
    agenda.after(wait, () => {
      planned.delete(key)
      sync(kind, namespace, name)
    })
  }

  const workloadOf = (pod: PodFacts): [Kind, string] | undefined => {
    const { owner } = pod
    if (!owner) return undefined
    if (owner.kind === 'ReplicaSet') {
      const set = store.get(apps.replicaSet, pod.namespace, owner.name)
      const deployment = set?.metadata.ownerReferences?.[0]
      return deployment ? ['Deployment', deployment.name] : undefined
    }
    return owner.kind === 'StatefulSet' || owner.kind === 'DaemonSet' ? [owner.kind, owner.name] : undefined
  }

  kubelet.onPodChange((pod) => {
    const found = workloadOf(pod)
    if (found) plan(found[0], pod.namespace, found[1], 1000)
  })

  store.onChange(({ type, resource, object, before }) => {
    if (resource.group !== 'apps' || resource.kind === 'ReplicaSet') return
    const kind = resource.kind as Kind
    if (type === 'deleted') {
      if (kind === 'Deployment') for (const set of replicaSetsOf(object as Workload)) removeSet(set)
      else for (const pod of kubelet.of(object.metadata.uid ?? '')) kubelet.remove(podKey(pod))
      return
    }
    // Status is ours: only what someone asks for is news.
    if (before && before.spec === object.spec) return
    plan(kind, object.metadata.namespace, object.metadata.name, 1000)
  })

  const removeSet = (set: Workload) => {
    for (const pod of kubelet.of(set.metadata.uid ?? '')) kubelet.remove(podKey(pod))
    store.remove(apps.replicaSet, set.metadata.namespace, set.metadata.name)
  }

  return {
    appOf: (kind, namespace, name) => known.get(`${kind}/${namespace}/${name}`),
    adopt(workload, app, since) {
      const kind = workload.kind as Kind
      known.set(keyOf(kind, workload.metadata), app)
      const hash = hashOf(workload)
      if (kind === 'DaemonSet') {
        for (const node of nodesFor(workload, app))
          kubelet.adopt(newPod(kind, workload, suffixed(workload), node), since)
      } else {
        for (let index = 0; index < (workload.spec.replicas ?? 1); index += 1) {
          const name =
            kind === 'StatefulSet' ? `${workload.metadata.name}-${index}` : suffixed(workload, hash)
          kubelet.adopt(newPod(kind, workload, name), since + index * 7000)
        }
      }
      writeStatus(kind, workload)
    },
  }
}

const labelled = new WeakMap<object, Map<string, Record<string, string>>>()

/** The same labels with one more, made once for all pods of a template. */
function labelsWith(labels: Record<string, string>, name: string, value: string): Record<string, string> {
  const made = labelled.get(labels) ?? new Map<string, Record<string, string>>()
  labelled.set(labels, made)
  const key = `${name}=${value}`
  const known = made.get(key)
  if (known) return known
  const all = Object.freeze({ ...labels, [name]: value })
  made.set(key, all)
  return all
}
