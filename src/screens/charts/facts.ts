// What is said of the object above its charts, from what the deck has; the object itself is read only while it is shown.
import { useMemo } from 'react'
import { combine } from '#live/derive.ts'
import type { Feed } from '#live/feed.ts'
import type { Live } from '#live/live.ts'
import { noFeed } from '#live/no-feed.ts'
import { subjectObject } from '#live/subject-object.ts'
import type { ObjectRef } from '#model/kube.ts'
import type { ChartData } from '#model/subject-charts/lines.ts'
import type { ChartSpec } from '#model/subject-charts/spec.ts'
import type { FactLines } from '#model/subject-facts/fact.ts'
import { factsOf } from '#model/subject-facts/facts-of.ts'
import type { SubjectMark } from '#model/subject-marks.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { useFeed } from '#ui/useFeed.ts'
import { historyOf } from './history.ts'

export interface FactSubject {
  readonly ref: ObjectRef
  /** A node's, where it is known. */
  readonly address: string | undefined
  readonly specs: readonly ChartSpec[]
  /** Columns of the plots: the chart of the volumes is asked once, for itself and for the facts. */
  readonly plotColumns: number
  readonly marks: readonly SubjectMark[]
}

export function useFacts(
  { deck }: ScreenProps,
  { ref, address, specs, plotColumns, marks }: FactSubject,
): FactLines {
  const isNode = ref.kind === 'Node'
  const volumes = useMemo<Feed<Live<ChartData>>>(() => {
    const spec = specs.find(({ id }) => id === 'volumes')
    return spec === undefined ? noFeed : deck.chart(spec, plotColumns)
  }, [deck, specs, plotColumns])
  const sources = useMemo(
    () =>
      combine(
        [
          deck.pods,
          deck.workloads,
          isNode ? deck.nodes : noFeed,
          deck.events,
          deck.flux,
          subjectObject(deck, ref),
          volumes,
          isNode ? historyOf(deck, ref.name, address) : noFeed,
          deck.namespace,
        ],
        (pods, workloads, nodes, events, flux, itself, fill, history, namespace) => ({
          ...{ pods, workloads, nodes, events, flux, volumes: fill, history, namespace },
          ...itself,
        }),
      ),
    [deck, ref, isNode, address, volumes],
  )
  const known = useFeed(sources)
  return useMemo(() => factsOf(ref, { ...known, marks }), [ref, known, marks])
}
