// Services of an app, and the Endpoints and EndpointSlices that follow the pods they select.
import { stamp } from '#homelab/store.ts'
import type { App } from '#homelab/world/catalogue/shapes.ts'
import { hash, hex } from '#homelab/world/random.ts'
import type { KubeObject } from '#model/kube.ts'
import { type FluxOwner, selectorOf } from './meta.ts'
import { isReady, type PodFacts } from './pod.ts'
import { metadataOf } from './workload.ts'

interface Port {
  readonly name: string
  readonly port: number
  readonly targetPort: string | number
  readonly protocol: string
}

const clusterIp = (key: string) => {
  const value = hash(`ip/${key}`)
  return `10.${96 + (value & 15)}.${(value >> 8) & 255}.${1 + ((value >>> 16) % 253)}`
}

/** What the operators put on the Services that they make, and select by. */
function ownLabels(name: string): Record<string, string> {
  const governed = /^(prometheus|alertmanager)-operated$/.exec(name)?.[1]
  if (governed) return { [`operated-${governed}`]: 'true' }
  if (name.endsWith(MONITORING)) return { 'operator.opentelemetry.io/collector-service-type': 'monitoring' }
  return ciliumLabels[name] ?? {}
}

/** By which Cilium's monitors find their Services. */
const ciliumLabels: Readonly<Record<string, Record<string, string>>> = {
  'cilium-agent': { 'k8s-app': 'cilium' },
  'cilium-operator': { 'io.cilium/app': 'operator' },
}

const MONITORING = '-monitoring'

/** A collector's own metrics have a Service of their own. */
function monitoringOf(app: App, owner: FluxOwner | undefined, at: number): KubeObject[] {
  if (app.component !== 'opentelemetry-collector') return []
  const port = { name: 'monitoring', port: 8888, targetPort: 'metrics', protocol: 'TCP' }
  return [service(app, `${app.name}${MONITORING}`, owner, at, [port], selectorOf(app), false)]
}

function service(
  app: App,
  name: string,
  owner: FluxOwner | undefined,
  at: number,
  ports: readonly Port[],
  selector: Record<string, string>,
  headless: boolean,
): KubeObject {
  const ip = headless ? 'None' : clusterIp(`${app.namespace}/${name}`)
  const meta = metadataOf(app, owner, at)
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...meta, name, labels: { ...meta.labels, ...ownLabels(name) } },
    spec: {
      clusterIP: ip,
      clusterIPs: [ip],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports,
      selector,
      sessionAffinity: 'None',
      type: 'ClusterIP',
    },
    status: { loadBalancer: {} },
  }
}

export function servicesOf(app: App, owner: FluxOwner | undefined, at: number): KubeObject[] {
  const ports = app.containers.flatMap((part) =>
    Object.entries(part.ports ?? {}).map(([name, port]) => ({
      name,
      port,
      targetPort: name,
      protocol: name === 'dns' ? 'UDP' : 'TCP',
    })),
  )
  if (app.service === false || ports.length === 0 || app.kind === 'CronJob' || app.kind === 'Pod') return []
  const make = (name: string, selector: Record<string, string>, headless: boolean) =>
    service(app, name, owner, at, ports, selector, headless)
  if (app.kind === 'Postgres') {
    const role = { 'cnpg.io/cluster': app.name, 'cnpg.io/instanceRole': 'primary' }
    const all = { 'cnpg.io/cluster': app.name }
    return [make(`${app.name}-rw`, role, false), make(`${app.name}-r`, all, false)]
  }
  const selector = selectorOf(app)
  const made = [make(app.service ?? app.name, selector, app.headless === true)]
  return [
    ...made,
    ...(aliases[`${app.namespace}/${app.name}`] ?? []).map((name) => make(name, selector, false)),
    ...monitoringOf(app, owner, at),
  ]
}

/** Second names that the stack's parts are reached by. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  'observability/prometheus-kube-prometheus-stack': ['kube-prometheus-stack-prometheus'],
  'observability/alertmanager-kube-prometheus-stack': ['kube-prometheus-stack-alertmanager'],
  'observability/clickstack-clickhouse-clickhouse-0-0': ['clickstack'],
}

export const selects = (
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean => Object.entries(selector).every(([name, value]) => labels[name] === value)

const target = ({ name, namespace, uid }: PodFacts) => ({ kind: 'Pod', name, namespace, uid })

function portNumbers(ports: readonly Port[], pods: readonly PodFacts[]) {
  const app = pods[0]?.app
  return ports.map(({ name, port, protocol, targetPort }) => ({
    name,
    port:
      typeof targetPort === 'number'
        ? targetPort
        : (app?.containers.flatMap((part) => part.ports?.[targetPort] ?? [])[0] ?? port),
    protocol,
  }))
}

export function endpointsOf(
  svc: KubeObject,
  pods: readonly PodFacts[],
): { endpoints: KubeObject; slice: KubeObject } {
  const { name, namespace = '', creationTimestamp = stamp(0), labels } = svc.metadata
  const ports = portNumbers((svc.spec as { ports: Port[] }).ports, pods)
  const address = (pod: PodFacts) => ({ ip: pod.ip, nodeName: pod.node, targetRef: target(pod) })
  const addressed = pods.filter(({ ip, phase }) => ip !== undefined && phase === 'Running')
  const ready = addressed.filter(isReady)
  const unready = addressed.filter((pod) => !isReady(pod))
  const subset = {
    ...(ready.length > 0 && { addresses: ready.map(address) }),
    ...(unready.length > 0 && { notReadyAddresses: unready.map(address) }),
    ports,
  }
  return {
    endpoints: {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: {
        name,
        namespace,
        creationTimestamp,
        labels: { ...labels, 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' },
      },
      ...(addressed.length > 0 && { subsets: [subset] }),
    },
    slice: {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: `${name}-${hex(`${namespace}/${name}`, 5)}`,
        generateName: `${name}-`,
        namespace,
        creationTimestamp,
        generation: 1,
        labels: {
          ...labels,
          'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
          'kubernetes.io/service-name': name,
        },
        ownerReferences: [
          { apiVersion: 'v1', kind: 'Service', name, uid: svc.metadata.uid ?? '', controller: true },
        ],
      },
      addressType: 'IPv4',
      endpoints: addressed.map((pod) => ({
        addresses: [pod.ip],
        conditions: { ready: isReady(pod), serving: isReady(pod), terminating: pod.deletingAt !== undefined },
        nodeName: pod.node,
        targetRef: target(pod),
      })),
      ports,
    },
  }
}
