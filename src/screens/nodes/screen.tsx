// Nodes: are they there, what speaks against them, how full are they.
import { type ReactNode, useMemo } from 'react'
import type { Rows } from '#live/deck.ts'
import type { NodeRow, PodRow } from '#model/kube.ts'
import { screenNames } from '#model/screen-names.ts'
import { actOn, noNamespace } from '#screens/list/keys.ts'
import { ListScreen } from '#screens/list/ListScreen.tsx'
import { logsOf } from '#screens/places.ts'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import type { TableKeys } from '#ui/Table.tsx'
import { markBindings, moveBindings, sortBindings } from '#ui/table-keys.ts'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { haystack, isFaulty, nodeColumns, nodeLead } from './columns.ts'
import { type NodeAction, nodeBindings } from './keys.ts'

const minute = 60_000
/** What is broken is seen first. */
const byStatus = { id: 'status', descending: false }

function NodesScreen(screen: ScreenProps): ReactNode {
  const { deck, theme } = screen
  const reading = useFeed(deck.nodes)
  const usage = useFeed(deck.nodeUsage).data
  const rows = useFeed(deck.pods).data
  const pods = useMemo(() => (rows?.complete ? countByNode(rows) : undefined), [rows])
  const now = useNow(deck.now, minute)
  const none = theme.glyph.none
  const columns = useMemo(() => nodeColumns({ usage, pods, now, none }), [usage, pods, now, none])
  const keys: TableKeys<NodeRow, NodeAction> = {
    title: 'nodes',
    bindings: nodeBindings,
    run: (action, node, marked) =>
      action === 'pods'
        ? screen.go('pods', logsOf(nodeRef(node)))
        : actOn(screen, action, nodeRef(node), marked.map(nodeRef)),
    off: () => noNamespace,
  }
  return (
    <ListScreen
      screen={screen}
      what="nodes"
      scope={deck.context}
      reading={reading}
      columns={columns}
      haystack={haystack}
      faulty={isFaulty}
      lead={nodeLead}
      sort={byStatus}
      keys={keys}
    />
  )
}

const nodeRef = (node: NodeRow) => ({ group: '', kind: 'Node', name: node.name })

function countByNode({ rows }: Rows<PodRow>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { node, phase } of rows) {
    if (node === undefined || phase === 'Succeeded' || phase === 'Failed') continue
    counts.set(node, (counts.get(node) ?? 0) + 1)
  }
  return counts
}

export const nodesScreen: ScreenDef = {
  name: 'nodes',
  aliases: screenNames.nodes,
  title: 'nodes',
  help: 'the machines: their state, pressure and how full they are',
  Screen: NodesScreen,
  bindings: [
    ...nodeBindings,
    ...moveBindings,
    ...markBindings,
    ...sortBindings(nodeColumns({ usage: undefined, pods: undefined, now: 0, none: '' })),
  ],
}
