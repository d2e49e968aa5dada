// Pods: all of them or one namespace's, with what they use.
import { type ReactNode, useMemo } from 'react'
import type { PodRow } from '#model/kube.ts'
import { ownerOf, refOf } from '#model/pod-owner.ts'
import { screenNames } from '#model/screen-names.ts'
import { actOn } from '#screens/list/keys.ts'
import { ListScreen } from '#screens/list/ListScreen.tsx'
import { useScope } from '#screens/list/scope.ts'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import { remarkOf } from '#ui/notice.ts'
import type { TableKeys } from '#ui/Table.tsx'
import { markBindings, moveBindings, sortBindings } from '#ui/table-keys.ts'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { haystack, isFaulty, podColumns, podLead } from './columns.ts'
import { type PodAction, podBindings } from './keys.ts'
import { podsOfArgs, titleOfArgs } from './only.ts'
import { usePodsUsage } from './usage.ts'

const minute = 60_000
/** What is broken is seen first. */
const byStatus = { id: 'status', descending: false }

function PodsScreen(screen: ScreenProps): ReactNode {
  const { deck, theme } = screen
  const reading = useFeed(deck.pods)
  const { usage, onShown } = usePodsUsage(deck, reading)
  const used = usage.data
  const now = useNow(deck.now, minute)
  const scope = useScope(screen)
  const none = theme.glyph.none
  const columns = useMemo(
    () => podColumns({ usage: used, now, oneNamespace: scope.oneNamespace, none }),
    [used, now, scope, none],
  )
  const { args } = screen
  const only = useMemo(() => podsOfArgs(args) ?? scope.only, [args, scope])
  const remark = remarkOf(usage, 'usage', 'prometheus', now)
  const keys: TableKeys<PodRow, PodAction> = {
    title: 'pods',
    bindings: podBindings,
    run: (action, pod, marked) => act(screen, action, pod, marked),
    off: (pod) => ({
      ...(pod !== undefined && pod.restarts === 0 && { previous: 'no container of it was restarted' }),
      ...(pod !== undefined && pod.node === undefined && { node: 'it is on no node' }),
      ...(pod !== undefined && ownerOf(pod).kind === 'Pod' && { owner: 'no workload owns it' }),
    }),
  }
  return (
    <ListScreen
      screen={screen}
      what={titleOfArgs(args)}
      scope={scope.label}
      reading={reading}
      columns={columns}
      haystack={haystack}
      {...(only && { only })}
      faulty={isFaulty}
      lead={podLead}
      sort={byStatus}
      onShown={onShown}
      {...(remark && { remark })}
      keys={keys}
    />
  )
}

const podRef = (pod: PodRow) => refOf('Pod', pod.namespace, pod.name)

function act(screen: ScreenProps, action: PodAction, pod: PodRow, marked: readonly PodRow[]): void {
  switch (action) {
    case 'owner':
      actOn(screen, 'open', ownerOf(pod))
      return
    case 'node':
      if (pod.node !== undefined) actOn(screen, 'open', { group: '', kind: 'Node', name: pod.node })
      return
    default:
      actOn(screen, action, podRef(pod), marked.map(podRef))
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
