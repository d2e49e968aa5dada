// What happened to the object while its charts ran, from what the deck knows.
import { useMemo } from 'react'
import { combine, mapFeed } from '#live/derive.ts'
import type { ObjectRef } from '#model/kube.ts'
import { nodeHistory } from '#model/subject-charts/node.ts'
import { withRollout } from '#model/subject-facts/revision.ts'
import { marksAbout, marksOfNode, type SubjectMark } from '#model/subject-marks.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { useFeed } from '#ui/useFeed.ts'

import { useRollout } from './rollout.ts'

/** Columns at which a node's own history is asked: finer than any two marks that could be told apart. */
export const historyColumns = 120

export function useMarks(
  { deck }: ScreenProps,
  ref: ObjectRef,
  address: string | undefined,
): readonly SubjectMark[] {
  const about = useMemo(
    () =>
      combine([deck.pods, deck.flux, deck.workloads, deck.events], (pods, flux, workloads, events) =>
        marksAbout(ref, {
          pods: pods.data?.rows ?? [],
          flux: flux.data?.rows ?? [],
          workloads: workloads.data?.rows ?? [],
          events: events.data?.rows ?? [],
          // Asked for by the Overview alone; what it knew last is good enough for a mark.
          alerts: deck.overview.get().alerts.data ?? [],
        }),
      ),
    [deck, ref],
  )
  const seen = useMemo(() => {
    if (ref.kind !== 'Node') return undefined
    const history = deck.chart(nodeHistory(ref.name, address), historyColumns)
    return mapFeed(history, ({ data }) => (data === undefined ? noMarks : marksOfNode(ref, data)))
  }, [deck, ref, address])
  const own = useFeed(about)
  const rollout = useRollout(deck, ref)
  const history = useFeed(seen ?? noHistory)
  return useMemo(() => withRollout([...own, ...history], rollout), [own, history, rollout])
}

const noMarks: readonly SubjectMark[] = []
const noHistory = { get: () => noMarks, subscribe: () => () => {} }
