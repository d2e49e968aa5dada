// One object: how it fares, its parts, what happened to it. Arguments as `detailOf` makes them.
import { type ReactNode, useMemo } from 'react'
import { pagerBindings } from '#screens/pager/keys.ts'
import { Pager } from '#screens/pager/Pager.tsx'
import { detailOf, refOfArgs } from '#screens/places.ts'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import type { Binding } from '#ui/keymap.ts'
import { missing, stale } from '#ui/notice.ts'
import { clean } from '#ui/text.ts'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { detailLines } from './lines.ts'
import { ownersOf } from './object.ts'

const detailBindings = [
  { keys: ['l'], action: 'logs', label: 'logs', help: 'its logs, as the kubelet has them', footer: 1 },
  { keys: ['p'], action: 'before', label: 'previous', help: 'the logs before its last restart', footer: 3 },
  { keys: ['y'], action: 'yaml', label: 'yaml', help: 'the object as YAML', footer: 2 },
  { keys: ['J'], action: 'owner', label: 'owner', help: 'what it belongs to', footer: 4 },
  {
    keys: ['o'],
    action: 'node',
    label: 'node',
    help: 'the node that it runs on, or the pods on this node',
    footer: 5,
  },
  { keys: ['c'], action: 'copy', label: 'copy', help: 'copy the name' },
] as const satisfies readonly Binding[]

type DetailAction = (typeof detailBindings)[number]['action']

const withLogs = new Set(['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job'])

function DetailScreen(screen: ScreenProps): ReactNode {
  const { deck, theme, args, go } = screen
  const ref = useMemo(() => refOfArgs(args), [args])
  const object = useFeed(useMemo(() => deck.object(ref), [deck, ref]))
  const events = useFeed(useMemo(() => deck.eventsAbout(ref), [deck, ref]))
  const now = useNow(deck.now, 60_000)
  const found = object.data
  const lines = useMemo(
    () => (found === undefined ? [] : detailLines({ object: found, events, now, theme })),
    [found, events, now, theme],
  )
  const none = missing(object, `${ref.kind} ${clean(ref.name)}`, theme)
  const owner = found && ownersOf(found)[0]
  const spec = (found?.spec ?? {}) as Readonly<Record<string, unknown>>
  const node = typeof spec.nodeName === 'string' ? spec.nodeName : undefined
  const logs = withLogs.has(ref.kind) ? undefined : `a ${ref.kind} has no logs`
  const run: Readonly<Record<DetailAction, () => void>> = {
    logs: () => go('logs', [ref.kind, ref.namespace ?? '-', ref.name]),
    before: () => go('logs', [ref.kind, ref.namespace ?? '-', ref.name, 'previous']),
    yaml: () => go('yaml', args),
    owner: () => {
      if (owner) go('detail', detailOf(owner).args)
    },
    node: () => {
      if (ref.kind === 'Node') go('pods', [ref.name])
      else if (node !== undefined) go('detail', detailOf({ group: '', kind: 'Node', name: node }).args)
    },
    copy: () => screen.copy(ref.name),
  }
  return (
    <Pager
      screen={screen}
      title={`${ref.kind} ${ref.namespace ? `${clean(ref.namespace)}/` : ''}${clean(ref.name)}`}
      remarks={stale(object, deck.now.get()) ?? ''}
      lines={none ? [{ text: none.text, role: none.role }] : lines}
      start={{ follow: false, wrapped: true }}
      keys={{
        title: 'detail',
        bindings: detailBindings,
        run: (action) => run[action](),
        off: {
          ...(logs !== undefined && { logs, before: logs }),
          ...(owner === undefined && { owner: 'nothing owns it' }),
          ...(node === undefined && ref.kind !== 'Node' && { node: 'it is on no node' }),
        },
      }}
    />
  )
}

export const detailScreen: ScreenDef = {
  name: 'detail',
  inner: true,
  aliases: [],
  title: 'detail',
  help: 'one object: conditions, containers, events, owner',
  Screen: DetailScreen,
  bindings: [...detailBindings, ...pagerBindings],
}
