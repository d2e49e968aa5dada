// What happened to the object while its charts ran, from what the deck knows.
import { useMemo } from 'react'
import { combine } from '#live/derive.ts'
import type { Feed } from '#live/feed.ts'
import type { Live } from '#live/live.ts'
import { noFeed } from '#live/no-feed.ts'
import { rolloutFeed } from '#live/rollout-feed.ts'
import type { ObjectRef } from '#model/kube.ts'
import type { ChartData } from '#model/subject-charts/lines.ts'
import { marksAbout, marksOfNode, type SubjectMark } from '#model/subject-marks.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { useFeed } from '#ui/useFeed.ts'
import { historyOf } from './history.ts'

/** The earliest first. */
export function useMarks(
  { deck }: ScreenProps,
  ref: ObjectRef,
  address: string | undefined,
): readonly SubjectMark[] {
  const about = useMemo(
    () =>
      combine(
        [deck.pods, deck.flux, deck.workloads, deck.events, rolloutFeed(deck, ref)],
        (pods, flux, workloads, events, rollout) =>
          marksAbout(ref, {
            pods: pods.data?.rows ?? [],
            flux: flux.data?.rows ?? [],
            workloads: workloads.data?.rows ?? [],
            events: events.data?.rows ?? [],
            rollout,
            // Asked for by the Overview alone; what it knew last is good enough for a mark.
            alerts: deck.overview.get().alerts.data ?? [],
          }),
      ),
    [deck, ref],
  )
  const seen = useMemo<Feed<Live<ChartData>>>(
    () => (ref.kind === 'Node' ? historyOf(deck, ref.name, address) : noFeed),
    [deck, ref, address],
  )
  const own = useFeed(about)
  const { data: history } = useFeed(seen)
  return useMemo(
    () => (history === undefined ? own : [...own, ...marksOfNode(ref, history)].sort((a, b) => a.at - b.at)),
    [own, history, ref],
  )
}
