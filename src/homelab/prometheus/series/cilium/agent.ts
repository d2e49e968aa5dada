// What Cilium's agent tells of its node: endpoints, what it forwarded and dropped, its maps and its controllers.
import type { Family } from '#homelab/prometheus/series/family.ts'
import { jobIs, partOf } from '#homelab/prometheus/series/part.ts'
import type { Program } from '#homelab/prometheus/series/process.ts'
import { type Resident, ranAt, residentsOf } from '#homelab/prometheus/series/residents.ts'
import { busy, loaded, since } from '#homelab/prometheus/series/worth.ts'

const agent = partOf(jobIs('cilium-agent'))

const nodeOf = ({ target }: Program) => target.node ?? ''
const residents = (program: Program) =>
  residentsOf(program.scope.world, program.scope.objects)
    .onNode(nodeOf(program))
    .filter(({ hostNetwork }) => !hostNetwork)

/** Its own endpoint for health checks and the host's stand beside those of pods. */
const OWN_ENDPOINTS = 2
const endpoints = (program: Program) => {
  const all = residents(program)
  return (time: number) => OWN_ENDPOINTS + all.filter((one) => ranAt(one, time)).length
}

/** Bytes since the agent's start, as the pods of its node sent and received them. */
const bytes = (program: Program, direction: 'received' | 'sent') => {
  const all = residents(program)
  return (time: number) => all.reduce((sum, one) => sum + carried(one, direction, program.startedAt, time), 0)
}

const carried = ({ signals }: Resident, direction: 'received' | 'sent', from: number, to: number) =>
  signals[direction].total(from, to)

/** Mean bytes of a packet, and what share of packets no policy lets through. */
const PACKET = 850
const DENIED = 0.00004
const directions = [
  ['INGRESS', 'received'],
  ['EGRESS', 'sent'],
] as const
const reasons = [
  ['Policy denied', 1],
  ['Unsupported L3 protocol', 0.3],
  ['Stale or unroutable IP', 0.08],
] as const

const flow = (name: string, help: string, perByte: number) =>
  agent.counter(name, help, function* (program) {
    for (const [direction, of] of directions) {
      const total = bytes(program, of)
      yield [{ direction }, (time) => Math.floor(total(time) * perByte)]
    }
  })

const drop = (name: string, help: string, perByte: number) =>
  agent.counter(name, help, function* (program) {
    for (const [direction, of] of directions) {
      const total = bytes(program, of)
      for (const [reason, share] of reasons) {
        yield [{ direction, reason }, (time) => Math.floor(total(time) * perByte * share)]
      }
    }
  })

const nodes = ({ scope }: Program) => scope.world.nodes.size
const maps = [
  ['cilium_ct4_global', 0.031, 180],
  ['cilium_ct_any4_global', 0.012, 60],
  ['cilium_lb4_services_v2', 0.008, 2],
  ['cilium_lb4_backends_v3', 0.006, 2],
  ['cilium_ipcache_v2', 0.002, 4],
  ['cilium_policy_v2', 0.018, 9],
  ['cilium_snat_v4_external', 0.004, 30],
] as const
const conntrack = [
  ['TCP', 'alive', 420, 9000],
  ['TCP', 'deleted', 60, 9000],
  ['non-TCP', 'alive', 260, 2600],
  ['non-TCP', 'deleted', 40, 2600],
] as const
const syscalls = ['lookup', 'update', 'delete', 'getNextKey', 'objPin'] as const
const seconds = (name: string) => [`${name}_sum`, `${name}_count`] as const
const [syscallSum, syscallCount] = seconds('cilium_bpf_syscall_duration_seconds')

