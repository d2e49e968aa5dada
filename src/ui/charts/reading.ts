// How a person reads a chart: the moment that is read out, the one series that stands alone, those put away. A reducer.
import type { Bounds } from '#model/time.ts'

export interface Reading {
  /** The moment that is read out, milliseconds since the epoch; absent: none. It stays while the charts go on. */
  readonly at?: number
  readonly solo?: number
  readonly hidden: ReadonlySet<number>
}

export type ReadingEvent =
  /** `by` is a share of the chart's time: from where the reading line stands, never out of the chart. */
  | { readonly type: 'move'; readonly by: number; readonly within: Bounds }
  | { readonly type: 'release' }
  /** `lines`: how many the chart has. */
  | { readonly type: 'solo'; readonly lines: number }
  | { readonly type: 'hide' }
  /** Other lines are drawn now: none of them stands alone or is put away. */
  | { readonly type: 'other' }

export const startReading: Reading = { hidden: new Set() }

export function reduceReading(reading: Reading, event: ReadingEvent): Reading {
  switch (event.type) {
    case 'move': {
      const { from, to } = event.within
      // The first step begins at now: what is read out first is how things are.
      const at = Math.round((reading.at ?? to) + event.by * (to - from))
      return { ...reading, at: Math.min(to, Math.max(from, at)) }
    }
    case 'release': {
      const { at: _gone, ...rest } = reading
      return rest
    }
    case 'solo': {
      const next = reading.solo === undefined ? 0 : reading.solo + 1
      return next < event.lines ? { ...reading, solo: next } : withoutSolo(reading)
    }
    case 'hide':
      return reading.solo === undefined
        ? { ...reading, hidden: new Set() }
        : { ...withoutSolo(reading), hidden: new Set([...reading.hidden, reading.solo]) }
    case 'other':
      return { ...withoutSolo(reading), hidden: new Set() }
  }
}

function withoutSolo(reading: Reading): Reading {
  const { solo: _gone, ...rest } = reading
  return rest
}
