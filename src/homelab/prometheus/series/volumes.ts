// The kubelet's figures of volumes: for every claim that a pod on the node has mounted.
import type { Draft, Family, Piece } from './family.ts'
import { mountsOf, type Volume } from './mounts.ts'

const INODE_EVERY = 16_384
const MEAN_FILE = 131_072

function family(name: string, help: string, worth: (volume: Volume, time: number) => number): Family {
  return {
    name,
    type: 'gauge',
    help,
    unit: '',
    *drafts(scope): Iterable<Draft> {
      const kubelets = scope.targets('kubelet', '/metrics')
      if (kubelets.length === 0) return
      for (const { pod, claim, volume, from, to } of mountsOf(scope)) {
        const { namespace, node } = pod
        if (!scope.filter.accepts('namespace', namespace)) continue
        const pieces: readonly Piece[] = [{ from, to, value: (time) => worth(volume, time) }]
        const labels = { namespace, persistentvolumeclaim: claim }
        for (const target of kubelets) if (target.node === node) yield { target, labels, pieces }
      }
    },
  }
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
