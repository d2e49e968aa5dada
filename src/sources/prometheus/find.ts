// Finds the Service of Prometheus by labels and port, and a pod behind it for a port-forward.
// The labels are those of prometheus-operator's governing Service and of the charts around it.
import type { Cluster, Decoder, ListQuery, ServiceTarget } from '#cluster/cluster.ts'
import { isFields, textsByName } from '#cluster/fields.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import { SourceError } from '#model/reading.ts'

const services: Resource = { group: '', version: 'v1', plural: 'services', kind: 'Service', namespaced: true }
const pods: Resource = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true }

/** The operator's governing Service by its label, the charts' by theirs, and the governing one by its name. */
const selectors: readonly Pick<ListQuery, 'labelSelector' | 'fieldSelector'>[] = [
  { labelSelector: 'operated-prometheus=true' },
  { labelSelector: 'app.kubernetes.io/name=prometheus' },
  { labelSelector: 'app=kube-prometheus-stack-prometheus' },
  { fieldSelector: 'metadata.name=prometheus-operated' },
]
const portNames = ['http-web', 'web', 'http']
/** Where to look when Services of the whole cluster may not be listed. */
const likelyNamespaces = ['observability', 'monitoring', 'prometheus']

interface ServicePort {
  readonly name?: string
  readonly port: number
  readonly targetPort: string | number
}

interface Service {
  readonly namespace: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly selector: Readonly<Record<string, string>>
  readonly ports: readonly ServicePort[]
}

export interface Located {
  readonly service: Service
  readonly port: ServicePort
  readonly target: ServiceTarget
}

/** Prometheus's Service, `prometheus-operated` before others; fails with `not-installed` where there is none. */
export async function findPrometheus(cluster: Cluster, signal: AbortSignal): Promise<Located> {
  const found: Located[] = []
  let refused: SourceError | undefined
  for (const namespace of [undefined, ...new Set([...likelyNamespaces, cluster.namespace])]) {
    if (namespace !== undefined && refused === undefined) break
    for (const selector of selectors) {
      try {
        for (const service of await listServices(cluster, selector, namespace, signal)) {
          const port = portOf(service)
          if (port) found.push(located(service, port))
        }
      } catch (error) {
        if (!(error instanceof SourceError) || error.reason !== 'forbidden') throw error
        refused ??= error
        break
      }
      if (found.some((one) => rank(one) === 0)) break
    }
    if (found.length > 0) break
  }
  const best = found.sort((a, b) => rank(a) - rank(b) || a.service.name.localeCompare(b.service.name))[0]
  if (best) return best
  if (refused)
    throw new SourceError({
      reason: 'forbidden',
      detail: `no Prometheus in sight: ${refused.detail}`,
      fix: 'allow listing services, or name Prometheus with --prometheus-url',
    })
  throw new SourceError({
    reason: 'not-installed',
    detail: 'no Service of a Prometheus (operated-prometheus=true, app.kubernetes.io/name=prometheus)',
    fix: 'run obsdeck bootstrap, or name Prometheus with --prometheus-url',
  })
}

const rank = ({ service }: Located) =>
  service.labels['operated-prometheus'] === 'true' || service.name === 'prometheus-operated' ? 0 : 1

function located(service: Service, port: ServicePort): Located {
  return {
    service,
    port,
    target: { namespace: service.namespace, service: service.name, port: port.name ?? port.port },
  }
}

/** A Service labelled prometheus may be something beside it (an adapter, an exporter): its port decides. */
function portOf(service: Service): ServicePort | undefined {
  return (
    portNames.map((name) => service.ports.find((port) => port.name === name)).find((port) => port) ??
    service.ports.find((port) => port.port === 9090)
  )
}

async function listServices(
  cluster: Cluster,
  selector: Pick<ListQuery, 'labelSelector' | 'fieldSelector'>,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<readonly Service[]> {
  const items: Service[] = []
  const query = { resource: services, ...selector, ...(namespace !== undefined && { namespace }) }
  for await (const page of cluster.list(query, serviceDecoder, signal)) {
    if (page.restarted) items.length = 0
    items.push(...page.items)
  }
  return items
}

const serviceDecoder: Decoder<Service> = {
  json(object) {
    const spec = isFields(object.spec) ? object.spec : {}
    const ports = Array.isArray(spec.ports) ? spec.ports.filter(isFields) : []
    return {
      namespace: object.metadata.namespace ?? '',
      name: object.metadata.name,
      labels: object.metadata.labels ?? {},
      selector: textsByName(spec.selector),
      ports: ports.map((port) => ({
        port: Number(port.port),
        targetPort:
          typeof port.targetPort === 'string' ? port.targetPort : Number(port.targetPort ?? port.port),
        ...(typeof port.name === 'string' && { name: port.name }),
      })),
    }
  },
}

/** A ready pod behind the Service and the number of its port. */
export async function findPod(
  cluster: Cluster,
  { service, port }: Located,
  signal: AbortSignal,
): Promise<{ readonly namespace: string; readonly pod: string; readonly port: number }> {
  const labelSelector = Object.entries(service.selector)
    .map(([name, value]) => `${name}=${value}`)
    .join(',')
  if (labelSelector !== '') {
    const query = { resource: pods, namespace: service.namespace, labelSelector }
    for await (const page of cluster.list(query, podDecoder, signal))
      for (const pod of page.items) {
        const number = typeof port.targetPort === 'number' ? port.targetPort : pod.ports.get(port.targetPort)
        if (pod.ready && number !== undefined)
          return { namespace: service.namespace, pod: pod.name, port: number }
      }
  }
  throw new SourceError({
    reason: 'unreachable',
    detail: `no ready pod behind service ${service.namespace}/${service.name}`,
  })
}

interface ServingPod {
  readonly name: string
  readonly ready: boolean
  readonly ports: ReadonlyMap<string, number>
}

const podDecoder: Decoder<ServingPod> = {
  json: (object) => ({ name: object.metadata.name, ready: isReady(object), ports: portsOf(object) }),
}

function isReady(object: KubeObject): boolean {
  const status = isFields(object.status) ? object.status : {}
  const conditions = Array.isArray(status.conditions) ? status.conditions.filter(isFields) : []
  return conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True')
}

function portsOf(object: KubeObject): ReadonlyMap<string, number> {
  const spec = isFields(object.spec) ? object.spec : {}
  const containers = Array.isArray(spec.containers) ? spec.containers.filter(isFields) : []
  const ports = containers.flatMap((container) =>
    Array.isArray(container.ports) ? container.ports.filter(isFields) : [],
  )
  return new Map(ports.map((port) => [String(port.name ?? ''), Number(port.containerPort)]))
}
