// Which chart is looked at, and how it is read: a reducer.
import { type Reading, type ReadingEvent, reduceReading, startReading } from '#ui/charts/reading.ts'

/** `at` is of all charts; `solo` and `hidden` are of the focused one. */
export interface ChartsState extends Reading {
  readonly focus: number
  readonly full: boolean
}

export type ChartsEvent =
  | ReadingEvent
  | { readonly type: 'focus'; readonly by: 1 | -1; readonly count: number }
  | { readonly type: 'full' }

export const startState: ChartsState = { ...startReading, focus: 0, full: false }

export function reduceCharts(state: ChartsState, event: ChartsEvent): ChartsState {
  const { focus, full, ...reading } = state
  switch (event.type) {
    case 'focus':
      return event.count === 0
        ? state
        : {
            ...reduceReading(reading, { type: 'other' }),
            focus: (focus + event.by + event.count) % event.count,
            full,
          }
    case 'full':
      return { ...state, full: !full }
    default:
      return { ...reduceReading(reading, event), focus, full }
  }
}
