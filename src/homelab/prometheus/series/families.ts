// Every family that the homelab's Prometheus has, whatever the scenario.
import { containerFamilies } from './container-metrics.ts'
import type { Family } from './family.ts'
import { containerMetrics } from './kube-container.ts'
import { nodeKind } from './kube-node.ts'
import { familiesOf } from './kube-object.ts'
import { podMetrics } from './kube-pod.ts'
import { nodeCpuFamilies } from './node-cpu.ts'
import { nodeFilesystemFamilies } from './node-filesystem.ts'
import { nodeMemoryFamilies } from './node-memory.ts'
import { podAt } from './pod.ts'
import { scrapeFamilies } from './scrape-metrics.ts'

export const families: readonly Family[] = [
  ...scrapeFamilies,
  ...familiesOf({
    plural: 'pods',
    nameLabel: 'pod',
    decode: podAt,
    metrics: [...podMetrics, ...containerMetrics],
  }),
  ...familiesOf(nodeKind),
  ...nodeCpuFamilies,
  ...nodeMemoryFamilies,
  ...nodeFilesystemFamilies,
  ...containerFamilies,
]
