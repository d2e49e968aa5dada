// What a test may make the server do wrong: fields that are set while it serves.
import { StatusError } from './errors.ts'

export interface StatusFault {
  /** Matched against path and query. */
  readonly path: RegExp
  readonly code: number
  /** Seconds, sent as Retry-After. */
  readonly retryAfter?: number
}

export interface Faults {
  /** New connections are cut at once; with dropConnections() it is as where nothing listens any more. */
  refuse: boolean
  /** Requests that match are read and never answered. */
  hang: RegExp | undefined
  /** Milliseconds before any answer begins. */
  delay: number
  /** Answered with this status instead; the first that matches. */
  statuses: readonly StatusFault[]
  /** Bodies that match are cut off, connection and all, after so many bytes. */
  cut: { readonly path: RegExp; readonly after: number } | undefined
  /** Answered 200 with a body that is no JSON and holds control sequences. */
  garbage: RegExp | undefined
}

export function createFaults(): Faults {
  return { refuse: false, hang: undefined, delay: 0, statuses: [], cut: undefined, garbage: undefined }
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Expired',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
}

/** Throws the first status that is asked for this path. */
export function failAsAsked({ statuses }: Faults, url: string): void {
  const fault = statuses.find(({ path }) => path.test(url))
  if (!fault) return
  const { code, retryAfter } = fault
  const reason = REASONS[code] ?? 'Unknown'
  if (retryAfter === undefined) throw new StatusError(code, reason, `fault: ${code}`)
  const details = { retryAfterSeconds: retryAfter }
  throw new StatusError(code, reason, `fault: ${code}`, details, { 'retry-after': String(retryAfter) })
}
