// The options of pods/log, read from the query and refused together, as PodLogOptions.
import { badRequest, notInteger } from './errors.ts'
import { forbidden, invalid, invalidValue } from './invalid.ts'
import { isTrue } from './target.ts'

export interface LogOptions {
  /** Empty where none is named. */
  readonly container: string
  readonly follow: boolean
  readonly previous: boolean
  readonly timestamps: boolean
  readonly tailLines?: number
  readonly limitBytes?: number
  /** The moment from which lines count, of a present one; milliseconds. */
  readonly since?: (now: number) => number
}

/** Throws 400 for what cannot be read, 422 for what may not be asked. */
export function logOptions(params: URLSearchParams, pod: string): LogOptions {
  const number = (name: string) => {
    const text = params.get(name)
    if (text === null) return undefined
    if (!/^[+-]?\d+$/.test(text)) throw notInteger(text)
    return Number(text)
  }
  const tailLines = number('tailLines')
  const sinceSeconds = number('sinceSeconds')
  const limitBytes = number('limitBytes')
  const sinceTime = timeOf(params.get('sinceTime'))
  const atLeastOne = (field: string, value: number | undefined) =>
    value !== undefined && value < 1 ? [invalidValue(field, value, 'must be greater than 0')] : []
  const causes = [
    ...(tailLines !== undefined && tailLines < 0
      ? [invalidValue('tailLines', tailLines, 'must be greater than or equal to 0')]
      : []),
    ...atLeastOne('limitBytes', limitBytes),
    ...(sinceSeconds !== undefined && sinceTime !== undefined
      ? [forbidden('[]', 'at most one of `sinceTime` or `sinceSeconds` may be specified')]
      : atLeastOne('sinceSeconds', sinceSeconds)),
    // Gated, and off by default.
    ...(params.has('stream') ? [forbidden('stream', 'may not be specified')] : []),
  ]
  if (causes.length > 0) throw invalid({ kind: 'PodLogOptions', group: '' }, pod, causes)
  const since = sinceSeconds === undefined ? sinceTime : (now: number) => now - sinceSeconds * 1000
  return {
    container: params.get('container') ?? '',
    follow: isTrue(params.get('follow')),
    previous: isTrue(params.get('previous')),
    timestamps: isTrue(params.get('timestamps')),
    ...(tailLines !== undefined && { tailLines }),
    ...(limitBytes !== undefined && { limitBytes }),
    ...(since && { since }),
  }
}

function timeOf(text: string | null): (() => number) | undefined {
  if (text === null) return undefined
  const parsed = Date.parse(text)
  if (!Number.isNaN(parsed)) return () => parsed
  const quoted = JSON.stringify(text)
  throw badRequest(`parsing time ${quoted} as "2006-01-02T15:04:05Z07:00": cannot parse ${quoted} as "2006"`)
}
