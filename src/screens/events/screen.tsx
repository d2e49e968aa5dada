// Events: what the cluster's parts said, newest first.
import { type ReactNode, useMemo } from 'react'
import type { EventRow } from '#model/kube.ts'
import { screenNames } from '#model/screen-names.ts'
import { objectBindings, objectKeys } from '#screens/list/keys.ts'
import { ListScreen } from '#screens/list/ListScreen.tsx'
import { useScope } from '#screens/list/scope.ts'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import { markBindings, moveBindings, sortBindings } from '#ui/table-keys.ts'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { eventColumns, eventLead, haystack, isFaulty } from './columns.ts'

const minute = 60_000
const newestFirst = { id: 'last', descending: false }

function EventsScreen(screen: ScreenProps): ReactNode {
  const { deck } = screen
  const reading = useFeed(deck.events)
  const now = useNow(deck.now, minute)
  const scope = useScope(screen)
  const columns = useMemo(() => eventColumns(now, scope.oneNamespace), [now, scope])
  // An event leads to what it is about; its own YAML says little.
  const keys = objectKeys(screen, 'events', (event: EventRow) => event.about)
  return (
    <ListScreen
      screen={screen}
      what="events"
      scope={scope.label}
      reading={reading}
      columns={columns}
      haystack={haystack}
      {...(scope.only && { only: scope.only })}
      faulty={isFaulty}
      lead={eventLead}
      sort={newestFirst}
      keys={keys}
    />
  )
}

export const eventsScreen: ScreenDef = {
  name: 'events',
  aliases: screenNames.events,
  title: 'events',
  help: 'what the cluster says of its objects, newest first',
  Screen: EventsScreen,
  bindings: [...objectBindings, ...moveBindings, ...markBindings, ...sortBindings(eventColumns(0, false))],
}
