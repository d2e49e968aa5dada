// The Overview wired to the deck: what is wrong first, then what the cluster has and does.
import { type ReactNode, useContext, useMemo, useReducer } from 'react'
import { screenNames } from '#model/screen-names.ts'
import { hasCharts } from '#model/subject-charts/has-charts.ts'
import { detailOf } from '#screens/places.ts'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import { LateContext } from '#ui/Patience.tsx'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { useKeys } from '#ui/useKeys.ts'
import { arrangeOverview } from './arrange.ts'
import { type CursorMove, moveCursor, selectedOf, targetsOf } from './cursor.ts'
import { overviewBindings } from './keys.ts'
import { seenOf } from './seen.ts'
import { subjectLabel } from './subject.ts'
import { OverviewView } from './view.tsx'

const withLogs = new Set(['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicaSet'])

function OverviewScreen(props: ScreenProps): ReactNode {
  const { deck, theme, columns, rows, timeZone, memory, filter, faultsOnly, go, copy } = props
  const overview = useFeed(deck.overview)
  useNow(deck.now, 60_000)
  const now = deck.now.get()
  const late = useContext(LateContext)
  const seen = useMemo(() => seenOf(filter, faultsOnly), [filter, faultsOnly])
  const bands = arrangeOverview(overview, { columns, rows, now, timeZone, late, ...seen }, theme)
  const targets = targetsOf(bands)
  // Moves and not places are dispatched: keys that arrive in one piece each start where the one before ended.
  const [wanted, move] = useReducer(
    (id: string | undefined, how: CursorMove) => moveCursor(targets, id, how),
    memory.get('selected'),
    (known) => (typeof known === 'string' ? known : undefined),
  )
  const selected = selectedOf(targets, wanted)
  memory.set('selected', wanted)

  const ref = selected?.ref
  const nothing = selected === undefined ? 'nothing is selected' : undefined
  const noObject = nothing ?? (ref === undefined ? 'the line is about no single object' : undefined)
  const noLogs =
    nothing ?? (ref !== undefined && withLogs.has(ref.kind) ? undefined : 'only pods and workloads have logs')
  const noCharts =
    nothing ??
    (ref !== undefined && hasCharts(ref) ? undefined : 'only nodes, pods and workloads are measured')
  useKeys({
    title: 'overview',
    bindings: overviewBindings,
    run: {
      open: () => {
        if (selected?.screen !== undefined) go(selected.screen)
        if (ref === undefined) return
        const { screen, args } = detailOf(ref)
        go(screen, args)
      },
      logs: () => {
        if (ref !== undefined) go('logs', [ref.kind, ref.namespace ?? '-', ref.name])
      },
      charts: () => {
        if (ref !== undefined) go('charts', detailOf(ref).args)
      },
      copy: () => {
        if (ref !== undefined) copy(subjectLabel(ref))
      },
      down: () => move('down'),
      up: () => move('up'),
      first: () => move('first'),
      last: () => move('last'),
      'next-pane': () => move('next-pane'),
      'previous-pane': () => move('previous-pane'),
    },
    off: {
      ...(nothing === undefined ? {} : { open: nothing }),
      ...(noObject === undefined ? {} : { copy: noObject }),
      ...(noLogs === undefined ? {} : { logs: noLogs }),
      ...(noCharts === undefined ? {} : { charts: noCharts }),
    },
  })
  return <OverviewView bands={bands} selected={selected?.id} rows={rows} theme={theme} />
}

export const overviewScreen: ScreenDef = {
  name: 'overview',
  aliases: screenNames.overview,
  title: 'overview',
  help: 'what is wrong, since when, what changed',
  Screen: OverviewScreen,
  bindings: overviewBindings,
}
