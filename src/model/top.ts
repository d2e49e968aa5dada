// What nodes, pods and workloads use now, beside what was asked for and what is the most they may take.
import type { Amounts, NodeRow, ObjectRef, PodRow, Row } from '#model/kube.ts'
import { type NumberFigure, numberFigures } from '#model/node-figures.ts'
import { type ByHost, ofNode } from '#model/node-hosts.ts'
import { isActive } from '#model/node-pods.ts'
import { linkOf } from '#model/pod-owner.ts'

type Usage = ReadonlyMap<string, Amounts>

/** What a node has beside processors and memory; an absent figure is unknown. */
export type TopFigures = Readonly<Partial<Record<NumberFigure, number>>>
type FiguresByHost = Readonly<Partial<Record<NumberFigure, ByHost<number>>>>

/** Cores and bytes; an absent figure is unknown or not set, never zero. */
export interface TopRow extends Row {
  readonly kind: string
  readonly used: Amounts
  readonly requests: Amounts
  /** A node's: what it can give. */
  readonly limits: Amounts
  /** How many pods are counted in. */
  readonly pods: number
  /** A node's, where they were asked for. */
  readonly figures?: TopFigures
}

export function topPods(pods: readonly PodRow[], usage: Usage): TopRow[] {
  return pods.filter(isActive).map((pod) => ({
    ...identity(pod),
    kind: 'Pod',
    used: usage.get(linkOf(pod).name) ?? {},
    requests: pod.requests,
    limits: pod.limits,
    pods: 1,
  }))
}

export function topNodes(
  nodes: readonly NodeRow[],
  pods: readonly PodRow[],
  usage: ByHost<Amounts>,
  figures?: FiguresByHost,
): TopRow[] {
  const byNode = Map.groupBy(pods.filter(isActive), ({ node }) => node ?? '')
  return nodes.map((node) => {
    const here = byNode.get(node.name) ?? []
    const { cpu, memory } = node.allocatable
    return {
      ...identity(node),
      kind: 'Node',
      used: ofNode(usage, node) ?? {},
      // What asks for nothing takes nothing of what the scheduler has to give.
      requests: summed(here, ({ requests }) => requests, 'counts as none'),
      limits: { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) },
      pods: here.length,
      ...(figures && { figures: figuresOf(node, figures) }),
    }
  })
}

function figuresOf(node: NodeRow, figures: FiguresByHost): TopFigures {
  return Object.fromEntries(
    numberFigures.flatMap((name) => {
      const value = ofNode(figures[name], node)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

export function topWorkloads(pods: readonly PodRow[], usage: Usage): TopRow[] {
  const groups = Map.groupBy(pods.filter(isActive), (pod) => linkOf(pod).key)
  return [...groups.values()].flatMap((members) => {
    const [first] = members
    if (first === undefined) return []
    const { owner } = linkOf(first)
    return [workloadRow(first, owner, members, usage)]
  })
}

function workloadRow(first: PodRow, owner: ObjectRef, members: readonly PodRow[], usage: Usage): TopRow {
  return {
    ...identity(first),
    name: owner.name,
    uid: linkOf(first).key,
    kind: owner.kind,
    used: summed(members, (pod) => usage.get(linkOf(pod).name) ?? {}, 'counts as none'),
    // Of what has no limit nobody can say how much it may take.
    requests: summed(members, ({ requests }) => requests, 'leaves all unknown'),
    limits: summed(members, ({ limits }) => limits, 'leaves all unknown'),
    pods: members.length,
  }
}

/** Figures are a node's. */
export type TopOrder = 'cpu' | 'memory' | 'name' | NumberFigure

/** The most first; what is unknown last; equal ones by name. */
export function sortTop(rows: readonly TopRow[], by: TopOrder): TopRow[] {
  const name = ({ namespace = '', name }: TopRow) => `${namespace}/${name}`
  const byName = (a: TopRow, b: TopRow) => (name(a) < name(b) ? -1 : 1)
  if (by === 'name') return [...rows].sort(byName)
  const figure = ({ used, figures }: TopRow) =>
    (by === 'cpu' || by === 'memory' ? used[by] : figures?.[by]) ?? Number.NEGATIVE_INFINITY
  // Unknown beside unknown are equal: their difference is no number.
  return [...rows].sort((a, b) => figure(b) - figure(a) || byName(a, b))
}

const identity = ({ uid, namespace, name, createdAt, labels }: Row): Row => ({
  ...{ uid, name, createdAt, labels },
  ...(namespace !== undefined && { namespace }),
})

function summed(
  pods: readonly PodRow[],
  amountsOf: (pod: PodRow) => Amounts,
  absent: 'counts as none' | 'leaves all unknown',
): Amounts {
  const total = (name: 'cpu' | 'memory') => {
    const amounts = pods.map((pod) => amountsOf(pod)[name])
    const known = amounts.filter((amount) => amount !== undefined)
    if (known.length === 0 || (absent === 'leaves all unknown' && known.length < amounts.length))
      return undefined
    return known.reduce((sum, amount) => sum + amount, 0)
  }
  const [cpu, memory] = [total('cpu'), total('memory')]
  return { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) }
}
