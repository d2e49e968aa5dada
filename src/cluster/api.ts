// One request to the API server and its whole answer: a status that is no success is a SourceError, and
// "too many requests" is tried once more, when the server said.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Resource } from '#model/kube.ts'
import { SourceError } from '#model/reading.ts'
import { abortError } from './network-error.ts'
import { statusBody } from './status-body.ts'
import { statusError } from './status-error.ts'
import type { Answer, Ask, Transport } from './transport.ts'
import { parseJson } from './wire.ts'

/** Longer than this, and it is the caller who should decide about another try. */
const longestWait = 5000

export async function call(transport: Transport, ask: Ask, signal: AbortSignal): Promise<Answer> {
  try {
    return await succeed(ask, await transport.request(ask, signal))
  } catch (error) {
    if (!(error instanceof SourceError) || error.status !== 429) throw error
    const wait = error.retryAfter ?? 1000
    if (wait > longestWait) throw error
    // Not all who were refused at once come back at once.
    await sleep(wait * (1 + Math.random() / 4), undefined, { signal }).catch(() => {
      throw abortError(signal, transport.server)
    })
    return succeed(ask, await transport.request(ask, signal))
  }
}

export async function callJson(transport: Transport, ask: Ask, signal: AbortSignal): Promise<unknown> {
  const headers = { accept: 'application/json', ...ask.headers }
  const answer = await call(transport, { ...ask, headers }, signal)
  return parseJson((await answer.bytes()).toString('utf8'), aboutAsk(ask))
}

/** The answer, if it is a success; its explanation as an error, if not. */
export async function succeed(ask: Ask, answer: Answer): Promise<Answer> {
  if (answer.status >= 200 && answer.status < 300) return answer
  const body = statusBody(await answer.bytes())
  throw statusError({ status: answer.status, headers: answer.headers, body }, aboutAsk(ask))
}

/** The query is left out: selectors are long, and the path says what was asked. */
export function aboutAsk(ask: Ask): string {
  return `${ask.method} ${ask.path.replace(/\?.*$/s, '')}`
}

/** `/apis/apps/v1/namespaces/shop/deployments/cart`; without a namespace all of them, without a name the list. */
export function resourcePath(resource: Resource, namespace: string | undefined, name?: string): string {
  const root =
    resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`
  const scope =
    resource.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : ''
  return `${root}${scope}/${resource.plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`
}

/** Parameters that are undefined are left out. */
export function withQuery(
  path: string,
  params: Readonly<Record<string, string | number | boolean | undefined>>,
) {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) query.set(name, String(value))
  }
  return query.size > 0 ? `${path}?${query}` : path
}
