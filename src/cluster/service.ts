// One request to a Service through the API server's proxy. What the service answers is the caller's to judge;
// what the API server itself refuses (its answers are Status objects) is a SourceError.
import type { ServiceAnswer, ServiceRequest, ServiceTarget } from './cluster.ts'
import { kubeStatus, statusError } from './status-error.ts'
import type { Answer, Ask, Transport } from './transport.ts'
import { parseJson } from './wire.ts'

export async function serviceFetch(
  transport: Transport,
  target: ServiceTarget,
  request: ServiceRequest,
  signal: AbortSignal,
): Promise<ServiceAnswer> {
  const ask = askOf(request, proxyPath(target) + request.path)
  const answer = await transport.request(ask, signal)
  const about = `${target.service}:${target.port} in ${target.namespace}`
  if (answer.status < 400) return serviceAnswer(answer, about)
  const bytes = await answer.bytes()
  const body = bytes.toString('utf8')
  if (kubeStatus(body)) throw statusError({ status: answer.status, headers: answer.headers, body }, about)
  return serviceAnswer({ ...answer, bytes: async () => bytes, chunks: () => once(bytes) }, about)
}

/** `/api/v1/namespaces/NS/services/[SCHEME:]NAME:PORT/proxy`. */
function proxyPath({ namespace, service, port, scheme }: ServiceTarget): string {
  const name = `${scheme === undefined ? '' : `${scheme}:`}${service}:${port}`
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/services/${name}/proxy`
}

function askOf(request: ServiceRequest, path: string): Ask {
  return {
    method: request.method ?? 'GET',
    path,
    ...(request.headers && { headers: request.headers }),
    ...(request.body !== undefined && { body: request.body }),
  }
}

function serviceAnswer(answer: Answer, about: string): ServiceAnswer {
  const text = async () => (await answer.bytes()).toString('utf8')
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    json: async () => parseJson(await text(), about),
    stream: () => answer.chunks(),
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
