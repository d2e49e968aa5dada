// Pods: all of them or one namespace's, with what they use.
import { type ReactNode, useMemo } from 'react'
import type { PodRow } from '#model/kube.ts'
import { ownerOf, refOf } from '#model/pod-owner.ts'
import { screenNames } from '#model/screen-names.ts'
import { actOn } from '#screens/list/keys.ts'
import { ListScreen } from '#screens/list/ListScreen.tsx'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import type { TableKeys } from '#ui/Table.tsx'
import { markBindings, moveBindings, sortBindings } from '#ui/table-keys.ts'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { haystack, isFaulty, podColumns, podLead } from './columns.ts'
import { type PodAction, podBindings } from './keys.ts'

const minute = 60_000
const byName = { id: 'name', descending: false }

function PodsScreen(screen: ScreenProps): ReactNode {
  const { deck, theme } = screen
  const reading = useFeed(deck.pods)
  const usage = useFeed(deck.podUsage).data
  const now = useNow(deck.now, minute)
  const namespace = useFeed(deck.namespace)
  const none = theme.glyph.none
  const columns = useMemo(
    () => podColumns({ usage, now, oneNamespace: namespace !== undefined, none }),
    [usage, now, namespace, none],
  )
  const [node] = screen.args
  const only = useMemo(() => (node === undefined ? undefined : (pod: PodRow) => pod.node === node), [node])
  const keys: TableKeys<PodRow, PodAction> = {
    title: 'pods',
    bindings: podBindings,
    run: (action, [pod]) => act(screen, action, pod),
    off: (pod) => ({
      ...(pod !== undefined && pod.restarts === 0 && { previous: 'no container of it was restarted' }),
      ...(pod !== undefined && pod.node === undefined && { node: 'it is on no node' }),
    }),
  }
  return (
    <ListScreen
      screen={screen}
      what={node === undefined ? 'pods' : `pods on ${node}`}
      scope={namespace ?? 'all namespaces'}
      reading={reading}
      columns={columns}
      haystack={haystack}
      {...(only && { only })}
      faulty={isFaulty}
      lead={podLead}
      sort={byName}
      keys={keys}
    />
  )
}

function act(screen: ScreenProps, action: PodAction, pod: PodRow): void {
  switch (action) {
    case 'logs':
      screen.go('logs', ['Pod', pod.namespace, pod.name])
      return
    case 'previous':
      screen.go('logs', ['Pod', pod.namespace, pod.name, 'previous'])
      return
    case 'owner':
      actOn(screen, 'open', ownerOf(pod))
      return
    case 'node':
      if (pod.node !== undefined) actOn(screen, 'open', { group: '', kind: 'Node', name: pod.node })
      return
    default:
      actOn(screen, action, refOf('Pod', pod.namespace, pod.name))
  }
}

export const podsScreen: ScreenDef = {
  name: 'pods',
  aliases: screenNames.pods,
  title: 'pods',
  help: 'every pod, its state, and what it uses of its limits',
  Screen: PodsScreen,
  bindings: [
    ...podBindings,
    ...moveBindings,
    ...markBindings,
    ...sortBindings(podColumns({ usage: undefined, now: 0, oneNamespace: false, none: '' })),
  ],
}
