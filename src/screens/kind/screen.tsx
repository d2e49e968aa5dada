// Any kind that the server serves, as the server's own Table: arguments are the plural and the group.
import { type ReactNode, useMemo } from 'react'
import type { Resource, TableRow } from '#model/kube.ts'
import {
  actOn,
  type LogAction,
  logBindings,
  noNamespace,
  type ObjectAction,
  objectBindings,
} from '#screens/list/keys.ts'
import { ListScreen } from '#screens/list/ListScreen.tsx'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import type { Binding } from '#ui/keymap.ts'
import { Line } from '#ui/Line.tsx'
import { missing } from '#ui/notice.ts'
import type { TableKeys } from '#ui/Table.tsx'
import { markBindings, moveBindings } from '#ui/table-keys.ts'
import { useFeed } from '#ui/useFeed.ts'
import { kindColumns } from './columns.ts'
import { kindLead } from './judge.ts'

const haystack = (row: TableRow) => `${row.cells.join(' ')} ${row.namespace ?? ''}`
const withLogs = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'])
const workloadKindBindings: readonly Binding<ObjectAction | LogAction>[] = [...objectBindings, ...logBindings]

function KindScreen(screen: ScreenProps): ReactNode {
  const { deck, theme, args } = screen
  const [plural = '', group = ''] = args
  const resources = useFeed(deck.resources)
  const resource = resources.data?.find((one) => one.plural === plural && one.group === group)
  if (resource !== undefined) return <KindTable screen={screen} resource={resource} />
  const none = missing(resources, 'the kinds that the server serves', theme)
  return (
    <Line
      text={theme.paint(none?.role ?? 'warn', ` ${none?.text ?? `the server serves no ${plural}.${group}`}`)}
    />
  )
}

function KindTable({ screen, resource }: { screen: ScreenProps; resource: Resource }): ReactNode {
  const { deck } = screen
  const feed = useMemo(() => deck.table(resource), [deck, resource])
  const reading = useFeed(feed)
  const namespace = useFeed(deck.namespace)
  const data = reading.data
  const columns = useMemo(
    () => kindColumns(data?.columns ?? [], data?.rows ?? [], resource.namespaced && namespace === undefined),
    [data, resource, namespace],
  )
  const lead = useMemo(() => kindLead(data?.columns ?? []), [data?.columns])
  const faulty = useMemo(() => lead && ((row: TableRow) => lead(row) !== undefined), [lead])
  const refOf = (row: TableRow) => ({
    group: resource.group,
    kind: resource.kind,
    name: row.name,
    ...(row.namespace !== undefined && { namespace: row.namespace }),
  })
  const keys: TableKeys<TableRow, ObjectAction | LogAction> = {
    title: resource.plural,
    bindings: withLogs.has(resource.kind) ? workloadKindBindings : objectBindings,
    run: (action, row, marked) => actOn(screen, action, refOf(row), marked.map(refOf)),
    off: () => (resource.namespaced ? {} : noNamespace),
  }
  return (
    <ListScreen
      screen={screen}
      what={resource.plural}
      scope={resource.namespaced ? (namespace ?? 'all namespaces') : 'the cluster'}
      reading={reading}
      columns={columns}
      haystack={haystack}
      {...(faulty && { faulty })}
      {...(lead && { lead })}
      keys={keys}
    />
  )
}

export const kindScreen: ScreenDef = {
  name: 'kind',
  inner: true,
  aliases: [],
  title: 'any kind',
  help: 'any kind by its name, as the server itself lists it',
  Screen: KindScreen,
  bindings: [...workloadKindBindings, ...moveBindings, ...markBindings],
}
