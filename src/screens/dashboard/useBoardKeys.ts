// What the keys of an open dashboard do, while panels are looked at and while a variable is chosen for.

import type { OpenDashboard } from '#live/deck.ts'
import type { Dashboard, VariableState } from '#model/dashboard/dashboard.ts'
import type { Bounds } from '#model/time.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { readingOff, readingRun } from '#ui/charts/reading-keys.ts'
import type { KeyName } from '#ui/keymap.ts'
import { useKeys } from '#ui/useKeys.ts'
import type { Block } from './arrange.ts'
import { choosable, toggledChoice } from './chooser.ts'
import { type BoardAction, boardBindings, type ChooserAction, chooserBindings } from './keys.ts'
import type { BoardEvent, BoardState } from './state.ts'

export interface BoardKeys {
  readonly screen: ScreenProps
  readonly open: OpenDashboard
  readonly state: BoardState
  dispatch(event: BoardEvent): void
  readonly blocks: readonly Block[]
  readonly focused: Block | undefined
  readonly rows: number
  readonly board: Dashboard | undefined
  readonly values: VariableState | undefined
  /** Of the focused panel's chart, the columns of its plot, and the time that it shows. */
  readonly lines: number
  readonly columns: number
  readonly within: Bounds
}

export function useBoardKeys(keys: BoardKeys): void {
  const choosing = keys.state.choosing !== undefined
  const run: Readonly<Record<string, (key: KeyName) => void>> = choosing ? chooserRun(keys) : boardRun(keys)
  useKeys<string>({
    title: choosing ? 'variables' : 'dashboard',
    bindings: choosing ? chooserBindings : boardBindings,
    run,
    off: choosing ? {} : offOf(keys),
  })
}

function boardRun({
  dispatch,
  blocks,
  focused,
  rows,
  board,
  values,
  lines,
  columns,
  within,
}: BoardKeys): Readonly<Record<BoardAction, () => void>> {
  const from = (key: string | undefined) =>
    Math.max(
      0,
      blocks.findIndex((block) => block.key === key),
    )
  const focus = (next: (at: number) => Block | undefined) =>
    dispatch({ type: 'focus', to: (key) => next(from(key))?.key ?? key })
  const page = (by: 1 | -1) =>
    focus((at) => {
      const y = (blocks[at]?.y ?? 0) + by * rows
      return by === 1
        ? (blocks.find((block) => block.y >= y) ?? blocks.at(-1))
        : (blocks.findLast((block) => block.y <= y) ?? blocks[0])
    })
  return {
    ...readingRun({ columns, lines, within, dispatch }),
    next: () => focus((at) => blocks[at + 1]),
    previous: () => focus((at) => blocks[at - 1]),
    'page-down': () => page(1),
    'page-up': () => page(-1),
    open: () => {
      if (focused?.what.kind === 'row') dispatch({ type: 'toggle', key: focused.key })
      else if (focused !== undefined) {
        focus((at) => blocks[at])
        dispatch({ type: 'full' })
      }
    },
    variables: () => {
      const [first] = board === undefined ? [] : choosable(board)
      if (first !== undefined && values !== undefined)
        dispatch({ type: 'choose', to: () => startAt(first.name, values) })
    },
    earlier: () => dispatch({ type: 'earlier' }),
  }
}

/** The cursor begins at what is chosen. */
function startAt(variable: string, { chosen, options }: VariableState): NonNullable<BoardState['choosing']> {
  const [first] = chosen[variable] ?? []
  const option = options[variable]?.findIndex(({ value }) => value === first) ?? 0
  return { variable, option: Math.max(0, option) }
}

function chooserRun({
  open,
  state,
  dispatch,
  board,
  values,
}: BoardKeys): Readonly<Record<ChooserAction, () => void>> {
  const { choosing } = state
  const variable = board?.variables.find(({ name }) => name === choosing?.variable)
  const options = (choosing && values?.options[choosing.variable]) ?? []
  const option = choosing && options[choosing.option]
  const last = Math.max(0, options.length - 1)
  const move = (by: 1 | -1) =>
    dispatch({
      type: 'choose',
      to: (from) => from && { ...from, option: Math.max(0, Math.min(last, from.option + by)) },
    })
  const mark = () => {
    if (variable === undefined || option === undefined) return
    const chosen = values?.chosen[variable.name] ?? variable.current
    open.choose(variable.name, toggledChoice(variable, chosen, option.value))
  }
  return {
    down: () => move(1),
    up: () => move(-1),
    mark,
    leave: () => dispatch({ type: 'choose', to: () => undefined }),
    take: () => {
      // Of one of many what is marked is taken; of a single one what the cursor is on.
      if (variable?.multi !== true) mark()
      dispatch({ type: 'choose', to: () => undefined })
    },
    next: () => {
      const all = board === undefined ? [] : choosable(board)
      dispatch({
        type: 'choose',
        to: (from) => {
          const after = all[all.findIndex(({ name }) => name === from?.variable) + 1]
          return after && values && startAt(after.name, values)
        },
      })
    },
  }
}

function offOf({ board, lines, focused }: BoardKeys): Readonly<Partial<Record<BoardAction, string>>> {
  const isPanel = focused?.what.kind === 'panel'
  return {
    ...(isPanel ? readingOff(lines) : { solo: 'a row has no lines', hide: 'a row has no lines' }),
    ...(board !== undefined && choosable(board).length === 0 && { variables: 'it has none to choose for' }),
  }
}
