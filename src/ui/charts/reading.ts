// How a person reads a chart: the moment that is read out, the one series that stands alone, those put away. A reducer.

export interface Reading {
  /** Where the reading line stands, 0 to 1 of the range; absent: nowhere. */
  readonly cursor?: number
  readonly solo?: number
  readonly hidden: ReadonlySet<number>
}

export type ReadingEvent =
  | { readonly type: 'move'; readonly by: number }
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
      // The first step begins at now: what is read out first is how things are.
      const from = reading.cursor ?? 1
      return { ...reading, cursor: Math.min(1, Math.max(0, from + event.by)) }
    }
    case 'release': {
      const { cursor: _gone, ...rest } = reading
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
