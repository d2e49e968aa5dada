// Why figures are missing from the nodes table, for its title.
import type { NodeUsage } from '#live/deck.ts'
import type { NodeRow } from '#model/kube.ts'
import { ofNode } from '#model/node-hosts.ts'
import type { Reading } from '#model/reading.ts'
import { type Notice, remarkOf } from '#ui/notice.ts'
import type { FigureReadings } from './figures.ts'

export interface RemarkParts {
  readonly usage: Reading<NodeUsage>
  readonly figures: FigureReadings
  readonly nodes: readonly NodeRow[]
  /** Whether what is waited for has taken long enough to be named. */
  readonly late: boolean
  /** Milliseconds since the epoch. */
  readonly now: number
}

const source = 'prometheus'

/**
 * Of what is missing the most telling sentence alone: usage first, then the other figures, what is still to come, and
 * last the nodes that have none.
 */
export function remarkOn({ usage, figures, nodes, late, now }: RemarkParts): Notice | undefined {
  return (
    remarkOf(usage, 'usage', source, now) ??
    onFigures(figures, now) ??
    (late ? onWaiting(usage, figures) : undefined) ??
    onNodes(usage.data, nodes)
  )
}

type Part = readonly [word: string, reading: Reading<unknown>]

/** The numbers by their names; the lines as history, where the number itself is there. */
function partsOf(figures: FigureReadings): readonly Part[] {
  return [...figures].flatMap(([figure, { now, lines }]): Part[] => {
    if (now !== undefined && now.data === undefined) return [[figure, now]]
    return [...(now === undefined ? [] : [[figure, now] satisfies Part]), ['history', lines]]
  })
}

/** Those that fail in the same way are named together: `no disk, load: prometheus has no series`. */
function onFigures(figures: FigureReadings, now: number): Notice | undefined {
  const failing = partsOf(figures).filter(([, { gap }]) => gap !== undefined)
  const [first] = failing
  if (first === undefined) return undefined
  const [, reading] = first
  const alike = failing.filter(
    ([, { gap, data }]) =>
      gap?.reason === reading.gap?.reason && (data === undefined) === (reading.data === undefined),
  )
  return remarkOf(reading, wordsOf(alike), source, now)
}

function onWaiting(usage: Reading<NodeUsage>, figures: FigureReadings): Notice | undefined {
  const waited = partsOf(figures).filter(([, { data }]) => data === undefined)
  const what = usage.data === undefined ? 'usage' : wordsOf(waited)
  return what === '' ? undefined : { text: `waiting for ${what}`, role: 'dim' }
}

const wordsOf = (parts: readonly Part[]) => [...new Set(parts.map(([word]) => word))].join(', ')

function onNodes(usage: NodeUsage | undefined, nodes: readonly NodeRow[]): Notice | undefined {
  if (usage === undefined) return undefined
  const without = nodes.filter((node) => ofNode(usage, node) === undefined).length
  if (without === 0) return undefined
  return { text: `no usage of ${without} of ${nodes.length} nodes: no series`, role: 'dim' }
}
