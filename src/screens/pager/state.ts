// Where a long text stands. `follow` holds the end in view while lines are added.

export interface PagerState {
  /** The first line shown. */
  readonly top: number
  readonly follow: boolean
  readonly wrapped: boolean
}

export interface PagerView {
  /** Lines of the text as it is drawn, and how many the screen shows. */
  readonly count: number
  readonly height: number
}

export type Move = 'up' | 'down' | 'page-up' | 'page-down' | 'half-up' | 'half-down' | 'first' | 'last'

export type PagerEvent =
  | { readonly type: 'move'; readonly how: Move; readonly view: PagerView }
  | { readonly type: 'to'; readonly line: number; readonly view: PagerView }
  | { readonly type: 'wrap' }
  | { readonly type: 'follow'; readonly on: boolean }

const lastTop = ({ count, height }: PagerView) => Math.max(0, count - height)

/** The first line to show: within the text, and its end where that is followed. */
export function topOf(state: PagerState, view: PagerView): number {
  return state.follow ? lastTop(view) : Math.min(state.top, lastTop(view))
}

export function reducePager(state: PagerState, event: PagerEvent): PagerState {
  switch (event.type) {
    case 'move': {
      const { height } = event.view
      const top = topOf(state, event.view)
      const half = Math.max(1, Math.floor(height / 2))
      const page = Math.max(1, height - 1)
      const by = { up: -1, down: 1, 'page-up': -page, 'page-down': page, 'half-up': -half, 'half-down': half }
      if (event.how === 'first') return { ...state, top: 0, follow: false }
      if (event.how === 'last') return { ...state, top: lastTop(event.view), follow: true }
      const next = Math.min(lastTop(event.view), Math.max(0, top + by[event.how]))
      // Scrolling up lets go of the end; reaching it by hand does not take hold again, `G` does.
      return { ...state, top: next, follow: state.follow && next === lastTop(event.view) }
    }
    case 'to': {
      const third = Math.floor(event.view.height / 3)
      return { ...state, top: Math.max(0, event.line - third), follow: false }
    }
    case 'wrap':
      return { ...state, wrapped: !state.wrapped }
    case 'follow':
      return { ...state, follow: event.on }
  }
}
