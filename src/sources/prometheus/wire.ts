// Prometheus's answer envelope, read once: `{status, data, errorType, error, warnings, infos}`.
// https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview
import type { ServiceAnswer } from '#cluster/cluster.ts'
import { type Fields, isFields, texts, time } from '#cluster/fields.ts'
import { oneLine } from '#cluster/wire.ts'
import { type GapReason, SourceError } from '#model/reading.ts'
import { failureOf, type Reach } from './reach.ts'

export interface Payload {
  readonly data: unknown
  /** In the server's words. */
  readonly warnings: readonly string[]
  readonly infos: readonly string[]
}

/** A GET path of this length still passes every proxy on the way; beyond it the parameters go as a form. */
const longestPath = 4000

export async function ask(
  reach: Reach,
  path: string,
  params: readonly (readonly [string, string])[],
  signal: AbortSignal,
  mostBytes = Number.POSITIVE_INFINITY,
): Promise<Payload> {
  const form = new URLSearchParams(params.map(([name, value]): [string, string] => [name, value])).toString()
  const whole = form === '' ? path : `${path}?${form}`
  const answer =
    whole.length <= longestPath
      ? await reach({ path: whole }, signal)
      : await reach(
          {
            method: 'POST',
            path,
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: form,
          },
          signal,
        )
  return payloadOf(answer, await textOf(answer, mostBytes, signal))
}

async function textOf(answer: ServiceAnswer, mostBytes: number, signal: AbortSignal): Promise<string> {
  try {
    return Number.isFinite(mostBytes) ? await boundedText(answer, mostBytes) : await answer.text()
  } catch (error) {
    throw failureOf(error, 'Prometheus', signal)
  }
}

/** What is too much is let go as soon as it is: neither memory nor the thread waits for its end. */
async function boundedText(answer: ServiceAnswer, most: number): Promise<string> {
  const decoder = new TextDecoder()
  let bytes = 0
  let text = ''
  for await (const chunk of answer.stream()) {
    bytes += chunk.byteLength
    if (bytes > most)
      throw new SourceError({
        reason: 'too-many',
        detail: `the answer is larger than ${Math.round(most / 1_000_000)} MB`,
        fix: 'narrow the query, for example with topk(10, …) or sum by (…)',
      })
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function payloadOf(answer: ServiceAnswer, text: string): Payload {
  const body = parse(text)
  if (!isEnvelope(body)) throw foreign(answer.status, body, text)
  if (body.status === 'success')
    return { data: body.data, warnings: texts(body.warnings), infos: texts(body.infos).map(plainInfo) }
  throw refusal(answer.status, String(body.errorType ?? ''), String(body.error ?? 'no reason given'))
}

/** Each begins with `PromQL info: `, which says no more than that it is one. */
const plainInfo = (info: string) => info.replace(/^PromQL info: /, '')

/** True for what Prometheus itself says, false for a proxy's page or a Kubernetes Status in its place. */
export function isEnvelope(body: unknown): body is Fields {
  return isFields(body) && (body.status === 'success' || body.status === 'error')
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function garbage(what: string): SourceError {
  return new SourceError({ reason: 'garbage', detail: `Prometheus's answer is not understood: ${what}` })
}

/** RFC 3339 as Prometheus writes it; its zero time (year 1) means never. */
export function timeOf(value: unknown): number | undefined {
  const at = time(value)
  return at === undefined || at <= 0 ? undefined : at
}

/** The error types are those of Prometheus's web/api/v1; 422 is `execution`, also for too many samples. */
function refusal(status: number, type: string, words: string): SourceError {
  const reason: GapReason =
    type === 'bad_data'
      ? 'invalid'
      : type === 'execution'
        ? /too many samples|exceed/i.test(words)
          ? 'too-many'
          : 'invalid'
        : type === 'timeout' || type === 'canceled'
          ? 'timeout'
          : type === 'not_found'
            ? 'not-found'
            : 'server-error'
  return new SourceError({ reason, detail: oneLine(words, 600) }, { status })
}

const foreignReasons: Readonly<Record<number, GapReason>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  405: 'forbidden',
  408: 'timeout',
  429: 'too-many',
  502: 'unreachable',
  503: 'unreachable',
  504: 'timeout',
}

/** Something else answered: the API server with a Status, an ingress with a page. */
function foreign(status: number, body: unknown, text: string): SourceError {
  if (status < 400) return garbage(oneLine(text, 60) || 'an empty body')
  const said = oneLine(isFields(body) && typeof body.message === 'string' ? body.message : firstLine(text))
  const detail = said === '' ? `HTTP ${status} instead of Prometheus's answer` : `HTTP ${status}: ${said}`
  return new SourceError({ reason: foreignReasons[status] ?? 'server-error', detail }, { status })
}

function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? ''
  return line.startsWith('<') ? '' : line.slice(0, 200)
}
