// How Prometheus is reached, found once and shared by all queries: a URL, else the service proxy, else a
// port-forward where the proxy is forbidden or refused. What fails is looked for anew.
import type { Cluster, Forward, RouteState, ServiceAnswer, ServiceRequest } from '#cluster/cluster.ts'
import { gapOf, SourceError } from '#model/reading.ts'
import { findPod, findPrometheus, type Located } from '#sources/prometheus/find.ts'
import { proxyReach, type Reach, urlReach } from '#sources/prometheus/reach.ts'
import { isEnvelope, parse } from '#sources/prometheus/wire.ts'
import { createCell } from './cell.ts'
import type { Feed } from './feed.ts'

export interface RouteParts {
  readonly cluster: Cluster
  /** From the settings; leaves nothing to be found. */
  readonly prometheusUrl?: string | undefined
  /** Milliseconds for finding a way; 15 s where absent. */
  readonly timeout?: number
}

const longestSearch = 15_000

export interface Route {
  /** Sends a request on the way in use; the first request finds one. */
  readonly reach: Reach
  /** Undefined until a way was found, and after it failed. */
  readonly state: Feed<RouteState | undefined>
  close(): Promise<void>
}

interface Way {
  readonly reach: Reach
  readonly state: RouteState
  readonly located?: Located
  readonly forward?: Forward
}

/** Statuses by which the API server, not Prometheus, declines to pass a request on. */
const refusals: ReadonlySet<number> = new Set([403, 404, 405, 502, 503])

/** The route, with a way already found: what a command needs. No request takes longer than `timeout`. Fails with a SourceError where there is none. */
export async function openPrometheus(parts: RouteParts, signal: AbortSignal): Promise<Reach> {
  const route = openRoute(parts)
  signal.addEventListener('abort', () => void route.close(), { once: true })
  const limit = parts.timeout ?? longestSearch
  const reach: Reach = (request, own) =>
    route.reach(request, AbortSignal.any([own, AbortSignal.timeout(limit)]))
  const answer = await reach({ path: '/api/v1/status/buildinfo' }, signal)
  await answer.text()
  return reach
}

export function openRoute(parts: RouteParts): Route {
  const { cluster, prometheusUrl } = parts
  const state = createCell<RouteState | undefined>(undefined)
  const life = new AbortController()
  let way: Way | undefined
  let finding: Promise<Way> | undefined

  const use = (next: Way | undefined) => {
    const before = way
    way = next
    if (before?.forward && before.forward !== next?.forward) before.forward.close().catch(() => undefined)
    state.set(next?.state)
  }

  const find = (how: (signal: AbortSignal) => Promise<Way>): Promise<Way> => {
    finding ??= within(parts.timeout ?? longestSearch, life.signal, how)
      .then((found) => {
        use(found)
        return found
      })
      .finally(() => {
        finding = undefined
      })
    return finding
  }

  const first = async (signal: AbortSignal): Promise<Way> => {
    if (prometheusUrl !== undefined)
      return { reach: urlReach(prometheusUrl), state: { route: 'direct', why: 'the settings name its URL' } }
    const located = await findPrometheus(cluster, signal)
    const { namespace } = located.service
    if (await allowed(cluster, 'get', 'services/proxy', namespace, signal))
      return {
        reach: proxyReach(cluster, located.target),
        state: { route: 'proxy', why: `service ${namespace}/${located.service.name}` },
        located,
      }
    return forwarded(cluster, located, `services/proxy forbidden for ${cluster.user} in ${namespace}`, signal)
  }

  /** The answer, or why the API server did not pass the request on. */
  const proxied = async (
    used: Way,
    request: ServiceRequest,
    signal: AbortSignal,
  ): Promise<ServiceAnswer | string> => {
    try {
      const answer = await used.reach(request, signal)
      if (!refusals.has(answer.status)) return answer
      const text = await answer.text()
      return isEnvelope(parse(text)) ? withText(answer, text) : `the service proxy answered ${answer.status}`
    } catch (error) {
      if (error instanceof SourceError && refusals.has(error.status ?? 0)) return error.detail
      throw error
    }
  }

  const reach: Reach = async (request, signal) => {
    signal.throwIfAborted()
    const used = way ?? (await heeding(find(first), signal))
    if (used.state.route !== 'proxy' || !used.located) {
      try {
        return await used.reach(request, signal)
      } catch (error) {
        // The pod behind a forward may have gone: the next request looks again, from the proxy on.
        if (way === used && error instanceof SourceError && error.reason === 'unreachable') use(undefined)
        throw error
      }
    }
    const { located } = used
    const answer = await proxied(used, request, signal)
    if (typeof answer !== 'string') return answer
    if (way !== used && way) return way.reach(request, signal)
    try {
      const next = await heeding(
        find((finding) => forwarded(cluster, located, answer, finding)),
        signal,
      )
      return await next.reach(request, signal)
    } catch (error) {
      // Neither way leads there: the Service itself may be another one by now.
      if (way === used) use(undefined)
      throw error
    }
  }

  return {
    reach,
    state,
    async close() {
      life.abort()
      const last = way
      way = undefined
      await last?.forward?.close()
    },
  }
}

/** A refused SelfSubjectAccessReview is no verdict: then the request itself tells. */
async function allowed(
  cluster: Cluster,
  verb: string,
  resource: string,
  namespace: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return (await cluster.can({ verb, group: '', resource, namespace }, signal)).allowed
  } catch (error) {
    gapOf(error)
    return true
  }
}

async function forwarded(cluster: Cluster, located: Located, why: string, signal: AbortSignal): Promise<Way> {
  const { namespace } = located.service
  if (!(await allowed(cluster, 'create', 'pods/portforward', namespace, signal)))
    throw new SourceError({
      reason: 'forbidden',
      detail: `${why}, and pods/portforward forbidden for ${cluster.user} in ${namespace}`,
      fix: `allow get on services/proxy or create on pods/portforward in ${namespace}`,
    })
  const pod = await findPod(cluster, located, signal)
  const forward = await cluster.forward(pod.namespace, pod.pod, pod.port, signal)
  return {
    reach: urlReach(`http://127.0.0.1:${forward.port}`),
    state: { route: 'forward', why: `${why}, port-forward to pod ${pod.pod} used` },
    located,
    forward,
  }
}

/** The limit is the search's alone: a forward that it found lives on, and ends with `life`. */
async function within<T>(
  milliseconds: number,
  life: AbortSignal,
  search: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new DOMException('too late', 'TimeoutError')), milliseconds)
  try {
    return await search(AbortSignal.any([life, late.signal]))
  } finally {
    clearTimeout(timer)
  }
}

/** Waits for shared work without ending it when this one caller gives up. */
function heeding<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const give = () => reject(signal.reason)
    signal.addEventListener('abort', give, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', give))
  })
}

function withText(answer: ServiceAnswer, text: string): ServiceAnswer {
  return {
    status: answer.status,
    headers: answer.headers,
    text: async () => text,
    json: async () => parse(text),
    async *stream() {
      yield new TextEncoder().encode(text)
    },
  }
}
