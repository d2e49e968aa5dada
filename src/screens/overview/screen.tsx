// The Overview wired to the deck: what is wrong first, then what the cluster has and does.
import { type ReactNode, useReducer } from 'react'
import { screenNames } from '#model/screen-names.ts'
import { detailOf } from '#screens/places.ts'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { useKeys } from '#ui/useKeys.ts'
import { arrangeOverview } from './arrange.ts'
import { type CursorMove, moveCursor, selectedOf, targetsOf } from './cursor.ts'
import { overviewBindings } from './keys.ts'
import { subjectLabel } from './subject.ts'
import { OverviewView } from './view.tsx'

const withLogs = new Set(['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicaSet'])

function OverviewScreen({ deck, theme, columns, rows, timeZone, memory, go, copy }: ScreenProps): ReactNode {
  const overview = useFeed(deck.overview)
  useNow(deck.now, 60_000)
  const now = deck.now.get()
  const bands = arrangeOverview(overview, { columns, rows, now, timeZone }, theme)
  const targets = targetsOf(bands)
  // Moves and not places are dispatched: keys that arrive in one piece each start where the one before ended.
  const [wanted, move] = useReducer(
    (id: string | undefined, how: CursorMove) => moveCursor(targets, id, how),
    memory.get('selected'),
    (known) => (typeof known === 'string' ? known : undefined),
  )
  const selected = selectedOf(targets, wanted)
  memory.set('selected', selected?.id)

  const ref = selected?.ref
  const nothing = ref === undefined ? 'nothing is selected' : undefined
  const noLogs =
    nothing ?? (ref !== undefined && withLogs.has(ref.kind) ? undefined : 'only pods and workloads have logs')
  useKeys({
    title: 'overview',
    bindings: overviewBindings,
    run: {
      open: () => {
        if (ref === undefined) return
        const { screen, args } = detailOf(ref)
        go(screen, args)
      },
      logs: () => {
        if (ref !== undefined) go('logs', [ref.kind, ref.namespace ?? '-', ref.name])
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
      ...(nothing === undefined ? {} : { open: nothing, copy: nothing }),
      ...(noLogs === undefined ? {} : { logs: noLogs }),
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
