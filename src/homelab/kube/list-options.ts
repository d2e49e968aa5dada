// The versions in the query of a list or a watch: which may be asked for, and together with what.
import { badRequest, notInteger, StatusError } from './errors.ts'
import { checkOptions, forbidden, unsupported } from './invalid.ts'
import { isTrue } from './target.ts'

/** `limit`; 0 where there is none. */
export function limitOf(params: URLSearchParams): number {
  const text = params.get('limit') || '0'
  if (!/^[+-]?\d+$/.test(text)) throw notInteger(text)
  return Math.max(0, Number(text))
}

export function checkListOptions(params: URLSearchParams): void {
  const match = params.get('resourceVersionMatch') ?? ''
  const version = params.get('resourceVersion') ?? ''
  const exact = match === 'Exact' && version === '0'
  checkOptions('ListOptions', [
    ...(params.has('sendInitialEvents')
      ? [forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list')]
      : []),
    ...(match && !version
      ? [
          forbidden(
            'resourceVersionMatch',
            'resourceVersionMatch is forbidden unless resourceVersion is provided',
          ),
        ]
      : []),
    ...(['', 'Exact', 'NotOlderThan'].includes(match)
      ? []
      : [unsupported('resourceVersionMatch', JSON.stringify(match), ['Exact', 'NotOlderThan', ''])]),
    ...(exact
      ? [
          forbidden(
            'resourceVersionMatch',
            'resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
          ),
        ]
      : []),
  ])
}

export function checkWatchOptions(params: URLSearchParams): void {
  const match = params.get('resourceVersionMatch') ?? ''
  const initial = params.has('sendInitialEvents')
  const field = 'resourceVersionMatch'
  checkOptions('ListOptions', [
    ...(match && !initial
      ? [forbidden(field, 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided')]
      : []),
    ...(initial && !match
      ? [forbidden(field, 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan')]
      : []),
    ...(match && match !== 'NotOlderThan'
      ? [unsupported(field, JSON.stringify(match), ['NotOlderThan'])]
      : []),
  ])
}

const unreadable = (text: string) =>
  `resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`

const isVersion = (text: string) => /^\d+$/.test(text)

/** The version that a list asks for; 0 where it asks for none. */
export function listVersion(params: URLSearchParams): number {
  const text = params.get('resourceVersion') || '0'
  if (!isVersion(text)) throw badRequest(`invalid resource version: ${unreadable(text)}`)
  return Number(text)
}

/** The version that a watch starts from; 0 where it starts from what there is. */
export function watchVersion(params: URLSearchParams): number {
  const text = params.get('resourceVersion') || '0'
  if (!isVersion(text)) throw new StatusError(500, '', unreadable(text))
  return Number(text)
}

export const sendsInitialEvents = (params: URLSearchParams) => isTrue(params.get('sendInitialEvents'))
