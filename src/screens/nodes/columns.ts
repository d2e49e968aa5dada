// The nodes table: state, what speaks against it, and use against what it can give.
import type { NodeUsage } from '#live/deck.ts'
import type { NodeRow } from '#model/kube.ts'
import { numberFigures } from '#model/node-figures.ts'
import { ofNode } from '#model/node-hosts.ts'
import { nodeStatus, troubledConditions } from '#model/node-status.ts'
import { ageColumn, nameColumn } from '#screens/list/cells.ts'
import type { Column } from '#ui/columns.ts'
import { bytes, cores, ofLimit } from '#ui/format.ts'
import type { Lead } from '#ui/table-lead.ts'
import type { Role } from '#ui/theme.ts'
import { absentFigure, figureColumns, type LineParts, lineColumn } from './figures.ts'

export const isFaulty = (node: NodeRow): boolean => troubledConditions(node).length > 0 || node.cordoned

export const haystack = (node: NodeRow): string =>
  `${node.name} ${nodeStatus(node)} ${node.roles.join(' ')} ${node.taints.join(' ')} ${node.arch ?? ''}`

export const nodeLead: Lead<NodeRow> = (node) => {
  if (node.ready !== 'True') return { glyph: 'bad', role: 'bad' }
  if (troubledConditions(node).length > 0) return { glyph: 'warn', role: 'warn' }
  return node.cordoned ? { glyph: 'off', role: 'warn' } : undefined
}

export interface NodeColumnParts {
  readonly usage: NodeUsage | undefined
  /** Pods by node name; absent while pods are not known. */
  readonly pods: ReadonlyMap<string, number> | undefined
  readonly now: number
  readonly lines: LineParts
}

/** How full the nodes are, each number with its line over the range where the width has room. */
export function figureView(parts: NodeColumnParts): readonly Column<NodeRow>[] {
  const { name, status, age, pods, cpu, memory } = columnsOf(parts)
  const { lines } = parts
  return [
    name,
    status,
    // No room for it, but an order.
    { ...age, hidden: true },
    pods,
    cpu,
    ...lineColumn('cpu', lines),
    memory,
    ...lineColumn('memory', lines),
    ...numberFigures.flatMap((figure) => figureColumns(figure, lines)),
  ]
}

/** What the nodes are: what they run, where, and since when. */
export function wideView(parts: NodeColumnParts): readonly Column<NodeRow>[] {
  const { name, status, roles, age, pods, cpu, memory } = columnsOf(parts)
  const none = parts.lines.theme.glyph.none
  return [
    ...[name, status, roles],
    {
      id: 'taints',
      header: 'taints',
      width: 14,
      grow: 2,
      cut: 'middle',
      from: 200,
      get: (node) => node.taints.join(' '),
    },
    { id: 'kubelet', header: 'kubelet', width: 13, from: 160, get: (node) => node.kubelet ?? none },
    { id: 'os', header: 'os', width: 18, cut: 'end', from: 200, get: (node) => node.os ?? none },
    { id: 'arch', header: 'arch', width: 5, from: 120, get: (node) => node.arch ?? none },
    { id: 'ip', header: 'ip', width: 13, from: 160, get: (node) => node.ip ?? none },
    ...[age, pods, cpu, memory],
    ...numberFigures.map((figure) =>
      absentFigure(figure, parts.lines.size, 'ctrl-w shows the figures again'),
    ),
  ]
}

function columnsOf({ usage, pods, now, lines }: NodeColumnParts) {
  const { none } = lines.theme.glyph
  const used = (node: NodeRow) => ofNode(usage, node)
  return {
    name: { ...nameColumn, width: 12, grow: 1 },
    status: {
      id: 'status',
      header: 'status',
      width: 24,
      grow: 3,
      get: statusText,
      tone: (node): Role | undefined => nodeLead(node)?.role,
      order: rank,
      sortKey: 'S',
    },
    roles: { id: 'roles', header: 'roles', width: 13, from: 120, get: (node) => node.roles.join(',') },
    age: { ...ageColumn(now), from: 120 },
    pods: {
      id: 'pods',
      header: 'pods',
      width: 7,
      align: 'right',
      get: (node) => {
        const count = pods?.get(node.name)
        return pods === undefined ? none : `${count ?? 0}/${node.allocatable.pods ?? none}`
      },
    },
    cpu: {
      id: 'cpu',
      header: 'cpu',
      width: 9,
      align: 'right',
      get: (node) => valueText(used(node)?.cpu, node.allocatable.cpu, cores, none),
      order: (node) => negative(ratio(used(node)?.cpu, node.allocatable.cpu)),
      greatestFirst: true,
      sortKey: 'C',
      tone: (node) => nearLimit(ratio(used(node)?.cpu, node.allocatable.cpu)),
    },
    memory: {
      id: 'memory',
      header: 'mem',
      width: 11,
      align: 'right',
      get: (node) => valueText(used(node)?.memory, node.allocatable.memory, bytes, none),
      order: (node) => negative(ratio(used(node)?.memory, node.allocatable.memory)),
      greatestFirst: true,
      sortKey: 'M',
      tone: (node) => nearLimit(ratio(used(node)?.memory, node.allocatable.memory)),
    },
  } satisfies Readonly<Record<string, Column<NodeRow>>>
}

/** `Ready`, `NotReady`, `Ready DiskPressure`: the state, and what speaks against the node beside it. */
function statusText(node: NodeRow): string {
  const against = troubledConditions(node).flatMap(({ type }) => (type === 'Ready' ? [] : [type]))
  return [nodeStatus(node), ...against].join(' ')
}

/** Broken first, then at risk or cordoned, then well. */
function rank(node: NodeRow): number {
  const lead = nodeLead(node)
  return lead === undefined ? 2 : lead.glyph === 'bad' ? 0 : 1
}

const ratio = (used: number | undefined, of: number | undefined) =>
  used === undefined || of === undefined || of === 0 ? undefined : used / of
const negative = (value: number | undefined) => (value === undefined ? undefined : -value)
const nearLimit = (share: number | undefined): Role | undefined =>
  share === undefined || share < 0.9 ? undefined : 'warn'
const valueText = (
  used: number | undefined,
  limit: number | undefined,
  format: (value: number) => string,
  none: string,
) => (used === undefined ? none : ofLimit(used, limit, format))
