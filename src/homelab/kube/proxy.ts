// services/[SCHEME:]NAME[:PORT]/proxy: the way through the API server to everything that stands behind a Service.
import type { Answer, KindCall } from './call.ts'
import { badRequest, notFound, unavailable } from './errors.ts'
import { addressOf, askUpstream, servicePort, upstreamOf } from './upstreams.ts'

/** Answers what the upstream answers; 404 without the Service, 503 where nothing stands behind it. */
export async function proxyAnswer(call: KindCall): Promise<Answer> {
  const { api, served, target, request, params, signal } = call
  const { scheme, name, port } = partsOf(target.name ?? '')
  const namespace = target.namespace ?? ''
  const service = served.get(namespace, name)
  if (!service) throw notFound(served.resource, name)
  const entry = servicePort(service, port)
  if (!entry && /^\d+$/.test(port)) throw unavailable(`no service port ${port} found for service "${name}"`)
  if (!api.upstreams.some((one) => one.namespace === namespace && one.service === name))
    throw unavailable(`no endpoints available for service "${name}"`)
  const upstream = entry && upstreamOf(api.upstreams, namespace, name, Number(entry.port))
  if (!upstream) throw unavailable(`no endpoints available for service "${target.name}"`)
  if (scheme === 'https') {
    throw unavailable(`error trying to reach service: tls: first record does not look like a TLS handshake`)
  }
  // Slashes and escapes of the rest are the upstream's own affair: it gets the path as it was sent.
  const path = target.rest
  try {
    const answer = await askUpstream(upstream, request, { path, params }, call.body, signal)
    return {
      ...answer,
      headers: relocated(answer.headers, `/api/v1/namespaces/${namespace}/services/${target.name}/proxy`),
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw unavailable(`error trying to reach service: dial tcp ${addressOf(service, entry)}: ${why}`)
  }
}

/** `http:grafana:3000`, `grafana:web`, `grafana`: as utilnet.SplitSchemeNamePort reads them. */
function partsOf(id: string): { scheme: string; name: string; port: string } {
  const parts = id.split(':')
  const [first = '', second = '', third = ''] = parts
  if (parts.length === 1) return { scheme: '', name: first, port: '' }
  if (parts.length === 2) return { scheme: '', name: first, port: second }
  if (parts.length === 3 && ['', 'http', 'https'].includes(first)) {
    return { scheme: first, name: second, port: third }
  }
  throw badRequest(`invalid service request ${JSON.stringify(id)}`)
}

/** A redirect to a path of the upstream becomes one below the proxy. */
function relocated(
  headers: Readonly<Record<string, string>>,
  prefix: string,
): Readonly<Record<string, string>> {
  const place = Object.entries(headers).find(([name]) => name.toLowerCase() === 'location')
  return place?.[1].startsWith('/') ? { ...headers, [place[0]]: `${prefix}${place[1]}` } : headers
}
