// The keys by which a chart is read, on every screen that has one.
import type { Bounds } from '#model/time.ts'
import type { Binding } from '#ui/keymap.ts'
import type { ReadingEvent } from './reading.ts'

export const cursorBindings = [
  { keys: ['left'], action: 'left', label: 'read', help: 'read the charts out a little earlier', footer: 1 },
  { keys: ['right'], action: 'right', label: 'read later', help: 'read them out a little later' },
  {
    keys: ['ctrl-left', 'home'],
    action: 'far-left',
    label: 'far earlier',
    help: 'a tenth of the range earlier',
  },
  {
    keys: ['ctrl-right', 'end'],
    action: 'far-right',
    label: 'far later',
    help: 'a tenth of the range later',
  },
  { keys: ['space'], action: 'release', label: 'stop reading', help: 'put the reading line away' },
] as const satisfies readonly Binding[]

export const lineBindings = [
  {
    keys: ['s'],
    action: 'solo',
    label: 'one line',
    help: 'one line of the chart after the other alone, then all',
    footer: 4,
  },
  { keys: ['x'], action: 'hide', label: 'hide', help: 'hide the line that stands alone; again shows all' },
] as const satisfies readonly Binding[]

export type ReadingAction = (typeof cursorBindings | typeof lineBindings)[number]['action']

export interface ReadChart {
  /** Columns of the plot: the cursor moves by one of them. */
  readonly columns: number
  readonly lines: number
  /** The time that it shows. */
  readonly within: Bounds
  dispatch(event: ReadingEvent): void
}

/** What the keys do, for `useKeys`. */
export function readingRun({
  columns,
  lines,
  within,
  dispatch,
}: ReadChart): Readonly<Record<ReadingAction, () => void>> {
  const step = 1 / Math.max(10, columns)
  const move = (by: number) => () => dispatch({ type: 'move', by, within })
  return {
    left: move(-step),
    right: move(step),
    'far-left': move(-0.1),
    'far-right': move(0.1),
    release: () => dispatch({ type: 'release' }),
    solo: () => dispatch({ type: 'solo', lines }),
    hide: () => dispatch({ type: 'hide' }),
  }
}

/** Which of them make no sense with so many lines, and why. */
export const readingOff = (lines: number): Readonly<Partial<Record<ReadingAction, string>>> =>
  lines < 2 ? { solo: 'the chart has one line', hide: 'the chart has one line' } : {}
