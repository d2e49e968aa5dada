// What the pods of the table use. Of many only those in view are asked for, and of all while they stand in that order.
import { useCallback, useMemo, useState } from 'react'
import { createCell } from '#live/cell.ts'
import type { Deck, Rows, Usage } from '#live/deck.ts'
import type { Live } from '#live/live.ts'
import { noFeed } from '#live/no-feed.ts'
import type { PodRow } from '#model/kube.ts'
import type { Reading } from '#model/reading.ts'
import type { Shown } from '#ui/Table.tsx'
import { useFeed } from '#ui/useFeed.ts'

/** Up to here all are asked for at once: then no cell is empty while one scrolls. One page of a list. */
const few = 500
const bySize = new Set(['cpu', 'memory'])

export interface PodsUsage {
  readonly usage: Live<Usage>
  /** For the table to tell what it shows. */
  readonly onShown: (shown: Shown<PodRow>) => void
}

export function usePodsUsage(deck: Deck, reading: Reading<Rows<PodRow>>): PodsUsage {
  const view = useMemo(() => createCell<readonly string[]>([]), [])
  const viewed = useMemo(() => deck.podUsageOf(view), [deck, view])
  const [sorted, setSorted] = useState(false)
  const rows = reading.data
  const all = sorted || (rows !== undefined && rows.rows.length <= few)
  // Asked for when the pods are there: the first rows would wait for it.
  const usage = useFeed<Live<Usage>>(rows?.complete !== true ? noFeed : all ? deck.podUsage : viewed)
  const onShown = useCallback(
    ({ rows, sort }: Shown<PodRow>) => {
      setSorted(sort !== undefined && bySize.has(sort.id))
      const names = rows.filter(isRunning).map((pod) => `${pod.namespace}/${pod.name}`)
      const known = view.get()
      if (names.length !== known.length || names.some((name, index) => name !== known[index])) view.set(names)
    },
    [view],
  )
  return { usage, onShown }
}

/** Only what runs uses anything: a view of nothing else has no series, and that is no fault of Prometheus. */
const isRunning = ({ phase }: PodRow) => phase === 'Running'
