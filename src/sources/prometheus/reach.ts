// How Prometheus's HTTP API is reached: through the API server's service proxy, or at a URL (given, or a forward).
// Everything above sends a ServiceRequest and does not know the difference.
import type { Cluster, ServiceAnswer, ServiceRequest, ServiceTarget } from '#cluster/cluster.ts'
import { SourceError } from '#model/reading.ts'

export type Reach = (request: ServiceRequest, signal: AbortSignal) => Promise<ServiceAnswer>

export function proxyReach(cluster: Cluster, target: ServiceTarget): Reach {
  return (request, signal) => cluster.serviceFetch(target, request, signal)
}

/** `base` may have a path and credentials; those travel in a header and never appear in a message. */
export function urlReach(base: string): Reach {
  const url = parseUrl(base)
  const headers: Record<string, string> = {}
  if (url.username !== '') {
    const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
    headers.authorization = `Basic ${btoa(pair)}`
    url.username = ''
    url.password = ''
  }
  const root = `${url.origin}${url.pathname.replace(/\/+$/, '')}`
  return async (request, signal) => {
    try {
      const answer = await fetch(root + request.path, {
        method: request.method ?? 'GET',
        headers: { ...headers, ...request.headers },
        signal,
        ...(request.body !== undefined && { body: copied(request.body) }),
      })
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        text: () => answer.text(),
        json: () => answer.json(),
        stream: () => bytesOf(answer),
      }
    } catch (error) {
      throw failureOf(error, url.host, signal)
    }
  }
}

function parseUrl(base: string): URL {
  const url = URL.parse(base)
  if (!url || !/^https?:$/.test(url.protocol))
    throw new SourceError({
      reason: 'invalid',
      detail: 'the Prometheus URL is not an http or https URL',
      fix: 'give it as http://host:9090 or https://host/path',
    })
  return url
}

/** `fetch` takes bytes of a buffer of their own only. */
const copied = (body: string | Uint8Array) => (typeof body === 'string' ? body : new Uint8Array(body))

async function* bytesOf(answer: Response): AsyncGenerator<Uint8Array> {
  if (answer.body) yield* answer.body
}

/** What `fetch`, or reading its body, threw: the signal's own end is passed on, unless it was a time-out. */
export function failureOf(error: unknown, host: string, signal: AbortSignal): unknown {
  if (error instanceof SourceError) return error
  if (signal.aborted) {
    const reason: unknown = signal.reason
    const timedOut = reason instanceof Error && reason.name === 'TimeoutError'
    return timedOut
      ? new SourceError({ reason: 'timeout', detail: `no answer from ${host} in time` }, { cause: error })
      : reason
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const words = cause instanceof Error ? cause.message : String(cause)
  return new SourceError({ reason: 'unreachable', detail: `${host}: ${words}` }, { cause: error })
}
