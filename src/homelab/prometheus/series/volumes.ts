// The kubelet's figures of volumes: for every claim that a pod on the node has mounted.
import { createHash } from 'node:crypto'
import type { World } from '#homelab/world.ts'
import type { Draft, Family, Piece } from './family.ts'
import { fields, quantity } from './fields.ts'
import type { Objects } from './objects.ts'
import { versionsIn } from './objects.ts'
import { type PodFacts, podAt } from './pod.ts'

interface Volume {
  readonly capacity: number
  used(time: number): number
}

const DAY = 86_400_000
const INODE_EVERY = 16_384
const MEAN_FILE = 131_072

/** The world has no signal for volumes: each is some way full and fills by a few per mille a day. */
function volumeOf(world: World, capacity: number, namespace: string, claim: string): Volume {
  const hash = createHash('sha1').update(`${world.seed}/${namespace}/${claim}`).digest()
  const begun = 0.22 + (hash.readUInt8(0) / 255) * 0.36
  const perDay = 0.001 + (hash.readUInt8(1) / 255) * 0.004
  return {
    capacity,
    used: (time) =>
      Math.floor((capacity * Math.min(0.98, begun + (perDay * (time - world.beganAt)) / DAY)) / 4096) * 4096,
  }
}

function capacityOf(objects: Objects, namespace: string, claim: string): number | undefined {
  const history = objects
    .histories('persistentvolumeclaims')
    .find((entry) => entry.namespace === namespace && entry.name === claim)
  const object = history?.versions.findLast((version) => version.object)?.object
  return (
    quantity(fields(fields(object?.status).capacity).storage) ??
    quantity(fields(fields(fields(object?.spec).resources).requests).storage)
  )
}

/**
 * The claims a pod has mounted: those it names, and those that its controller made for it, which are called
 * `TEMPLATE-POD` (StatefulSet) or as the pod itself (CloudNativePG).
 */
function claimsOf(objects: Objects, pod: PodFacts): ReadonlySet<string> {
  const claims = new Set(pod.claims.map(({ claim }) => claim))
  for (const { namespace, name } of objects.histories('persistentvolumeclaims')) {
    if (namespace !== pod.namespace) continue
    if (name === pod.name || name.endsWith(`-${pod.name}`)) claims.add(name)
  }
  return claims
}

function family(name: string, help: string, worth: (volume: Volume, time: number) => number): Family {
  return {
    name,
    type: 'gauge',
    help,
    unit: '',
    *drafts(scope): Iterable<Draft> {
      const { filter, objects, world } = scope
      const kubelets = scope.targets('kubelet', '/metrics')
      if (kubelets.length === 0) return
      for (const history of objects.histories('pods')) {
        const { namespace = '' } = history
        if (!filter.accepts('namespace', namespace)) continue
        for (const { object, from, to } of running(versionsIn(history, scope.from, scope.to))) {
          const pod = podAt(object)
          for (const claim of claimsOf(objects, pod)) {
            if (!filter.accepts('persistentvolumeclaim', claim)) continue
            const capacity = capacityOf(objects, namespace, claim)
            if (capacity === undefined) continue
            const volume = volumeOf(world, capacity, namespace, claim)
            const pieces: readonly Piece[] = [{ from, to, value: (time) => worth(volume, time) }]
            const labels = { namespace, persistentvolumeclaim: claim }
            for (const target of kubelets) if (target.node === pod.node) yield { target, labels, pieces }
          }
        }
      }
    },
  }
}

/** Versions in which the pod runs, those that follow each other on one node joined. */
function running(versions: ReturnType<typeof versionsIn>): ReturnType<typeof versionsIn> {
  const joined: { object: (typeof versions)[number]['object']; from: number; to: number }[] = []
  for (const version of versions) {
    const pod = podAt(version.object)
    if (pod.node === '' || pod.phase !== 'Running') continue
    const last = joined.at(-1)
    if (last && last.to === version.from && podAt(last.object).node === pod.node) last.to = version.to
    else joined.push({ ...version })
  }
  return joined
}

export const volumeFamilies: readonly Family[] = [
  family(
    'kubelet_volume_stats_capacity_bytes',
    'Capacity in bytes of the volume',
    ({ capacity }) => capacity,
  ),
  family('kubelet_volume_stats_used_bytes', 'Number of used bytes in the volume', (volume, time) =>
    volume.used(time),
  ),
  family(
    'kubelet_volume_stats_available_bytes',
    'Number of available bytes in the volume',
    (volume, time) => volume.capacity - volume.used(time),
  ),
  family('kubelet_volume_stats_inodes', 'Maximum number of inodes in the volume', ({ capacity }) =>
    Math.floor(capacity / INODE_EVERY),
  ),
  family('kubelet_volume_stats_inodes_used', 'Number of used inodes in the volume', (volume, time) =>
    Math.floor(volume.used(time) / MEAN_FILE),
  ),
  family(
    'kubelet_volume_stats_inodes_free',
    'Number of free inodes in the volume',
    (volume, time) => Math.floor(volume.capacity / INODE_EVERY) - Math.floor(volume.used(time) / MEAN_FILE),
  ),
]
