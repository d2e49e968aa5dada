// An open dashboard on the screen: its title with the variables, and the panels in view, or one of them alone.
import { type ReactNode, useContext, useMemo, useReducer } from 'react'
import type { OpenDashboard } from '#live/deck.ts'
import type { LivePanel, LiveVariables } from '#live/open-dashboard.ts'
import { layoutDashboard } from '#model/dashboard/layout.ts'
import { boundsOf } from '#model/time.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { count } from '#ui/format.ts'
import { Line, Lines } from '#ui/Line.tsx'
import { missing } from '#ui/notice.ts'
import { LateContext } from '#ui/Patience.tsx'
import { clean, wrap } from '#ui/text.ts'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { type Arranged, arrangeBoard } from './arrange.ts'
import { chooserLines } from './chooser.ts'
import { drawBlock, linesOfPanel, plotColumns } from './draw.ts'
import { reduceBoard, startState } from './state.ts'
import { boardTitle } from './title.ts'
import { useBoardKeys } from './useBoardKeys.ts'
import { waitedFor } from './waited-for.ts'
import { compose, isVisible, scrolledTo } from './window.ts'

const day = 86_400_000
const shifts = { none: 0, day, week: 7 * day } as const

export function Board({
  screen,
  open,
  name,
}: {
  readonly screen: ScreenProps
  readonly open: OpenDashboard
  readonly name: string
}): ReactNode {
  const { deck, theme, columns, memory } = screen
  const rows = Math.max(1, screen.rows - 1)
  const content = useFeed(open.content)
  const variables = useFeed(open.variables)
  const [state, dispatch] = useReducer(reduceBoard, startState, (start) => remembered(memory) ?? start)
  memory.set('board', state)
  const late = useContext(LateContext)

  const board = content.data
  const values = variables.data?.state
  const laid = useMemo(
    () =>
      board === undefined || values === undefined
        ? []
        : layoutDashboard(board, { variables: board.variables, state: values, macros: {} }),
    [board, values],
  )
  const arranged = useMemo(
    () => arrangeBoard(laid, state.toggled, columns, rows),
    [laid, state.toggled, columns, rows],
  )
  const { blocks, height } = state.full ? alone(arranged, state.focus, columns, rows) : arranged
  const focused = blocks.find(({ key }) => key === state.focus) ?? blocks[0]
  const top = scrolledTo(topOf(memory), focused, rows, height)
  memory.set('board top', top)
  const visible = blocks.filter((block) => isVisible(block, top, rows))
  const shift = shifts[state.earlier]
  const beside = shift === 0 ? undefined : `a ${state.earlier} before`
  const panels = visible.flatMap((block) =>
    block.what.kind === 'panel' ? [{ block, panel: block.what.panel }] : [],
  )
  const lives = useFeed(
    open.panels(
      panels.flatMap(({ block, panel }) => {
        const wide = plotColumns(block.width)
        const before = { ...panel, shift: (panel.shift ?? 0) + shift }
        return [{ panel, columns: wide }, ...(shift === 0 ? [] : [{ panel: before, columns: wide }])]
      }),
    ),
  )
  const each = shift === 0 ? 1 : 2
  const waiting = panels.filter((_, place) =>
    lives.slice(place * each, (place + 1) * each).some(isLoading),
  ).length
  const isWaiting = late && (waiting > 0 || (values === undefined && variables.pending))
  // How long it takes is counted only while something is waited for.
  useNow(deck.now, isWaiting ? 1000 : 60_000)
  const loading =
    waiting > 0 && late ? `waiting for ${waiting} of ${count(panels.length, 'panel')}` : undefined
  const drawn = new Map(
    visible.map((block) => {
      const place = panels.findIndex((one) => one.block === block)
      const live = lives[place * each]
      const earlier = shift === 0 ? undefined : lives[place * each + 1]?.data
      const isFocused = block === focused
      const reading = {
        at: state.at,
        solo: isFocused ? state.solo : undefined,
        hidden: isFocused ? state.hidden : undefined,
      }
      const before =
        earlier === undefined || beside === undefined ? undefined : { label: beside, shift, data: earlier }
      const room = { theme, now: deck.now.get(), timeZone: screen.timeZone, late }
      return [block.key, drawBlock({ block, live, focused: isFocused, reading, before }, room)] as const
    }),
  )
  const focusedPlace = panels.findIndex(({ block }) => block === focused)
  const inFocus = lives[focusedPlace * each]?.data
  useBoardKeys({
    screen,
    open,
    state,
    dispatch,
    blocks,
    focused,
    rows,
    board,
    values,
    lines: linesOfPanel(inFocus),
    within: inFocus ?? boundsOf(deck.range.get(), deck.now.get()),
    columns: plotColumns(focused?.width ?? columns),
  })

  const what = `dashboard ${clean(name)}`
  const none =
    missing(content, what, theme) ??
    (values === undefined
      ? missing(variables, variablesOf(variables, what, deck.now.get()), theme)
      : undefined)
  if (board === undefined || values === undefined || variables.data === undefined) {
    const said =
      none !== undefined && (late || none.role !== 'dim') ? none : { text: '', role: 'dim' as const }
    const lines = wrap(said.text, columns - 2).map((line) => theme.paint(said.role, ` ${line}`))
    return <Lines lines={lines} rows={screen.rows} />
  }
  const { choosing } = state
  const variable = choosing && board.variables.find((one) => one.name === choosing.variable)
  const lines =
    choosing !== undefined && variable !== undefined
      ? chooserLines(variable, values, choosing.option, { columns, rows, theme })
      : compose(visible, drawn, top, rows)
  return (
    <>
      <Line text={boardTitle(board, variables.data, { top, rows, height, beside, loading }, screen)} />
      <Lines lines={lines} rows={rows} />
    </>
  )
}

/** Asked for, and neither answered nor refused yet. */
const isLoading = ({ data, gap, pending }: LivePanel) => data === undefined && gap === undefined && pending

/** What is waited for: `2 of 3 variables of dashboard flux, 7s`. */
function variablesOf({ loading, gap }: LiveVariables, what: string, now: number): string {
  if (loading === undefined || gap !== undefined) return `variables of ${what}`
  return waitedFor(loading, (many) => `${count(many, 'variable')} of ${what}`, now)
}

/** The focused panel over the whole screen. */
function alone({ blocks }: Arranged, focus: string | undefined, columns: number, rows: number): Arranged {
  const isPanel = ({ what }: Arranged['blocks'][number]) => what.kind === 'panel'
  const one = blocks.find((block) => block.key === focus && isPanel(block)) ?? blocks.find(isPanel)
  if (one === undefined) return { blocks: [], height: 0 }
  return { blocks: [{ ...one, x: 0, y: 0, width: columns, height: rows }], height: rows }
}

// Only this file writes the entries.
const remembered = (memory: Map<string, unknown>) => memory.get('board') as typeof startState | undefined
const topOf = (memory: Map<string, unknown>) => (memory.get('board top') as number | undefined) ?? 0
