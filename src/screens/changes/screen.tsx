// What Flux and others changed in the cluster, around a moment where one is asked for. Arguments: what is asked of, as
// `detailOf` makes them, and the moment (places.ts).
import { type ReactNode, useMemo } from 'react'
import type { Rows } from '#live/deck.ts'
import { combine } from '#live/derive.ts'
import type { Feed } from '#live/feed.ts'
import type { Live } from '#live/live.ts'
import { type ChangeRow, changeRows } from '#model/change-rows.ts'
import type { ObjectRef } from '#model/kube.ts'
import { actOn, noNamespace, type ObjectAction, objectBindings } from '#screens/list/keys.ts'
import { ListScreen } from '#screens/list/ListScreen.tsx'
import { momentOf, refOfArgs } from '#screens/places.ts'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import { momentLabel } from '#ui/charts/axis.ts'
import type { TableKeys } from '#ui/Table.tsx'
import { markBindings, moveBindings, sortBindings } from '#ui/table-keys.ts'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { changeColumns, haystack } from './columns.ts'

const minute = 60_000
const nearestFirst = { id: 'distance', descending: false }
const newestFirst = { id: 'when', descending: false }

function ChangesScreen(screen: ScreenProps): ReactNode {
  const { deck, args, timeZone } = screen
  const ref = useMemo(() => refOfArgs(args), [args])
  const moment = momentOf(args)
  const reading = useFeed(useMemo(() => changesFeed(screen.deck, ref), [screen.deck, ref]))
  const now = useNow(deck.now, minute)
  const namespace = useFeed(deck.namespace)
  const columns = useMemo(() => changeColumns({ now, timeZone, moment }), [now, timeZone, moment])
  const keys: TableKeys<ChangeRow, ObjectAction> = {
    title: 'changes',
    bindings: objectBindings,
    run: (action, row, marked) =>
      actOn(
        screen,
        action,
        row.ref,
        marked.map((one) => one.ref),
      ),
    off: (row) => (row !== undefined && row.ref.namespace === undefined ? noNamespace : {}),
  }
  const at = moment === undefined ? '' : ` around ${momentLabel(moment, now - moment, timeZone)}`
  return (
    <ListScreen
      screen={screen}
      what={`changes${at}`}
      dated
      scope={namespace ?? 'all namespaces'}
      reading={reading}
      columns={columns}
      haystack={haystack}
      sort={moment === undefined ? newestFirst : nearestFirst}
      keys={keys}
    />
  )
}

/** What is kept of changes is little: the title says so, since what is missing here may have been changed all the same. */
const kept = 'of each Flux object the last, of the rest one hour'

function changesFeed({ pods, flux, workloads, events }: ScreenProps['deck'], ref: ObjectRef) {
  return combine([pods, flux, workloads, events], (...lives): Live<Rows<ChangeRow>> => {
    const [podRows, fluxRows, workloadRows, eventRows] = lives
    const sources = [fluxRows, workloadRows, eventRows]
    const { data: fluxData, ...withoutData } = fluxRows
    if (fluxData === undefined && eventRows.data === undefined) return withoutData
    // What is not read at all is named; what is old makes the table old.
    const read = sources.filter(({ data }) => data !== undefined)
    const state = read.find(({ gap }) => gap !== undefined) ?? read[0] ?? fluxRows
    const missing = sources.flatMap(({ data, gap }) => (data === undefined && gap ? [gap.detail] : []))
    const facts = {
      flux: fluxRows.data?.rows ?? [],
      workloads: workloadRows.data?.rows ?? [],
      events: eventRows.data?.rows ?? [],
    }
    return {
      ...state,
      data: {
        rows: changeRows(facts, ref, podRows.data?.rows ?? []),
        complete: sources.every(({ data, gap }) => data?.complete ?? gap !== undefined),
        partial: [...missing, kept].join('   '),
      },
    }
  }) satisfies Feed<Live<Rows<ChangeRow>>>
}

export const changesScreen: ScreenDef = {
  name: 'changes',
  inner: true,
  aliases: [],
  title: 'changes',
  help: 'what Flux and others changed, around a moment',
  Screen: ChangesScreen,
  bindings: [
    ...objectBindings,
    ...moveBindings,
    ...markBindings,
    ...sortBindings(changeColumns({ now: 0, timeZone: 'UTC', moment: 0 })),
  ],
}
