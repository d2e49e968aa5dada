// One object: how it fares, its parts, what happened to it. Arguments as `detailOf` makes them.
import { type ReactNode, useMemo } from 'react'
import { createCell } from '#live/cell.ts'
import type { Deck } from '#live/deck.ts'
import { constantFeed } from '#live/no-feed.ts'
import type { ObjectRef } from '#model/kube.ts'
import { internalIp, type NodeHost, ofNode } from '#model/node-hosts.ts'
import { Pager } from '#screens/pager/Pager.tsx'
import { detailOf, logsOf, refOfArgs } from '#screens/places.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { missing, stale } from '#ui/notice.ts'
import { clean } from '#ui/text.ts'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { fields, text } from './fields.ts'
import { itsPodsFeed } from './its-pods.ts'
import { type DetailAction, detailBindings } from './keys.ts'
import { detailLines } from './lines.ts'
import { ownersOf } from './object.ts'

export function DetailScreen(screen: ScreenProps): ReactNode {
  const { deck, theme, args, go } = screen
  const ref = useMemo(() => refOfArgs(args), [args])
  const object = useFeed(useMemo(() => deck.object(ref), [deck, ref]))
  const events = useFeed(useMemo(() => deck.eventsAbout(ref), [deck, ref]))
  const its = useFeed(useMemo(() => itsPodsFeed(deck, ref), [deck, ref]))
  const found = object.data
  const runs = ref.kind === 'Pod' && text(fields(found?.status).phase) === 'Running'
  const isNode = ref.kind === 'Node' && found !== undefined
  const ip = isNode ? internalIp(found) : undefined
  const usage = useMemo(() => {
    if (isNode) return usageOfNode(deck, { name: ref.name, ...(ip !== undefined && { ip }) })
    // A pod that does not run uses nothing, and has no series that could be asked for.
    return runs ? usageOfPod(deck, ref) : nothing
  }, [deck, ref, isNode, ip, runs])
  const used = useFeed(usage)
  const now = useNow(deck.now, 60_000)
  const lines = useMemo(
    () => (found === undefined ? [] : detailLines({ object: found, events, its, used, now, theme })),
    [found, events, its, used, now, theme],
  )
  const none = missing(object, `${ref.kind} ${clean(ref.name)}`, theme)
  const owner = found && ownersOf(found)[0]
  const node = found && text(fields(found.spec).nodeName)
  const open = (one: ObjectRef) => go('detail', detailOf(one).args)
  const run: Readonly<Record<DetailAction, () => void>> = {
    logs: () => go('logs', logsOf(ref)),
    previous: () => go('logs', [...logsOf(ref), 'previous']),
    charts: () => go('charts', args),
    yaml: () => go('yaml', args),
    owner: () => owner && open(owner),
    node: () => node !== undefined && open({ group: '', kind: 'Node', name: node }),
    pods: () => go('pods', logsOf(ref)),
    copy: () => screen.copy(ref.name),
  }
  return (
    <Pager
      screen={screen}
      title={`${clean(ref.kind)} ${ref.namespace ? `${clean(ref.namespace)}/` : ''}${clean(ref.name)}`}
      remarks={() => stale(object, deck.now.get()) ?? ''}
      lines={none ? [{ text: none.text, role: none.role }] : lines}
      start={{ follow: false, wrapped: true }}
      keys={{
        title: 'detail',
        bindings: detailBindings(ref.kind),
        run: (action) => run[action](),
        off: {
          ...(owner === undefined && { owner: found ? 'nothing owns it' : 'its owner is not known yet' }),
          ...(node === undefined && { node: 'it is on no node' }),
        },
      }}
    />
  )
}

const nothing = constantFeed(undefined)

// Of one alone: the figures of all others do not draw this screen anew.
function usageOfPod(deck: Deck, { namespace, name }: ObjectRef) {
  const key = `${namespace ?? ''}/${name}`
  const feed = deck.podUsageOf(createCell([key]))
  return { get: () => feed.get().data?.get(key), subscribe: feed.subscribe }
}

function usageOfNode({ nodeUsage }: Deck, node: NodeHost) {
  return { get: () => ofNode(nodeUsage.get().data, node), subscribe: nodeUsage.subscribe }
}
