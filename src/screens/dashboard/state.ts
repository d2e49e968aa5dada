// Which panel is looked at, which rows are open, how charts are read, and what is chosen: a reducer.
import { type Reading, type ReadingEvent, reduceReading, startReading } from '#ui/charts/reading.ts'

export type Earlier = 'none' | 'day' | 'week'

/** `solo` and `hidden` are of the focused panel; `at` is of all. */
export interface BoardState extends Reading {
  /** A block's key; absent: the first. */
  readonly focus?: string
  readonly full: boolean
  readonly toggled: ReadonlySet<string>
  readonly earlier: Earlier
  /** The variable that is being chosen for, and the option under the cursor. */
  readonly choosing?: { readonly variable: string; readonly option: number }
}

type Choosing = NonNullable<BoardState['choosing']>

/**
 * `to` says where from the place before: a key that is held down comes again before the screen is drawn.
 */
export type BoardEvent =
  | ReadingEvent
  | { readonly type: 'focus'; to(from: string | undefined): string | undefined }
  | { readonly type: 'full' }
  | { readonly type: 'toggle'; readonly key: string }
  | { readonly type: 'earlier' }
  | { readonly type: 'choose'; to(from: Choosing | undefined): Choosing | undefined }

export const startState: BoardState = { ...startReading, full: false, toggled: new Set(), earlier: 'none' }

const next: Readonly<Record<Earlier, Earlier>> = { none: 'day', day: 'week', week: 'none' }

export function reduceBoard(state: BoardState, event: BoardEvent): BoardState {
  switch (event.type) {
    case 'focus': {
      const focus = event.to(state.focus)
      if (focus === undefined || focus === state.focus) return state
      return { ...without(state), ...reduceReading(readingOf(state), { type: 'other' }), focus }
    }
    case 'full':
      return { ...state, full: !state.full }
    case 'toggle': {
      const toggled = new Set(state.toggled)
      if (!toggled.delete(event.key)) toggled.add(event.key)
      return { ...state, toggled }
    }
    case 'earlier':
      return { ...state, earlier: next[state.earlier] }
    case 'choose': {
      const { choosing: before, ...rest } = state
      const choosing = event.to(before)
      return choosing === undefined ? rest : { ...rest, choosing }
    }
    default:
      return { ...without(state), ...reduceReading(readingOf(state), event) }
  }
}

function readingOf({ at, solo, hidden }: BoardState): Reading {
  return { hidden, ...(at !== undefined && { at }), ...(solo !== undefined && { solo }) }
}

/** All but how charts are read, of which absent parts are absent. */
function without({ at: _at, solo: _solo, hidden: _hidden, ...rest }: BoardState) {
  return rest
}
