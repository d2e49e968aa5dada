// What we know of one remote thing: the data, how old it is, and why it is missing or stale.
// Every number on a screen comes out of a Reading, so that no screen can show an unknown as zero.

/** Why something could not be read. The word decides the colour and the advice; `detail` is for people. */
export type GapReason =
  | 'forbidden'
  | 'unauthorized'
  | 'unreachable'
  | 'timeout'
  | 'not-installed'
  | 'not-found'
  | 'no-series'
  | 'expired'
  | 'conflict'
  | 'invalid'
  | 'too-many'
  | 'server-error'
  | 'garbage'

export interface Gap {
  readonly reason: GapReason
  /** One line, safe to draw after `clean()`: `services/proxy forbidden for ben in observability`. */
  readonly detail: string
  /** What the operator can do about it, where we know. */
  readonly fix?: string
}

/** Data survives a failed refresh: `gap` beside `data` means stale, `gap` alone means missing. */
export interface Reading<T> {
  readonly data?: T
  /** When `data` was read, in milliseconds since the epoch. */
  readonly dataAt?: number
  readonly gap?: Gap
  /** True while a first answer or a refresh is under way. */
  readonly pending: boolean
}

/** An expected failure of a remote system. Anything else that is thrown is a bug. */
export class SourceError extends Error implements Gap {
  readonly reason: GapReason
  readonly detail: string
  readonly fix?: string
  /** The HTTP status, where there was an answer. */
  readonly status?: number
  /** How long the server asked us to wait, in milliseconds. */
  readonly retryAfter?: number

  constructor(gap: Gap, more: { status?: number; retryAfter?: number; cause?: unknown } = {}) {
    super(gap.detail, more.cause === undefined ? undefined : { cause: more.cause })
    this.name = 'SourceError'
    this.reason = gap.reason
    this.detail = gap.detail
    if (gap.fix !== undefined) this.fix = gap.fix
    if (more.status !== undefined) this.status = more.status
    if (more.retryAfter !== undefined) this.retryAfter = more.retryAfter
  }
}

/** The Gap of any thrown value; a bug is passed on, so that it is reported as one. */
export function gapOf(error: unknown): Gap {
  if (!(error instanceof SourceError)) throw error
  return error.fix === undefined
    ? { reason: error.reason, detail: error.detail }
    : { reason: error.reason, detail: error.detail, fix: error.fix }
}
