// Every family that the homelab's Prometheus has, whatever the scenario.
import { ciliumAgentFamilies } from './cilium/agent.ts'
import { ciliumWorkFamilies } from './cilium/agent-work.ts'
import { hubbleFlowFamilies } from './cilium/flows.ts'
import { hubbleHttpFamilies } from './cilium/http.ts'
import { ciliumOperatorFamilies } from './cilium/operator.ts'
import { cnpgDatabaseFamilies } from './cnpg/databases.ts'
import { cnpgOperatorFamilies } from './cnpg/operator.ts'
import { cnpgServerFamilies } from './cnpg/server.ts'
import { containerFamilies } from './container-metrics.ts'
import { envoyDownstreamFamilies } from './envoy/downstream.ts'
import { envoyGatewayFamilies } from './envoy/gateway.ts'
import { envoyUpstreamFamilies } from './envoy/upstream.ts'
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
import { longhornNodeFamilies } from './longhorn/nodes.ts'
import { longhornVolumeFamilies } from './longhorn/volumes.ts'
import { nodeCollectorFamilies } from './node-collectors.ts'
import { nodeCpuFamilies } from './node-cpu.ts'
import { nodeDiskFamilies } from './node-disk.ts'
import { nodeFilesystemFamilies } from './node-filesystem.ts'
import { nodeKernelFamilies } from './node-kernel.ts'
import { nodeMemoryFamilies } from './node-memory.ts'
import { nodeMoreFamilies } from './node-more.ts'
import { nodeNetworkFamilies } from './node-network.ts'
import { podAt } from './pod.ts'
import { processFamilies } from './process.ts'
import { scrapeFamilies } from './scrape-metrics.ts'
import { spanFamilies } from './spans.ts'
import { stackFamilies } from './stack-metrics.ts'
import { trivyFamilies } from './trivy.ts'
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
  ...nodeMoreFamilies,
  ...containerFamilies,
  ...kubeletFamilies,
  ...volumeFamilies,
  ...spanFamilies,
  ...processFamilies,
  ...stackFamilies,
  ...fluxControllerFamilies,
  ...ciliumAgentFamilies,
  ...ciliumWorkFamilies,
  ...ciliumOperatorFamilies,
  ...hubbleFlowFamilies,
  ...hubbleHttpFamilies,
  ...envoyDownstreamFamilies,
  ...envoyUpstreamFamilies,
  ...envoyGatewayFamilies,
  ...cnpgDatabaseFamilies,
  ...cnpgServerFamilies,
  ...cnpgOperatorFamilies,
  ...longhornVolumeFamilies,
  ...longhornNodeFamilies,
  ...trivyFamilies,
]
