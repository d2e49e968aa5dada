// Where a table's cursor is, what is marked, how it is sorted: a reducer. The selection is an object's uid; the
// row number is only where it was last seen.
import { type MoveAction, moved } from './table-keys.ts'
import type { Sort } from './table-order.ts'

export interface TableState {
  /** Undefined until somebody moves: the first row, whichever that is. */
  readonly uid: string | undefined
  readonly index: number
  /** The first row on the screen. */
  readonly top: number
  readonly marks: ReadonlySet<string>
  readonly sort: Sort | undefined
}

export type TableAction =
  | { readonly type: 'move'; readonly move: MoveAction; readonly view: View }
  /** The row under the cursor; the cursor goes on to the next one. */
  | { readonly type: 'mark'; readonly view: View }
  | { readonly type: 'settled'; readonly state: TableState }
  | { readonly type: 'unmark' }
  | { readonly type: 'sort'; readonly id: string }

/** What the table shows now: the rows' uids by index, and how many fit on the screen. */
export interface View {
  readonly count: number
  readonly height: number
  uidAt(index: number): string | undefined
  indexOf(uid: string): number
}

export function startOf(sort: Sort | undefined): TableState {
  return { uid: undefined, index: 0, top: 0, marks: new Set(), sort }
}

export function reduceTable(state: TableState, action: TableAction): TableState {
  switch (action.type) {
    case 'move': {
      const { view } = action
      const from = settle(state, view)
      const index = clamp(moved(action.move, from.index, view.height), 0, view.count - 1)
      return { ...from, uid: view.uidAt(index), index, top: scrolled(from.top, index, view) }
    }
    case 'mark': {
      const { view } = action
      const uid = view.uidAt(settle(state, view).index)
      if (uid === undefined) return state
      const marks = new Set(state.marks)
      if (!marks.delete(uid)) marks.add(uid)
      return reduceTable({ ...state, marks }, { type: 'move', move: 'down', view })
    }
    case 'settled':
      return action.state
    case 'unmark':
      return state.marks.size === 0 ? state : { ...state, marks: new Set() }
    case 'sort':
      return {
        ...state,
        sort: { id: action.id, descending: state.sort?.id === action.id ? !state.sort.descending : false },
      }
  }
}

/**
 * The state against rows that may have changed since. A selected row that moved keeps its line on the screen; one
 * that is gone leaves the selection to whatever stands in its place.
 */
export function settle(state: TableState, view: View): TableState {
  // Nobody has moved yet: stay at the top while rows are still coming in above.
  if (view.count === 0 || state.uid === undefined) return state
  const found = view.uidAt(state.index) === state.uid ? state.index : view.indexOf(state.uid)
  const index = found >= 0 ? found : clamp(state.index, 0, view.count - 1)
  const uid = view.uidAt(index)
  const top = scrolled(state.top + index - state.index, index, view)
  return uid === state.uid && index === state.index && top === state.top
    ? state
    : { ...state, uid, index, top }
}

function scrolled(top: number, index: number, view: View): number {
  const last = Math.max(0, view.count - view.height)
  const visible = index < top ? index : index >= top + view.height ? index - view.height + 1 : top
  return clamp(visible, 0, last)
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}
