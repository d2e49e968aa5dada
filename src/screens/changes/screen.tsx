// What Flux and others changed in the cluster, around a moment where one is asked for. Arguments: none, or a namespace,
// or what is asked of, as `detailOf` makes them, and the moment (places.ts).
import { type ReactNode, useMemo } from 'react'
import { type ChangeRow, isChangeIn } from '#model/change-rows.ts'
import { screenNames } from '#model/screen-names.ts'
import { objectBindings, objectKeys } from '#screens/list/keys.ts'
import { ListScreen } from '#screens/list/ListScreen.tsx'
import { useScope } from '#screens/list/scope.ts'
import { momentOf, refOfArgs } from '#screens/places.ts'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import { datedLabel } from '#ui/charts/axis.ts'
import { markBindings, moveBindings, sortBindings } from '#ui/table-keys.ts'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { changeColumns, changeLead, haystack, whenCells } from './columns.ts'
import { changesFeed } from './feed.ts'

const minute = 60_000
/** In the title a minute is fine enough; the rows have their seconds. */
const hours = 360 * minute
const nearestFirst = { id: 'away', descending: false }
const newestFirst = { id: 'when', descending: false }

/** What is kept of changes is little: what is missing here may have been changed all the same. */
const kept = { wide: 'Flux: last change only; others: 1h', narrow: 'Flux: last; rest: 1h' }
const wideFrom = 100

function ChangesScreen(screen: ScreenProps): ReactNode {
  const { deck, theme, args, timeZone } = screen
  const subject = useMemo(() => (args.length < 3 ? undefined : refOfArgs(args)), [args])
  const moment = momentOf(args)
  const reading = useFeed(useMemo(() => changesFeed(deck, subject), [deck, subject]))
  const now = useNow(deck.now, minute)
  const scope = useScope(screen)
  const only = useMemo(() => scope.only && ((row: ChangeRow) => isChangeIn(row, scope.label)), [scope])
  const { none } = theme.glyph
  const rows = reading.data?.rows
  const when = useMemo(() => whenCells(rows ?? [], { now, timeZone }), [rows, now, timeZone])
  const columns = useMemo(
    () => changeColumns({ now, timeZone, moment, subject, none, when }),
    [now, timeZone, moment, subject, none, when],
  )
  const keys = objectKeys(screen, 'changes', (row: ChangeRow) => row.ref)
  const at =
    moment === undefined ? '' : ` around ${datedLabel(moment, now, timeZone, Math.max(hours, now - moment))}`
  return (
    <ListScreen
      screen={screen}
      what={`changes${at}`}
      dated
      scope={scope.label}
      reading={reading}
      columns={columns}
      haystack={haystack}
      {...(only && { only })}
      lead={changeLead}
      sort={moment === undefined ? newestFirst : nearestFirst}
      remark={{ text: screen.columns < wideFrom ? kept.narrow : kept.wide, role: 'dim' }}
      keys={keys}
    />
  )
}

const anything = { group: '', kind: 'Pod', name: '' }

export const changesScreen: ScreenDef = {
  name: 'changes',
  aliases: screenNames.changes,
  title: 'changes',
  help: 'what Flux and others changed: of each Flux object the last, of the rest one hour',
  Screen: ChangesScreen,
  bindings: [
    ...objectBindings,
    ...moveBindings,
    ...markBindings,
    ...sortBindings(changeColumns({ now: 0, timeZone: 'UTC', moment: 0, subject: anything, none: '' })),
  ],
}
