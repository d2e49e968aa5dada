// Every family that the homelab's Prometheus has, whatever the scenario.
import { containerFamilies } from './container-metrics.ts'
import type { Family } from './family.ts'
import { fluxControllerFamilies } from './flux-controllers.ts'
import { batchFamilies } from './kube-batch.ts'
import { containerMetrics } from './kube-container.ts'
import { fluxResourceFamilies } from './kube-flux.ts'
import { nodeKind } from './kube-node.ts'
import { familiesOf } from './kube-object.ts'
import { podMetrics } from './kube-pod.ts'
import { restFamilies } from './kube-rest.ts'
import { workloadFamilies } from './kube-workload.ts'
import { kubeletFamilies } from './kubelet.ts'
import { nodeCollectorFamilies } from './node-collectors.ts'
import { nodeCpuFamilies } from './node-cpu.ts'
import { nodeDiskFamilies } from './node-disk.ts'
import { nodeFilesystemFamilies } from './node-filesystem.ts'
import { nodeKernelFamilies } from './node-kernel.ts'
import { nodeMemoryFamilies } from './node-memory.ts'
import { nodeNetworkFamilies } from './node-network.ts'
import { podAt } from './pod.ts'
import { processFamilies } from './process.ts'
import { scrapeFamilies } from './scrape-metrics.ts'
import { spanFamilies } from './spans.ts'
import { stackFamilies } from './stack-metrics.ts'
import { volumeFamilies } from './volumes.ts'

export const families: readonly Family[] = [
  ...scrapeFamilies,
  ...familiesOf({
    plural: 'pods',
    nameLabel: 'pod',
    decode: podAt,
    metrics: [...podMetrics, ...containerMetrics],
  }),
  ...familiesOf(nodeKind),
  ...workloadFamilies,
  ...batchFamilies,
  ...restFamilies,
  ...fluxResourceFamilies,
  ...nodeCpuFamilies,
  ...nodeMemoryFamilies,
  ...nodeFilesystemFamilies,
  ...nodeDiskFamilies,
  ...nodeNetworkFamilies,
  ...nodeKernelFamilies,
  ...nodeCollectorFamilies,
  ...containerFamilies,
  ...kubeletFamilies,
  ...volumeFamilies,
  ...spanFamilies,
  ...processFamilies,
  ...stackFamilies,
  ...fluxControllerFamilies,
]
