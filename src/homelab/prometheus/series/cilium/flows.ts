// Hubble's flows of a node: what its pods sent and received, by namespace and by the one that they talk with most.
import type { Family } from '#homelab/prometheus/series/family.ts'
import { jobIs, partOf } from '#homelab/prometheus/series/part.ts'
import type { Program } from '#homelab/prometheus/series/process.ts'
import { type Resident, ranFor, residentsOf } from '#homelab/prometheus/series/residents.ts'
import { since } from '#homelab/prometheus/series/worth.ts'

const hubble = partOf(jobIs('hubble-metrics'))

interface Local {
  readonly namespace: string
  readonly peer: string
  /** Bytes since the agent's start. */
  received(time: number): number
  sent(time: number): number
  /** Seconds that its pods have run since then, all together. */
  lived(time: number): number
}

/** A namespace whose services are called from elsewhere: the caller's. Otherwise the gateway calls. */
function peerOf({ world }: Program['scope'], namespace: string): string {
  const own = new Set(
    world.services.filter((one) => one.namespace === namespace).map(({ service }) => service),
  )
  const caller = world.services.find(({ callsTo }) => callsTo.some((name) => own.has(name)))
  return caller?.namespace ?? 'envoy-gateway-system'
}

/** The node's namespaces; pods on the host's network have no address of their own to tell them by. */
function localsOf({ scope, target, startedAt }: Program): readonly Local[] {
  const all = residentsOf(scope.world, scope.objects)
    .onNode(target.node ?? '')
    .filter(({ hostNetwork }) => !hostNetwork)
  const total = (pods: readonly Resident[], direction: 'received' | 'sent') => (time: number) =>
    pods.reduce((sum, { signals }) => sum + signals[direction].total(startedAt, time), 0)
  return [...Map.groupBy(all, ({ namespace }) => namespace)].map(([namespace, pods]) => ({
    namespace,
    peer: peerOf(scope, namespace),
    received: total(pods, 'received'),
    sent: total(pods, 'sent'),
    lived: (time) => pods.reduce((sum, pod) => sum + ranFor(pod, startedAt, time), 0),
  }))
}

const toward = ({ namespace, peer }: Local) => ({ source_namespace: peer, destination_namespace: namespace })
const away = ({ namespace, peer }: Local) => ({ source_namespace: namespace, destination_namespace: peer })
const toNames = ({ namespace }: Local) => ({
  source_namespace: namespace,
  destination_namespace: 'kube-system',
})
const fromNames = ({ namespace }: Local) => ({
  source_namespace: 'kube-system',
  destination_namespace: namespace,
})

const floored = (of: (time: number) => number, factor: number) => (time: number) =>
  Math.floor(of(time) * factor)

/** Bytes that one flow stands for: Hubble tells of connections and of what changes in them, not of packets. */
const FLOW = 1 / 6000
const CONNECTION = 1 / 42_000
const DENIED = 1 / 9_000_000
/** Look-ups a second of one pod. */
const LOOKUPS = 0.22
const lookups = ({ lived }: Local) => floored(lived, LOOKUPS)

const kinds = [
  ['A', 0.5],
  ['AAAA', 0.46],
  ['SRV', 0.04],
] as const
/** The share of answers: names are tried with every search domain, so most do not exist. */
const codes = [
  ['No Error', 0.42],
  ['Non-Existent Domain', 0.58],
] as const

