// The kubelet: the machine it is on, what it runs, and the network of its pods.

import type { PodSignals } from '#homelab/world.ts'
import type { Labels } from '#model/prometheus.ts'
import { CADVISOR, podPiece, podRuns, sandboxLabels } from './cadvisor.ts'
import { always, type Draft, type Family, type Scope } from './family.ts'
import { fields, text } from './fields.ts'
import type { Run } from './runs.ts'

/** Bytes in a mean packet: received ones carry more than the acknowledgements that are sent. */
const PACKET = 900

function network(
  name: string,
  help: string,
  worth: (signals: PodSignals, since: number, time: number) => number,
): Family {
  return {
    name,
    type: 'counter',
    help,
    unit: '',
    *drafts(scope): Iterable<Draft> {
      for (const { target, signals, runs } of podRuns(scope)) {
        const [first] = runs
        // Pods on the host's network have none of their own.
        if (!first || first.pod.hostNetwork) continue
        const since = first.pod.startedAt ?? first.startedAt
        yield {
          target,
          labels: { ...sandboxLabels(first), interface: 'eth0' },
          pieces: podPiece(runs, (time) => Math.floor(worth(signals, since, time))),
        }
      }
    },
  }
}

function machine(name: string, help: string, worth: (scope: Scope, node: string) => number): Family {
  return {
    name,
    type: 'gauge',
    help,
    unit: '',
    *drafts(scope): Iterable<Draft> {
      for (const target of scope.targets('kubelet', CADVISOR)) {
        const node = target.node ?? ''
        const labels = machineLabels(scope, node)
        yield { target, labels, pieces: always(worth(scope, node)) }
      }
    },
  }
}

function machineLabels(scope: Scope, node: string): Labels {
  const history = scope.objects.histories('nodes').find((entry) => entry.name === node)
  const object = history?.versions.findLast((version) => version.object)?.object
  const info = fields(fields(object?.status).nodeInfo)
  return { boot_id: text(info.bootID), machine_id: text(info.machineID), system_uuid: text(info.systemUUID) }
}

/** How many of something run on the node at a moment: from the runs of its pods' containers. */
function running(
  name: string,
  help: string,
  labels: Labels,
  countOf: (runs: readonly Run[]) => number,
): Family {
  return {
    name,
    type: 'gauge',
    help,
    unit: '',
    *drafts(scope): Iterable<Draft> {
      const byTarget = new Map<string, Run[]>()
      for (const { target, runs } of podRuns(scope)) {
        const list = byTarget.get(target.node ?? '')
        if (list) list.push(...runs)
        else byTarget.set(target.node ?? '', [...runs])
      }
      for (const target of scope.targets('kubelet', '/metrics')) {
        const all = byTarget.get(target.node ?? '') ?? []
        const value = (time: number) => countOf(all.filter((run) => run.from <= time && time < run.to))
        yield { target, labels, pieces: always(value) }
      }
    },
  }
}

export const kubeletFamilies: readonly Family[] = [
  network(
    'container_network_receive_bytes_total',
    'Cumulative count of bytes received',
    ({ received }, from, to) => received.total(from, to),
  ),
  network(
    'container_network_transmit_bytes_total',
    'Cumulative count of bytes transmitted',
    ({ sent }, from, to) => sent.total(from, to),
  ),
  network(
    'container_network_receive_packets_total',
    'Cumulative count of packets received',
    ({ received }, from, to) => received.total(from, to) / PACKET,
  ),
  network(
    'container_network_transmit_packets_total',
    'Cumulative count of packets transmitted',
    ({ sent }, from, to) => sent.total(from, to) / PACKET,
  ),
  ...(['receive', 'transmit'] as const).flatMap((direction) => [
    network(`container_network_${direction}_errors_total`, 'Cumulative count of errors encountered', () => 0),
    network(
      `container_network_${direction}_packets_dropped_total`,
      'Cumulative count of packets dropped',
      () => 0,
    ),
  ]),
  machine(
    'machine_cpu_cores',
    'Number of logical CPU cores.',
    ({ world }, node) => world.nodes.get(node)?.cpus ?? 0,
  ),
  machine(
    'machine_memory_bytes',
    'Amount of memory installed on the machine.',
    ({ world }, node) => world.nodes.get(node)?.memoryTotal ?? 0,
  ),
  running(
    'kubelet_running_pods',
    'Number of pods that have a running pod sandbox',
    {},
    (runs) => new Set(runs.map((run) => run.pod.uid)).size,
  ),
  running(
    'kubelet_running_containers',
    'Number of containers currently running',
    { container_state: 'running' },
    (runs) => runs.length,
  ),
]
