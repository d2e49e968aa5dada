// Where a long text stands. `follow` holds the end in view while lines are added; elsewhere the line at the top
// stays there whatever is added or falls out above it.
import { type DrawnLine, type TextLine, textOf } from './lines.ts'

export interface PagerState {
  /** The first line shown, as a number where it was last seen, and as the line that it was. */
  readonly top: number
  readonly topLine?: TextLine | undefined
  readonly follow: boolean
  readonly wrapped: boolean
  /** The line that was asked for is brought into view as it comes, until somebody moves the text. */
  readonly aiming?: boolean
  /** What was last looked for and found; marked until something else moves the text. */
  readonly hit?: TextLine | undefined
}

export interface PagerView {
  /** The text as it is drawn, and how many lines of it the screen shows. */
  readonly lines: readonly DrawnLine[]
  readonly height: number
  /** The line that was asked for, once it is there. */
  readonly aim?: TextLine | undefined
}

export type LineTest = (line: TextLine) => boolean

export type Move = 'up' | 'down' | 'page-up' | 'page-down' | 'half-up' | 'half-down' | 'first' | 'last'

export type PagerEvent =
  | { readonly type: 'move'; readonly how: Move; readonly view: PagerView }
  /** To the next line that passes; `from`: as if the text stood there. */
  | {
      readonly type: 'seek'
      readonly test: LineTest
      readonly step: 1 | -1
      readonly from?: PagerState
      readonly view: PagerView
    }
  | { readonly type: 'wrap'; readonly view: PagerView }
  | { readonly type: 'follow'; readonly on: boolean; readonly view: PagerView }

const lastTop = ({ lines, height }: PagerView) => Math.max(0, lines.length - height)

/** The first line to show: within the text, its end where that is followed, else the line that stood there. */
export function topOf(state: PagerState, view: PagerView): number {
  if (state.follow) return lastTop(view)
  const aimed = state.aiming && view.aim ? view.lines.findIndex(({ line }) => line === view.aim) : -1
  if (aimed >= 0) return thirdAbove(aimed, view)
  const { topLine } = state
  const moved = topLine !== undefined && view.lines[state.top]?.line !== topLine
  const found = moved ? view.lines.findIndex(({ line }) => line === topLine) : -1
  return Math.min(found >= 0 ? found : state.top, lastTop(view))
}

export function reducePager(state: PagerState, event: PagerEvent): PagerState {
  const { view } = event
  const top = topOf(state, view)
  const at = (next: number) => ({ top: next, topLine: view.lines[next]?.line })
  switch (event.type) {
    case 'move': {
      const next = Math.min(lastTop(view), Math.max(0, moved(event.how, top, view)))
      // Scrolling up lets go of the end; reaching it by hand does not take hold again, `G` does.
      const follow = event.how === 'last' || (event.how !== 'first' && state.follow && next === lastTop(view))
      return { ...state, ...at(next), follow, hit: undefined, aiming: false }
    }
    case 'seek': {
      const line = seek(event.from ?? state, view, event.test, event.step)
      if (line === undefined) return state
      return {
        ...state,
        ...at(thirdAbove(line, view)),
        follow: false,
        hit: view.lines[line]?.line,
        aiming: false,
      }
    }
    case 'wrap':
      return { ...state, ...at(top), wrapped: !state.wrapped }
    case 'follow':
      return { ...state, ...at(top), follow: event.on, hit: undefined, aiming: false }
  }
}

/** What was found stands a third down the screen: what came before it is seen too. */
function thirdAbove(line: number, view: PagerView): number {
  return Math.min(lastTop(view), Math.max(0, line - Math.floor(view.height / 3)))
}

function moved(how: Move, top: number, { lines, height }: PagerView): number {
  const half = Math.max(1, Math.floor(height / 2))
  const page = Math.max(1, height - 1)
  const by = { up: -1, down: 1, 'page-up': -page, 'page-down': page, 'half-up': -half, 'half-down': half }
  return how === 'first' ? 0 : how === 'last' ? lines.length : top + by[how]
}

/**
 * The next drawn line in the direction of `step` whose source passes the test, round the end if need be: from the
 * last hit where that is on the screen, else from the edge of the screen.
 */
function seek(state: PagerState, view: PagerView, test: LineTest, step: 1 | -1): number | undefined {
  const { lines, height } = view
  const top = topOf(state, view)
  const hit = lines.findIndex(({ line, rest }) => line === state.hit && !rest)
  const onScreen = hit >= top && hit < top + height
  const from = onScreen ? hit : step === 1 ? top - 1 : Math.min(lines.length, top + height)
  for (let tried = 1; tried <= lines.length; tried++) {
    const index = (((from + step * tried) % lines.length) + lines.length) % lines.length
    const drawn = lines[index]
    if (drawn && !drawn.rest && test(drawn.line)) return index
  }
  return undefined
}

/** How many lines have the text, which is in lower case. */
export function countHits(lines: readonly TextLine[], search: string): number {
  return search === '' ? 0 : lines.reduce((sum, line) => sum + (textOf(line).includes(search) ? 1 : 0), 0)
}
