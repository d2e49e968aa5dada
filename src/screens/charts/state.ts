// Which chart is looked at, where it is read out, and which of its lines are drawn: a reducer.

export interface ChartsState {
  readonly focus: number
  readonly full: boolean
  /** Where the reading line stands, 0 to 1 of the range; absent: nowhere. */
  readonly cursor?: number
  /** Of the focused chart. */
  readonly solo?: number
  readonly hidden: ReadonlySet<number>
}

export type ChartsEvent =
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'release' }
  | { readonly type: 'focus'; readonly by: 1 | -1; readonly count: number }
  | { readonly type: 'full' }
  /** `lines`: of the focused chart. */
  | { readonly type: 'solo'; readonly lines: number }
  | { readonly type: 'hide' }

export const startState: ChartsState = { focus: 0, full: false, hidden: new Set() }

export function reduceCharts(state: ChartsState, event: ChartsEvent): ChartsState {
  switch (event.type) {
    case 'move': {
      // The first step begins at now: what is read out first is how things are.
      const from = state.cursor ?? 1
      return { ...state, cursor: Math.min(1, Math.max(0, from + event.by)) }
    }
    case 'release': {
      const { cursor: _gone, ...rest } = state
      return rest
    }
    case 'focus': {
      if (event.count === 0) return state
      const focus = (state.focus + event.by + event.count) % event.count
      return { ...withoutSolo(state), focus, hidden: new Set() }
    }
    case 'full':
      return { ...state, full: !state.full }
    case 'solo': {
      const next = state.solo === undefined ? 0 : state.solo + 1
      return next < event.lines ? { ...state, solo: next } : withoutSolo(state)
    }
    case 'hide':
      return state.solo === undefined
        ? { ...state, hidden: new Set() }
        : { ...withoutSolo(state), hidden: new Set([...state.hidden, state.solo]) }
  }
}

function withoutSolo(state: ChartsState): ChartsState {
  const { solo: _gone, ...rest } = state
  return rest
}
