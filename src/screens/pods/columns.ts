// The pods table: what stays left, what moves right, so that little is sent when a number changes.
import type { Usage } from '#live/deck.ts'
import type { PodRow } from '#model/kube.ts'
import { ownerOf } from '#model/pod-owner.ts'
import { podTone } from '#model/pod-tone.ts'
import { ageColumn, nameColumn, namespaceColumn } from '#screens/list/cells.ts'
import type { Column } from '#ui/columns.ts'
import { bytes, cores, ofLimit } from '#ui/format.ts'
import type { Lead, LeadGlyph } from '#ui/table-lead.ts'
import type { Role } from '#ui/theme.ts'

export const isFaulty = (pod: PodRow): boolean => {
  const tone = podTone(pod)
  return tone === 'bad' || tone === 'warn'
}

export const haystack = (pod: PodRow): string =>
  `${pod.name} ${pod.namespace} ${pod.status} ${pod.node ?? ''}`

const leads: Readonly<Record<'bad' | 'warn' | 'off', LeadGlyph>> = {
  bad: { glyph: 'bad', role: 'bad' },
  warn: { glyph: 'warn', role: 'warn' },
  off: { glyph: 'off', role: 'dim' },
}

export const podLead: Lead<PodRow> = (pod) => {
  const tone = podTone(pod)
  return tone && leads[tone]
}

export interface PodColumnParts {
  /** Absent while nothing is known: the cells then show the dash. */
  readonly usage: Usage | undefined
  /** In whole minutes, milliseconds. */
  readonly now: number
  readonly oneNamespace: boolean
  readonly none: string
}

export function podColumns({ usage, now, oneNamespace, none }: PodColumnParts): readonly Column<PodRow>[] {
  const used = (pod: PodRow) => usage?.get(`${pod.namespace}/${pod.name}`)
  return [
    ...(oneNamespace ? [] : [namespaceColumn]),
    nameColumn,
    {
      id: 'ready',
      header: 'ready',
      width: 5,
      align: 'right',
      get: (pod) => `${pod.ready}/${pod.containers}`,
    },
    {
      id: 'status',
      header: 'status',
      width: 16,
      get: (pod) => pod.status,
      tone: podTone,
      order: rank,
      sortKey: 'S',
    },
    {
      id: 'restarts',
      header: 'rst',
      width: 4,
      align: 'right',
      get: (pod) => String(pod.restarts),
      order: (pod) => -pod.restarts,
      greatestFirst: true,
      sortKey: 'R',
      tone: (pod): Role | undefined => (pod.restarts === 0 ? 'dim' : undefined),
    },
    {
      id: 'node',
      header: 'node',
      width: 12,
      cut: 'middle',
      from: 120,
      get: (pod) => pod.node ?? none,
      order: (pod) => pod.node,
      sortKey: 'O',
    },
    { id: 'owner', header: 'owner', width: 22, grow: 1, cut: 'middle', from: 160, get: ownerText },
    { id: 'ip', header: 'ip', width: 15, from: 200, get: (pod) => pod.ip ?? none, tone: () => 'dim' },
    { id: 'qos', header: 'qos', width: 10, from: 200, get: (pod) => pod.qos ?? none, tone: () => 'dim' },
    { ...ageColumn(now), from: 120 },
    {
      id: 'cpu',
      header: 'cpu',
      width: 5,
      align: 'right',
      get: (pod) => numberOr(used(pod)?.cpu, cores, none),
      order: (pod) => negative(used(pod)?.cpu),
      greatestFirst: true,
      sortKey: 'C',
      tone: (pod) => nearLimit(used(pod)?.cpu, pod.limits.cpu),
    },
    {
      id: 'memory',
      header: 'mem',
      width: 11,
      align: 'right',
      get: (pod) => memoryText(used(pod)?.memory, pod.limits.memory, none),
      order: (pod) => negative(used(pod)?.memory),
      greatestFirst: true,
      sortKey: 'M',
      tone: (pod) => nearLimit(used(pod)?.memory, pod.limits.memory),
    },
  ]
}

const ranks = { bad: 0, warn: 1, off: 3 } as const

/** Broken first, then what is on its way, then well, then finished. A number: ten thousand of them are compared. */
function rank(pod: PodRow): number {
  const tone = podTone(pod)
  return tone === undefined ? 2 : ranks[tone]
}

function ownerText(pod: PodRow): string {
  const owner = ownerOf(pod)
  return owner.kind === 'Pod' ? '' : `${owner.kind.toLowerCase()}/${owner.name}`
}

const numberOr = (value: number | undefined, format: (value: number) => string, none: string) =>
  value === undefined ? none : format(value)
const negative = (value: number | undefined) => (value === undefined ? undefined : -value)
const memoryText = (used: number | undefined, limit: number | undefined, none: string) =>
  used === undefined ? none : ofLimit(used, limit, bytes)

/** Near its limit is at risk; without a limit a number has no colour. */
function nearLimit(used: number | undefined, limit: number | undefined): Role | undefined {
  if (used === undefined || limit === undefined || limit === 0) return undefined
  return used / limit >= 0.9 ? 'warn' : undefined
}
