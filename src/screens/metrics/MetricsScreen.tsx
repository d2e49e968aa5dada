// The PromQL explorer: one or several queries, a chart over the shared range or a table of now. Each argument is a query.
import { type ReactNode, useContext, useReducer } from 'react'
import { formatSpan } from '#model/duration.ts'
import { onOneLine } from '#model/promql/tokens.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { Line, Lines } from '#ui/Line.tsx'
import { LateContext, Patience } from '#ui/Patience.tsx'
import { clean, clip, pad, wrap } from '#ui/text.ts'
import { useNow } from '#ui/useFeed.ts'
import { useKeys } from '#ui/useKeys.ts'
import { type Answered, useAnswers } from './answers.ts'
import { Browse } from './Browse.tsx'
import { Chart, ChartLines } from './Chart.tsx'
import { resultBindings } from './keys.ts'
import { queryLines } from './query-lines.ts'
import { Results } from './Results.tsx'
import { type ExplorerEvent, type ExplorerState, mostQueries, reduceExplorer, startOf } from './state.ts'
import { Typing } from './Typing.tsx'

export function MetricsScreen(screen: ScreenProps): ReactNode {
  const { deck, args, memory } = screen
  const [state, dispatch] = useReducer(
    reduceExplorer,
    undefined,
    () => remembered(memory) ?? startOf(args.map((text) => clean(onOneLine(text)).trim()).filter(Boolean)),
  )
  memory.set('explorer', state)
  return (
    <Patience deck={deck} view={state.runs}>
      <Explorer screen={screen} state={state} dispatch={dispatch} />
    </Patience>
  )
}

// Only this file writes the entry.
const remembered = (memory: Map<string, unknown>) => memory.get('explorer') as ExplorerState | undefined

interface ExplorerProps {
  readonly screen: ScreenProps
  readonly state: ExplorerState
  dispatch(event: ExplorerEvent): void
}

function Explorer({ screen, state, dispatch }: ExplorerProps): ReactNode {
  const { deck, theme, columns, rows } = screen
  const { mode, view, queries, focus } = state
  // A legend at the right takes up to two fifths.
  const plotColumns = Math.floor(columns >= 92 ? columns * 0.6 : columns) - 10
  const answers = useAnswers(deck, queries, view, plotColumns)
  const late = useContext(LateContext)
  useNow(deck.now, 60_000)
  if (mode.type === 'browsing') return <Browse screen={screen} mode={mode} rows={rows} dispatch={dispatch} />
  const line = mode.type === 'typing' ? mode.line : undefined
  const room = { columns, theme, now: deck.now.get(), late }
  const head = queryLines({ queries, focus, line, answers }, room).slice(0, Math.max(2, rows - 6))
  const below = rows - 1 - head.length
  return (
    <>
      <Line text={titleLine(state, answers, screen)} />
      <Lines lines={head} rows={head.length} />
      {mode.type === 'typing' ? (
        <BelowTyping {...{ screen, state, dispatch, answers, plotColumns }} mode={mode} rows={below} />
      ) : (
        <Result {...{ screen, state, dispatch, answers, plotColumns }} rows={below} />
      )}
    </>
  )
}

interface BelowProps extends ExplorerProps {
  readonly answers: readonly Answered[]
  readonly plotColumns: number
  readonly rows: number
}

function BelowTyping(props: BelowProps & { readonly mode: ExplorerState['mode'] & { type: 'typing' } }) {
  const { screen, state, dispatch, mode, answers, rows } = props
  const offers = Math.max(3, Math.min(12, Math.floor(rows / 2)))
  return (
    <>
      <Typing screen={screen} mode={mode} rows={Math.min(rows, offers)} dispatch={dispatch} />
      {state.view === 'chart' && (
        <ChartLines {...{ screen, answers }} reading={state.reading} rows={rows - offers} />
      )}
    </>
  )
}

function Result({ screen, state, dispatch, answers, plotColumns, rows }: BelowProps): ReactNode {
  const { queries, focus, view, reading } = state
  const none = queries.length === 0 ? 'there is no query' : undefined
  const full = queries.length < mostQueries ? undefined : `there are ${mostQueries} queries at most`
  useKeys({
    title: 'queries',
    bindings: resultBindings,
    run: {
      open: () => dispatch({ type: 'open' }),
      add: () => dispatch({ type: 'add' }),
      browse: () => dispatch({ type: 'browse' }),
      view: () => dispatch({ type: 'view' }),
      next: () => dispatch({ type: 'focus', by: 1 }),
      previous: () => dispatch({ type: 'focus', by: -1 }),
      remove: () => dispatch({ type: 'remove' }),
      copy: () => screen.copy(queries[focus] ?? ''),
    },
    off: {
      ...(none !== undefined && { remove: none, copy: none }),
      ...(queries.length < 2 && { next: 'there is no other query', previous: 'there is no other query' }),
      ...(full !== undefined && { add: full, browse: full }),
    },
  })
  if (none !== undefined) return <Lines lines={invitation(screen)} rows={rows} />
  if (view === 'table') return <Results screen={screen} answers={answers} rows={rows} />
  return (
    <Chart
      {...{ screen, answers, reading, rows, plotColumns }}
      dispatch={(event) => dispatch({ type: 'reading', event })}
    />
  )
}

function invitation({ columns, theme }: ScreenProps): string[] {
  const text = 'e types a query, b browses the metrics that Prometheus has'
  return ['', ...wrap(text, Math.max(10, columns - 4)).map((line) => theme.paint('dim', `   ${line}`))]
}

function titleLine(
  { view, queries }: ExplorerState,
  answers: readonly Answered[],
  { theme, columns, deck }: ScreenProps,
): string {
  const step = answers.find(({ asked }) => asked !== undefined)?.asked?.step
  const moment = deck.range.get().to === undefined ? 'now' : 'at the end of the range'
  const every = step === undefined ? '' : `, a value every ${formatSpan(step)}`
  const what = view === 'chart' ? `over the range${every}` : moment
  const text = queries.length === 0 ? ' metrics' : ` metrics ${theme.glyph.note} ${what}`
  return theme.paint('title', pad(clip(text, columns), columns))
}
