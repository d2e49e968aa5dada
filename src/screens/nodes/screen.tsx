// Nodes: are they there, what speaks against them, how full are they.
import { type ReactNode, useContext, useMemo, useState } from 'react'
import { formatSpan } from '#model/duration.ts'
import type { NodeRow } from '#model/kube.ts'
import { countByNode } from '#model/node-pods.ts'
import { screenNames } from '#model/screen-names.ts'
import { actOn, noNamespace } from '#screens/list/keys.ts'
import { ListScreen } from '#screens/list/ListScreen.tsx'
import { logsOf } from '#screens/places.ts'
import type { ScreenDef, ScreenProps } from '#screens/screen.ts'
import { timeLabel } from '#ui/charts/axis.ts'
import { sizeClass } from '#ui/columns.ts'
import { LateContext } from '#ui/Patience.tsx'
import type { TableKeys } from '#ui/Table.tsx'
import { markBindings, moveBindings, sortBindings } from '#ui/table-keys.ts'
import { createTheme } from '#ui/theme.ts'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { figureView, haystack, isFaulty, nodeLead, wideView } from './columns.ts'
import { figuresAt, noFigures } from './figures.ts'
import { type NodeAction, nodeBindings } from './keys.ts'
import { remarkOn } from './remark.ts'
import { useFigures } from './useFigures.ts'

const minute = 60_000
/** What is broken is seen first. */
const byStatus = { id: 'status', descending: false }

function NodesScreen(screen: ScreenProps): ReactNode {
  const { deck, theme, memory, timeZone } = screen
  const reading = useFeed(deck.nodes)
  const usage = useFeed(deck.nodeUsage)
  const range = useFeed(deck.range)
  const rows = useFeed(deck.pods).data
  const pods = useMemo(() => (rows?.complete ? countByNode(rows.rows) : undefined), [rows])
  const now = useNow(deck.now, minute)
  const size = sizeClass(screen.columns)
  const [wide, setWide] = useState(memory.get('wide') === true)
  const readings = useFigures(deck, wide ? noFigures : figuresAt(size))
  const until = range.to === undefined ? undefined : timeLabel(range.to, timeZone)
  const header = until === undefined ? formatSpan(range.span) : `to ${until}`
  const columns = useMemo(() => {
    const parts = { usage: usage.data, pods, now, lines: { readings, header, theme, size } }
    return wide ? wideView(parts) : figureView(parts)
  }, [usage.data, pods, now, readings, header, theme, size, wide])
  const turn = () => {
    memory.set('wide', !wide)
    setWide(!wide)
  }
  const keys: TableKeys<NodeRow, NodeAction, 'wide'> = {
    title: 'nodes',
    bindings: nodeBindings,
    whole: { wide: turn },
    run(action, node, marked) {
      if (action === 'pods') screen.go('pods', logsOf(nodeRef(node)))
      else actOn(screen, action, nodeRef(node), marked.map(nodeRef))
    },
    off: () => (size === 80 ? { ...noNamespace, ...noRoom } : noNamespace),
  }
  const late = useContext(LateContext)
  const nodes = reading.data?.rows ?? noNodes
  const remark = remarkOn({ usage, figures: readings, nodes, late, now })
  return (
    <ListScreen
      screen={screen}
      what="nodes"
      scope={deck.context}
      reading={reading}
      columns={columns}
      haystack={haystack}
      faulty={isFaulty}
      {...(remark && { remark })}
      lead={nodeLead}
      sort={byStatus}
      keys={keys}
    />
  )
}

const noRoom = { wide: 'there is room for more from 120 columns on' }
const noNodes: readonly NodeRow[] = []

const nodeRef = (node: NodeRow) => ({ group: '', kind: 'Node', name: node.name })

const noLines = {
  readings: new Map(),
  header: '',
  theme: createTheme({ level: 0, ascii: false }),
  size: 200,
} as const

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
    ...sortBindings(figureView({ usage: undefined, pods: undefined, now: 0, lines: noLines })),
  ],
}
