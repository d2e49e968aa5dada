// An HTTP status that is not a success, as a SourceError. The API server explains itself in a meta/v1 Status
// object; a proxy in front of it may answer with anything.

import { type GapReason, SourceError } from '#model/reading.ts'
import { fields, isFields, text } from './fields.ts'
import { oneLine } from './wire.ts'

export interface StatusAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** `about` names the request: `GET /api/v1/pods`. */
export function statusError(answer: StatusAnswer, about: string): SourceError {
  const status = kubeStatus(answer.body)
  const message = text(status?.message)
  const reason = reasonOf(answer.status, message)
  const retryAfter = retryAfterOf(answer, status)
  const fix = fixes[reason]
  return new SourceError(
    { reason, detail: detailOf(reason, answer, message, about), ...(fix !== undefined && { fix }) },
    { status: answer.status, ...(retryAfter !== undefined && { retryAfter }) },
  )
}

/** The Status object of a body, where it is one: the mark of the API server's own voice. */
export function kubeStatus(body: string): Readonly<Record<string, unknown>> | undefined {
  if (!body.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(body)
    return isFields(value) && value.kind === 'Status' ? value : undefined
  } catch {
    return undefined
  }
}

const fixes: Partial<Record<GapReason, string>> = {
  unauthorized: 'log in again, or check the user of this context in the kubeconfig',
  forbidden: 'ask for a role that allows it; `kubectl auth can-i --list` shows what is allowed',
}

function reasonOf(status: number, message: string | undefined): GapReason {
  switch (status) {
    case 401:
      return 'unauthorized'
    case 403:
      return 'forbidden'
    case 404:
      return 'not-found'
    case 408:
    case 504:
      return 'timeout'
    case 409:
      return 'conflict'
    case 410:
      return 'expired'
    case 429:
      return 'too-many'
    default:
      if (message !== undefined && unreachableService.test(message)) return 'unreachable'
      if (status >= 500) return 'server-error'
      return status >= 400 ? 'invalid' : 'garbage'
  }
}

/** What the API server's service proxy says where nothing answers behind the service. */
const unreachableService = /^no endpoints available for service|^error trying to reach service/

function detailOf(
  reason: GapReason,
  answer: StatusAnswer,
  message: string | undefined,
  about: string,
): string {
  if (reason === 'forbidden' && message !== undefined) return forbiddenDetail(message)
  if (message !== undefined && message !== 'Unauthorized') return oneLine(message)
  if (reason === 'unauthorized') return 'the API server does not accept these credentials (401)'
  const body = oneLine(answer.body, 80)
  return body === '' ? `${about} answered ${answer.status}` : `${about} answered ${answer.status}: ${body}`
}

/**
 * `pods is forbidden: User "ben" cannot list resource "pods" in API group "" in the namespace "shop"` as
 * `pods forbidden for ben in shop`; a verb that writes is named. Other refusals (admission) stay as they are.
 */
function forbiddenDetail(message: string): string {
  const match =
    /User "([^"]*)" cannot (\S+) resource "([^"]+)" in API group "[^"]*"(?: in the namespace "([^"]+)")?/.exec(
      message,
    )
  if (!match) return oneLine(message)
  const [, user, verb = '', resource, namespace] = match
  const what = reading.has(verb) ? `${resource}` : `${verb} ${resource}`
  return oneLine(`${what} forbidden for ${user} ${namespace ? `in ${namespace}` : 'cluster-wide'}`)
}

const reading = new Set(['get', 'list', 'watch'])

/** Seconds or an HTTP date (RFC 9110 §10.2.3), or the Status' own `retryAfterSeconds`; in milliseconds. */
function retryAfterOf(answer: StatusAnswer, status: Readonly<Record<string, unknown>> | undefined) {
  const header = answer.headers['retry-after']
  if (header !== undefined) {
    const seconds = Number(header)
    const wait = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000
    if (Number.isFinite(wait)) return Math.max(0, wait)
  }
  const seconds = fields(status?.details).retryAfterSeconds
  return typeof seconds === 'number' ? seconds * 1000 : undefined
}
