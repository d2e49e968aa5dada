// Parameters of Prometheus's HTTP API, from the address and from a form in the body, decoded once.

import { QueryError } from '#homelab/prometheus/promql/errors.ts'
import { parseDuration } from '#homelab/prometheus/promql/literals.ts'
import type { UpstreamRequest } from '#homelab/upstream.ts'

export class Params {
  readonly #values: URLSearchParams

  constructor(request: UpstreamRequest) {
    this.#values = new URLSearchParams(request.params)
    const type = request.headers['content-type'] ?? ''
    if (request.method !== 'POST' || !type.startsWith('application/x-www-form-urlencoded')) return
    // A form's value comes before the address's, as in Go's FormValue.
    const form = new URLSearchParams(request.body)
    for (const name of new Set(this.#values.keys())) {
      for (const value of this.#values.getAll(name)) form.append(name, value)
    }
    this.#values = form
  }

  text(name: string): string {
    return this.#values.get(name) ?? ''
  }

  all(name: string): readonly string[] {
    return this.#values.getAll(name)
  }

  /** As `time`, and `otherwise` where the parameter is absent. Prometheus words the fault differently here. */
  timeOr(name: string, otherwise: number): number {
    const text = this.text(name)
    if (text === '') return otherwise
    const at = timeOf(text)
    if (at === undefined) {
      throw invalid(name, `invalid time value for '${name}': cannot parse "${text}" to a valid timestamp`)
    }
    return at
  }

  /** Milliseconds from unix seconds or RFC 3339. */
  time(name: string): number {
    const text = this.text(name)
    const at = timeOf(text)
    if (at === undefined) throw invalid(name, `cannot parse "${text}" to a valid timestamp`)
    return at
  }

  /** Milliseconds from seconds or `1h30m`. */
  duration(name: string, otherwise?: number): number {
    const text = this.text(name)
    if (text === '' && otherwise !== undefined) return otherwise
    const seconds = numberOf(text)
    const milliseconds = seconds === undefined ? parseDuration(text) : seconds * 1000
    if (milliseconds === undefined) throw invalid(name, `cannot parse "${text}" to a valid duration`)
    return milliseconds
  }

  /** 0 is no limit. */
  limit(): number {
    const text = this.text('limit')
    if (text === '') return 0
    if (!/^[+-]?\d+$/.test(text)) throw invalid('limit', `strconv.Atoi: parsing "${text}": invalid syntax`)
    const limit = Number(text)
    if (limit < 0) throw invalid('limit', 'limit must be non-negative')
    return limit
  }
}

/** Prometheus's own first and last moment, whose years RFC 3339 cannot have. */
const bounds: Readonly<Record<string, number>> = {
  '-292273086-05-16T16:47:06Z': Number.MIN_SAFE_INTEGER,
  '292277025-08-18T07:12:54.999999999Z': Number.MAX_SAFE_INTEGER,
}

function timeOf(text: string): number | undefined {
  const seconds = numberOf(text)
  if (seconds !== undefined) return Math.round(seconds * 1000)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) return bounds[text]
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : at
}

function numberOf(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined
}

export function invalid(name: string, why: string): QueryError {
  return new QueryError('bad_data', `invalid parameter "${name}": ${why}`)
}

/** Awaits `read`; a query error in it is told of as one in the parameter. */
export async function named<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof QueryError && error.kind === 'bad_data') throw invalid(name, error.message)
    throw error
  }
}
