// The state of one remote thing that is read again and again: two axes, what we have and what we do about it.
// Data survives a failed refresh. A reducer over named actions; poll.ts and rows.ts drive it.
import type { Gap, Reading } from '#model/reading.ts'

export interface Live<T> extends Reading<T> {
  readonly gapAt?: number
  /** Failures since the last success. */
  readonly failures: number
  readonly phase: 'idle' | 'fetching' | 'waiting'
}

export type LiveAction<T> =
  | { readonly type: 'started' }
  | { readonly type: 'answered'; readonly data: T; readonly at: number }
  | { readonly type: 'failed'; readonly gap: Gap; readonly at: number }
  | { readonly type: 'stopped' }

export const nothingYet: Live<never> = { pending: false, failures: 0, phase: 'idle' }

export function reduce<T>(live: Live<T>, action: LiveAction<T>): Live<T> {
  switch (action.type) {
    case 'started':
      return { ...live, phase: 'fetching', pending: true }
    case 'answered':
      return { data: action.data, dataAt: action.at, failures: 0, phase: 'waiting', pending: false }
    case 'failed':
      return {
        ...live,
        gap: action.gap,
        gapAt: action.at,
        failures: live.failures + 1,
        phase: 'waiting',
        pending: false,
      }
    case 'stopped':
      return { ...live, phase: 'idle', pending: false }
  }
}
