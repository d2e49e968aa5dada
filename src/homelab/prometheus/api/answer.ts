// The envelope of Prometheus's answers, and its numbers and times as text.
import { QueryError, type QueryErrorKind } from '#homelab/prometheus/promql/errors.ts'
import { formatValue } from '#homelab/prometheus/promql/literals.ts'
import type { QueryResult } from '#homelab/prometheus/promql/query.ts'
import type { UpstreamAnswer } from '#homelab/upstream.ts'

const statuses: Readonly<Record<QueryErrorKind | 'not_found' | 'internal', number>> = {
  bad_data: 400,
  execution: 422,
  canceled: 499,
  timeout: 503,
  not_found: 404,
  internal: 500,
}

const json = { 'content-type': 'application/json' }

export interface Notes {
  readonly warnings: readonly string[]
  readonly infos: readonly string[]
}

/** `data` is JSON text already where numbers must keep Prometheus's writing. */
export function success(data: string, notes: Notes = { warnings: [], infos: [] }): UpstreamAnswer {
  const warnings = notes.warnings.length > 0 ? `,"warnings":${JSON.stringify(notes.warnings)}` : ''
  const infos = notes.infos.length > 0 ? `,"infos":${JSON.stringify(notes.infos)}` : ''
  return { status: 200, headers: json, body: `{"status":"success","data":${data}${warnings}${infos}}` }
}

function failure(errorType: QueryErrorKind | 'not_found' | 'internal', error: string): UpstreamAnswer {
  return {
    status: statuses[errorType],
    headers: json,
    body: JSON.stringify({ status: 'error', errorType, error }),
  }
}

/** A QueryError becomes its answer; anything else is a fault of ours and passes on. */
export function failed(error: unknown): UpstreamAnswer {
  if (error instanceof QueryError) return failure(error.kind, error.message)
  throw error
}

/** Seconds with three decimals, or none where they are zero. */
function writeTime(milliseconds: number): string {
  const whole = Math.floor(milliseconds)
  const rest = ((whole % 1000) + 1000) % 1000
  const seconds = (whole - rest) / 1000
  return rest === 0 ? String(seconds) : `${seconds}.${String(rest).padStart(3, '0')}`
}

/** A sample's number in quotes: with an exponent only beyond 1e-6 and 1e21, and that with two digits. */
function writeValue(value: number): string {
  const size = Math.abs(value)
  if (size === 0 || !Number.isFinite(value) || (size >= 1e-6 && size < 1e21)) return `"${formatValue(value)}"`
  const [digits = '', power = ''] = value.toExponential().split('e')
  return `"${digits}e${power[0]}${power.slice(1).padStart(2, '0')}"`
}

const sample = (at: number, value: number) => `[${writeTime(at)},${writeValue(value)}]`

/** `data` of a query's answer; `time` is the moment of an instant query, milliseconds. */
export function writeResult(result: QueryResult, time: number): string {
  const wrap = (body: string) => `{"resultType":"${result.type}","result":${body}}`
  switch (result.type) {
    case 'scalar':
      // A scalar never has an exponent; samples of series do.
      return wrap(`[${writeTime(time)},"${formatValue(result.value)}"]`)
    case 'string':
      return wrap(`[${writeTime(time)},${JSON.stringify(result.text)}]`)
    case 'vector':
      return wrap(
        `[${result.samples.map(({ labels, value }) => `{"metric":${writeLabels(labels)},"value":${sample(time, value)}}`).join(',')}]`,
      )
    case 'matrix':
      return wrap(
        `[${result.series
          .map(({ labels, points }) => {
            const values = points.map(({ at, value }) => sample(at, value)).join(',')
            return `{"metric":${writeLabels(labels)},"values":[${values}]}`
          })
          .join(',')}]`,
      )
  }
}

/** Labels in the order of their names, as Prometheus writes them. */
export function writeLabels(labels: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(Object.fromEntries(sorted))
}