export const hubbleFlowFamilies: readonly Family[] = [
  hubble.counter('hubble_flows_processed_total', 'Total number of flows processed', function* (program) {
    for (const local of localsOf(program)) {
      const trace = { protocol: 'TCP', type: 'Trace', verdict: 'FORWARDED' }
      yield [{ ...trace, subtype: 'to-endpoint', ...toward(local) }, floored(local.received, FLOW)]
      yield [{ ...trace, subtype: 'to-network', ...away(local) }, floored(local.sent, FLOW)]
      const l7 = { type: 'L7', verdict: 'FORWARDED' }
      yield [
        { ...l7, subtype: 'HTTP', protocol: 'HTTP', ...toward(local) },
        floored(local.received, FLOW / 6),
      ]
      yield [{ ...l7, subtype: 'DNS', protocol: 'DNS', ...toNames(local) }, lookups(local)]
      yield [
        { protocol: 'TCP', subtype: 'Policy denied', type: 'Drop', verdict: 'DROPPED', ...away(local) },
        floored(local.sent, DENIED),
      ]
    }
  }),
  hubble.counter('hubble_drop_total', 'Number of drops', function* (program) {
    for (const local of localsOf(program)) {
      yield [{ protocol: 'TCP', reason: 'POLICY_DENIED', ...away(local) }, floored(local.sent, DENIED)]
      yield [
        { protocol: 'ICMPv6', reason: 'UNSUPPORTED_L3_PROTOCOL', ...away(local) },
        floored(local.sent, DENIED / 3),
      ]
    }
  }),
  hubble.counter('hubble_tcp_flags_total', 'TCP flag occurrences', function* (program) {
    for (const local of localsOf(program)) {
      for (const [flag, share, labels] of [
        ['SYN', 1, toward(local)],
        ['SYN-ACK', 0.998, away(local)],
        ['FIN', 1.9, toward(local)],
        ['RST', 0.03, away(local)],
      ] as const) {
        yield [{ family: 'IPv4', flag, ...labels }, floored(local.received, CONNECTION * share)]
      }
    }
  }),
  hubble.counter('hubble_icmp_total', 'Number of ICMP messages', (program) => {
    const { size } = program.scope.world.nodes
    const own = { source_namespace: 'kube-system', destination_namespace: 'kube-system' }
    return ['EchoRequest', 'EchoReply'].map((type) => [
      { family: 'IPv4', type, ...own },
      since(size / 30)(program),
    ])
  }),
  hubble.counter(
    'hubble_port_distribution_total',
    'Numbers of packets distributed by destination port',
    function* (program) {
      const { scope } = program
      for (const [port, share, namespace] of [
        ['8080', 1, 'shop'],
        ['5432', 0.7, 'db'],
        ['9000', 0.2, 'authentik'],
        ['4318', 0.3, 'observability'],
      ] as const) {
        const local = localsOf(program).find((one) => one.namespace === namespace)
        if (local && scope.filter.accepts('port', port))
          yield [{ port, protocol: 'TCP', ...toward(local) }, floored(local.received, FLOW * share)]
      }
      for (const local of localsOf(program))
        yield [{ port: '53', protocol: 'UDP', ...toNames(local) }, lookups(local)]
    },
  ),
  hubble.counter('hubble_dns_queries_total', 'Number of DNS queries observed', function* (program) {
    for (const local of localsOf(program)) {
      for (const [qtypes, share] of kinds) {
        const query = `${local.peer}.svc.cluster.local.`
        yield [
          { ips_returned: '0', qtypes, query, rcode: '', ...toNames(local) },
          floored(lookups(local), share),
        ]
      }
    }
  }),
  hubble.counter('hubble_dns_responses_total', 'Number of DNS responses observed', function* (program) {
    for (const local of localsOf(program)) {
      for (const [qtypes, share] of kinds) {
        for (const [rcode, part] of codes) {
          const query = `${local.peer}.svc.cluster.local.`
          const ips_returned = rcode === 'No Error' && qtypes === 'A' ? '1' : '0'
          yield [
            { ips_returned, qtypes, query, rcode, ...fromNames(local) },
            floored(lookups(local), share * part * 0.999),
          ]
        }
      }
    }
  }),
  hubble.counter(
    'hubble_dns_response_types_total',
    'Number of DNS responses observed by their types',
    function* (program) {
      for (const local of localsOf(program)) {
        for (const [type, share] of [
          ['A', 0.21],
          ['AAAA', 0.002],
          ['CNAME', 0.01],
        ] as const) {
          yield [
            { qtypes: type === 'CNAME' ? 'A' : type, type, ...fromNames(local) },
            floored(lookups(local), share),
          ]
        }
      }
    },
  ),
]
