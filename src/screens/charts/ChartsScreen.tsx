// The charts of one node, pod or workload over the shared range. Arguments as `detailOf` makes them.
import { type ReactNode, useContext, useMemo, useReducer } from 'react'
import type { Rows } from '#live/deck.ts'
import { combine } from '#live/derive.ts'
import type { Live } from '#live/live.ts'
import { noFeed } from '#live/no-feed.ts'
import type { NodeRow, ObjectRef } from '#model/kube.ts'
import { chartsOf } from '#model/subject-charts/charts-of.ts'
import { type Bounds, boundsOf } from '#model/time.ts'
import { aroundOf, detailOf, logsOf, refOfArgs } from '#screens/places.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { timeLabel } from '#ui/charts/axis.ts'
import { cursorLabel } from '#ui/charts/cursor-label.ts'
import { readingOff, readingRun } from '#ui/charts/reading-keys.ts'
import { count } from '#ui/format.ts'
import { Line, Lines } from '#ui/Line.tsx'
import { LateContext } from '#ui/Patience.tsx'
import { clean, clip, pad } from '#ui/text.ts'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { useKeys } from '#ui/useKeys.ts'
import { drawChart } from './draw.ts'
import { Facts } from './Facts.tsx'
import { factRows } from './fact-lines.ts'
import { firstShown, gridOf } from './grid.ts'
import { chartBindings } from './keys.ts'
import { useMarks } from './marks.ts'
import { reduceCharts, startState } from './state.ts'
import { sideBySide } from './view.ts'

export function ChartsScreen(screen: ScreenProps): ReactNode {
  const { deck, theme, args, columns, rows, timeZone, memory, go } = screen
  const ref = useMemo(() => refOfArgs(args), [args])
  const address = useAddress(screen, ref)
  const specs = useMemo(() => chartsOf(ref, address), [ref, address])
  const [state, dispatch] = useReducer(reduceCharts, startState, (start) => remembered(memory) ?? start)
  memory.set('charts', state)

  const wanted = state.full ? 1 : specs.length
  // Where there is hardly room for one chart the facts give way: the detail has them too.
  const said = rows < fewRows ? 0 : factRows
  const grid = gridOf(columns, rows - 1 - said, wanted)
  const first = state.full ? state.focus : firstShown(state.focus, grid)
  const shown = useMemo(() => specs.slice(first, first + grid.shown), [specs, first, grid.shown])
  const plotColumns = grid.width - 10
  const lives = useFeed(
    useMemo(
      () =>
        combine(
          shown.map((spec) => deck.chart(spec, plotColumns)),
          (...all) => all,
        ),
      [deck, shown, plotColumns],
    ),
  )
  const marks = useMarks(screen, ref, address)
  const range = useFeed(deck.range)
  const past = range.to === undefined ? undefined : timeLabel(range.to, timeZone)
  const minute = useNow(deck.now, 60_000)
  const late = useContext(LateContext)
  const room = { width: grid.width, height: grid.height, theme, now: deck.now.get(), timeZone, late }
  const charts = shown.flatMap((spec, index) => {
    const live = lives[index]
    if (live === undefined) return []
    const focused = first + index === state.focus
    const lines = { solo: focused ? state.solo : undefined, hidden: focused ? state.hidden : none }
    return [drawChart({ spec, live, marks, focused, cursor: state.at, ...lines }, room)]
  })
  const carried = state.at === undefined ? [] : [aroundOf(state.at)]
  const inFocus = lives[state.focus - first]?.data
  const within = inFocus ?? boundsOf(range, deck.now.get())
  const linesOfFocus = inFocus?.lines.length ?? 0
  const withPods = ref.kind !== 'Pod'
  useKeys({
    title: 'charts',
    bindings: chartBindings,
    run: {
      ...readingRun({ columns: plotColumns, lines: linesOfFocus, within, dispatch }),
      next: () => dispatch({ type: 'focus', by: 1, count: specs.length }),
      previous: () => dispatch({ type: 'focus', by: -1, count: specs.length }),
      full: () => dispatch({ type: 'full' }),
      logs: () => go('logs', [...logsOf(ref), ...carried]),
      changes: () => go('changes', [...detailOf(ref).args, ...carried]),
      open: () => go('detail', detailOf(ref).args),
      pods: () => go('pods', logsOf(ref)),
    },
    off: {
      ...(ref.kind === 'Node' && { logs: 'a node has no logs here' }),
      ...(!withPods && { pods: 'it is a pod itself' }),
      ...readingOff(linesOfFocus),
    },
  })
  const more = specs.length - shown.length
  const right = [
    ...(state.at === undefined ? [] : [`${readOut(state.at, within, timeZone)}: l logs, h changes`]),
    ...(more > 0 ? [`${count(more, 'more chart')} (tab)`] : []),
  ].join('   ')
  return (
    <>
      <Line text={titleLine(`${clean(ref.kind)} ${subject(ref)}`, right, screen)} />
      {said > 0 && <Facts screen={screen} subject={{ ref, address, marks }} now={minute} past={past} />}
      <Lines lines={sideBySide(charts, grid)} rows={rows - 1 - said} />
    </>
  )
}

const none: ReadonlySet<number> = new Set()

/** Lines of the screen below which there are no facts. */
const fewRows = 12

/** `03:12:00`, and where the charts have gone on without it, or were turned back, `03:12:00, earlier`. */
function readOut(at: number, within: Bounds, timeZone: string | undefined): string {
  const label = cursorLabel(at, within, timeZone)
  if (at < within.from) return `${label}, earlier`
  return at > within.to ? `${label}, later` : label
}

// Only this file writes the entry.
const remembered = (memory: Map<string, unknown>) => memory.get('charts') as typeof startState | undefined

const subject = ({ namespace, name }: ObjectRef) =>
  `${namespace === undefined ? '' : `${clean(namespace)}/`}${clean(name)}`

function titleLine(title: string, right: string, { theme, columns }: ScreenProps): string {
  const tail = right === '' ? '' : `${right} `
  const head = clip(` ${title}`, columns - tail.length - 1, 'middle', theme.glyph.cut)
  return theme.paint('title', pad(head, columns - tail.length)) + theme.paint('dim', tail)
}

/** A node's exporter is known by the node's address. */
function useAddress({ deck }: ScreenProps, { kind, name }: ObjectRef): string | undefined {
  const nodes = useFeed<Live<Rows<NodeRow>>>(kind === 'Node' ? deck.nodes : noFeed)
  return nodes.data?.rows.find((node) => node.name === name)?.ip
}
