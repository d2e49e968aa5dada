// From a Service or a pod's port of the world to the server that stands behind it.
import type { IncomingMessage } from 'node:http'
import type { Upstream, UpstreamAnswer } from '#homelab/upstream.ts'
import type { World } from '#homelab/world.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import { at, type Fields, fieldsAt, listAt, named, numberAt, textAt } from './json.ts'
import { BUILT_IN } from './kinds.ts'

/** A built-in kind by its name; the table of kinds has every name that is asked for here. */
export function builtIn(kind: string): Resource {
  const found = BUILT_IN.find((one) => one.kind === kind)
  if (!found) throw new Error(`${kind} is no built-in kind`)
  return found
}

const SERVICE = builtIn('Service')

/** The entry of `spec.ports` that a name or number means. */
export function servicePort(service: KubeObject, asked: string): Fields | undefined {
  const ports = listAt(service, 'spec', 'ports')
  if (asked === '') return ports.length === 1 ? ports[0] : undefined
  return ports.find((port) => port.name === asked || String(port.port) === asked)
}

export function upstreamOf(
  upstreams: readonly Upstream[],
  namespace: string,
  service: string,
  port: number,
): Upstream | undefined {
  return upstreams.find((one) => one.namespace === namespace && one.service === service && one.port === port)
}

/** What listens on a pod's port: the upstream of a Service that selects the pod and leads to that port. */
export function upstreamOfPod(
  world: World,
  upstreams: readonly Upstream[],
  pod: KubeObject,
  port: number,
): Upstream | undefined {
  const namespace = pod.metadata.namespace ?? ''
  for (const service of world.store.list(SERVICE, namespace)) {
    if (!selects(service, pod)) continue
    for (const entry of listAt(service, 'spec', 'ports')) {
      if (targetPort(entry, pod) !== port) continue
      const found = upstreamOf(upstreams, namespace, service.metadata.name, numberAt(entry, 'port'))
      if (found) return found
    }
  }
  return undefined
}

/** Whether a Service leads to a pod; a Service without selector leads nowhere. */
function selects(service: KubeObject, pod: KubeObject): boolean {
  const selector = Object.entries(fieldsAt(service, 'spec', 'selector'))
  const labels = pod.metadata.labels ?? {}
  return selector.length > 0 && selector.every(([key, value]) => labels[key] === value)
}

function targetPort(entry: Fields, pod: KubeObject): number {
  const target = entry.targetPort ?? entry.port
  if (typeof target === 'number') return target
  for (const container of listAt(pod, 'spec', 'containers')) {
    const port = named(listAt(container, 'ports'), String(target))
    if (port) return numberAt(port, 'containerPort')
  }
  return 0
}

/** Headers that belong to one connection, or to the API server alone, and are not passed on. */
const OWN = new Set(['authorization', 'connection', 'host', 'keep-alive', 'transfer-encoding', 'upgrade'])

/** Asks an upstream as a reverse proxy would. */
export function askUpstream(
  upstream: Upstream,
  request: IncomingMessage,
  target: { readonly path: string; readonly params: URLSearchParams },
  body: Uint8Array,
  signal: AbortSignal,
): Promise<UpstreamAnswer> {
  const headers = Object.fromEntries(
    Object.entries(request.headers)
      .filter(([name]) => !OWN.has(name))
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
  return upstream.answer(
    { method: request.method ?? 'GET', ...target, headers, body: Buffer.from(body).toString() },
    signal,
  )
}

/** `10.43.0.10:9090`, for messages about a Service that cannot be reached. */
export function addressOf(service: KubeObject, port: Fields): string {
  return `${textAt(service, 'spec', 'clusterIP') || 'None'}:${String(at(port, 'port') ?? '')}`
}
