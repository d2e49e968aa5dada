// Longhorn about its volumes: what each holds, in which state it is, and what goes to and from it. The pod that has a
// volume mounted writes to it, so both agree.

import type { Draft, Family, Scope } from '#homelab/prometheus/series/family.ts'
import { fields, text } from '#homelab/prometheus/series/fields.ts'
import { type Mount, mountsOf } from '#homelab/prometheus/series/mounts.ts'
import type { ScrapeTarget } from '#homelab/prometheus/series/scrape-target.ts'
import type { World } from '#homelab/world.ts'
import type { Labels } from '#model/prometheus.ts'

const JOB = 'longhorn-backend'

type Rows = (
  mount: Mount,
  world: World,
) => Iterable<readonly [labels: Labels, value: number | ((time: number) => number)]>

/** The volume's name: that of the claim's PersistentVolume. */
function volumeNameOf({ objects }: Scope, { pod, claim }: Mount): string {
  const history = objects
    .histories('persistentvolumeclaims')
    .find(({ namespace, name }) => namespace === pod.namespace && name === claim)
  return text(fields(history?.versions.findLast((version) => version.object)?.object?.spec).volumeName)
}

/** The manager beside the volume tells of it; on machines without one, the first does. */
const managerOf = (managers: readonly ScrapeTarget[], node: string) =>
  managers.find((manager) => manager.node === node) ?? managers[0]

function family(type: 'gauge' | 'counter', name: string, help: string, rows: Rows): Family {
  return {
    name: `longhorn_volume_${name}`,
    type,
    help,
    unit: '',
    *drafts(scope): Iterable<Draft> {
      const managers = scope.targets(JOB)
      const seen = new Set<string>()
      for (const mount of mountsOf(scope)) {
        const { node, namespace } = mount.pod
        const target = managerOf(managers, node)
        const volume = volumeNameOf(scope, mount)
        const key = `${volume} ${node} ${mount.from}`
        if (!target || volume === '' || seen.has(key)) continue
        seen.add(key)
        for (const [labels, value] of rows(mount, scope.world)) {
          yield {
            target,
            labels: { node, volume, pvc: mount.claim, pvc_namespace: namespace, ...labels },
            pieces: [{ from: mount.from, to: mount.to, value }],
          }
        }
      }
    },
  }
}

/** Bytes a second of the pod's first container. */
function throughput({ pod }: Mount, world: World, direction: 'diskRead' | 'diskWrite') {
  const [container] = pod.containers
  const signals = world.pod(pod.namespace, pod.name)?.containers.get(container?.name ?? '')
  return (time: number) => signals?.[direction].at(time) ?? 0
}

/** Bytes of one operation. */
const OPERATION = 16_384
/** A state or robustness is a series of its own in newer versions. */
const oneOf =
  (label: string, current: string, all: readonly string[]): Rows =>
  () =>
    all.map((value) => [{ [label]: value }, value === current ? 1 : 0] as const)

const directions = [
  ['read', 'diskRead', 310_000],
  ['write', 'diskWrite', 1_900_000],
] as const

export const longhornVolumeFamilies: readonly Family[] = [
  family('gauge', 'capacity_bytes', 'Configured size in bytes for this volume', ({ volume }) => [
    [{}, volume.capacity],
  ]),
  family(
    'gauge',
    'actual_size_bytes',
    'Actual space used by each replica of the volume on the corresponding node',
    ({ volume }) => [[{}, (time) => Math.min(volume.capacity, Math.floor(volume.used(time) * 1.02))]],
  ),
  family(
    'gauge',
    'state',
    'State of this volume',
    oneOf('state', 'attached', ['creating', 'attached', 'attaching', 'detached', 'detaching', 'deleting']),
  ),
  family(
    'gauge',
    'robustness',
    'Robustness of this volume',
    oneOf('robustness', 'healthy', ['unknown', 'healthy', 'degraded', 'faulted']),
  ),
  ...directions.flatMap(([direction, signal, nanoseconds]) => [
    family(
      'gauge',
      `${direction}_throughput`,
      `${direction} throughput of this volume (Bytes/s)`,
      (mount, world) => [[{}, throughput(mount, world, signal)]],
    ),
    family('gauge', `${direction}_iops`, `${direction} IOPS of this volume`, (mount, world) => {
      const bytes = throughput(mount, world, signal)
      return [[{}, (time: number) => Math.round(bytes(time) / OPERATION)]]
    }),
    family('gauge', `${direction}_latency`, `${direction} latency of this volume (ns)`, (mount, world) => {
      const bytes = throughput(mount, world, signal)
      return [[{}, (time: number) => Math.round(nanoseconds * (1 + bytes(time) / 4_000_000))]]
    }),
  ]),
]
