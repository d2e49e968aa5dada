// The pods of the workload that is shown, and their events. A change of other pods makes no new value.
import type { Deck, Rows } from '#live/deck.ts'
import { combine } from '#live/derive.ts'
import type { Feed } from '#live/feed.ts'
import type { Live } from '#live/live.ts'
import { constantFeed } from '#live/no-feed.ts'
import type { EventRow, ObjectRef, PodRow, Row } from '#model/kube.ts'
import { isPodOf } from '#model/pod-owner.ts'
import type { Reading } from '#model/reading.ts'

export interface ItsPods {
  readonly pods: Reading<Rows<PodRow>>
  /** About these pods alone; those about the workload itself are not among them. */
  readonly events: Reading<Rows<EventRow>>
  /** The one namespace that is read, where it is not the workload's. */
  readonly elsewhere?: string
}

const runners: ReadonlySet<string> = new Set([
  'Deployment.apps',
  'StatefulSet.apps',
  'DaemonSet.apps',
  'ReplicaSet.apps',
  'Job.batch',
  'Cluster.postgresql.cnpg.io',
])

/** Undefined of what runs no pods of its own: nothing is then read. A CronJob's are those of its Jobs. */
export function itsPodsFeed(deck: Deck, ref: ObjectRef): Feed<ItsPods | undefined> {
  if (!runners.has(`${ref.kind}.${ref.group}`)) return constantFeed(undefined)
  const isIts = isPodOf(ref)
  let last: ItsPods | undefined
  return combine([deck.pods, deck.events, deck.namespace], (pods, events, namespace) => {
    const its = narrowed(pods, isIts, last?.pods)
    const names = new Set(its.data?.rows.map(({ name }) => name))
    const isAbout = ({ about }: EventRow) =>
      about.kind === 'Pod' && about.namespace === ref.namespace && names.has(about.name)
    const said = narrowed(events, isAbout, last?.events)
    const elsewhere = namespace === ref.namespace ? undefined : namespace
    if (last === undefined || its !== last.pods || said !== last.events || elsewhere !== last.elsewhere)
      last = { pods: its, events: said, ...(elsewhere !== undefined && { elsewhere }) }
    return last
  })
}

/** `before` where nothing of it changed. When it was read is kept only where it is old. */
function narrowed<T extends Row>(
  { data, dataAt, gap }: Live<Rows<T>>,
  isMeant: (row: T) => boolean,
  before: Reading<Rows<T>> | undefined,
): Reading<Rows<T>> {
  const rows = data?.rows.filter(isMeant)
  const next: Reading<Rows<T>> = {
    ...(data && rows && { data: { ...data, rows } }),
    ...(gap && { gap }),
    ...(gap && dataAt !== undefined && { dataAt }),
    pending: data === undefined && gap === undefined,
  }
  return before !== undefined && isSame(before, next) ? before : next
}

function isSame<T extends Row>(one: Reading<Rows<T>>, other: Reading<Rows<T>>): boolean {
  const [a, b] = [one.data, other.data]
  if (one.gap !== other.gap || one.dataAt !== other.dataAt) return false
  if (a === undefined || b === undefined) return a === b
  return (
    a.complete === b.complete &&
    a.partial === b.partial &&
    a.rows.length === b.rows.length &&
    a.rows.every((row, index) => row === b.rows[index])
  )
}