export const ciliumAgentFamilies: readonly Family[] = [
  agent.gauge('cilium_version', 'Cilium version', () => [[{ version: '1.20.1', arch: 'amd64' }, 1]]),
  agent.gauge('cilium_endpoint_state', 'Count of all endpoints, tagged by state', (program) => [
    [{ endpoint_state: 'ready' }, endpoints(program)],
    [{ endpoint_state: 'regenerating' }, 0],
    [{ endpoint_state: 'waiting-for-identity' }, 0],
  ]),
  agent.gauge('cilium_endpoint', 'Number of endpoints managed by this agent', (program) => [
    [{}, endpoints(program)],
  ]),
  agent.gauge('cilium_ip_addresses', 'Number of allocated IP addresses', (program) => [
    [{ family: 'ipv4' }, endpoints(program)],
  ]),
  agent.gauge(
    'cilium_policy_endpoint_enforcement_status',
    'Number of endpoints labeled by policy enforcement status',
    (program) => {
      const count = endpoints(program)
      return [
        [{ enforcement: 'none' }, (time) => count(time) - Math.floor(count(time) * 0.4)],
        [{ enforcement: 'ingress' }, (time) => Math.floor(count(time) * 0.4)],
        [{ enforcement: 'egress' }, 0],
        [{ enforcement: 'both' }, 0],
      ]
    },
  ),
  flow(
    'cilium_forward_count_total',
    'Total forwarded packets, tagged by ingress/egress direction',
    1 / PACKET,
  ),
  flow('cilium_forward_bytes_total', 'Total forwarded bytes, tagged by ingress/egress direction', 1),
  drop(
    'cilium_drop_count_total',
    'Total dropped packets, tagged by drop reason and direction',
    DENIED / PACKET,
  ),
  drop('cilium_drop_bytes_total', 'Total dropped bytes, tagged by drop reason and direction', DENIED),
  agent.gauge('cilium_unreachable_nodes', 'Number of nodes that cannot be reached', () => [[{}, 0]]),
  agent.gauge(
    'cilium_unreachable_health_endpoints',
    'Number of health endpoints that cannot be reached',
    () => [[{}, 0]],
  ),
  agent.gauge('cilium_nodes_all_num', 'Number of nodes managed', (program) => [[{}, nodes(program)]]),
  agent.counter('cilium_nodes_all_events_received_total', 'Number of node events received', (program) =>
    ['add', 'update', 'delete'].map((event_type) => [
      { event_type, source: 'custom-resource' },
      event_type === 'update'
        ? since(nodes(program) / 300)(program)
        : event_type === 'add'
          ? nodes(program)
          : 0,
    ]),
  ),
  agent.gauge('cilium_bpf_map_pressure', 'Fill percentage of map, tagged by map name', (program) =>
    maps.map(([map_name, share]) => [
      { map_name },
      (time) => share * (0.7 + program.signals.cpu.at(time) * 3),
    ]),
  ),
  agent.counter('cilium_bpf_map_ops_total', 'Total operations on map, tagged by map name', (program) =>
    maps.flatMap(([map_name, , rate]) =>
      (['update', 'delete'] as const).flatMap((operation) => [
        [{ map_name, operation, outcome: 'success' }, busy(rate)(program)] as const,
        [{ map_name, operation, outcome: 'fail' }, 0] as const,
      ]),
    ),
  ),
  agent.counter(syscallCount, 'Number of BPF system calls', (program) =>
    syscalls.map((operation, index) => [{ operation, outcome: 'success' }, busy(240 / (index + 1))(program)]),
  ),
  agent.counter(syscallSum, 'Duration of BPF system calls', (program) =>
    syscalls.map((operation, index) => {
      const count = busy(240 / (index + 1))(program)
      return [{ operation, outcome: 'success' }, (time) => count(time) * 0.000_004]
    }),
  ),
  agent.gauge(
    'cilium_bpf_maps_virtual_memory_max_bytes',
    'BPF maps kernel max memory usage size in bytes',
    () => [[{}, 142_606_336]],
  ),
  agent.gauge(
    'cilium_bpf_progs_virtual_memory_max_bytes',
    'BPF programs kernel max memory usage size in bytes',
    (program) => {
      const count = endpoints(program)
      return [[{}, (time) => 1_310_720 + count(time) * 131_072]]
    },
  ),
  agent.gauge(
    'cilium_datapath_conntrack_gc_entries',
    'The number of alive and deleted conntrack entries at the end of a garbage collector run',
    (program) =>
      conntrack.map(([protocol, status, base, perCore]) => [
        { family: 'ipv4', protocol, status },
        loaded(base, perCore)(program),
      ]),
  ),
  agent.counter('cilium_datapath_conntrack_dump_resets_total', 'Number of conntrack dump resets', () =>
    ['any', 'tcp'].map((name) => [{ area: 'conntrack', family: 'ipv4', name }, 0]),
  ),
]
