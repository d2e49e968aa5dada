// What is said of the object above its charts, from what the deck has; the object itself is read only while it is shown.
import { useMemo } from 'react'
import { combine } from '#live/derive.ts'
import type { Feed } from '#live/feed.ts'
import { type Live, nothingYet } from '#live/live.ts'
import type { ObjectRef } from '#model/kube.ts'
import { nodeHistory } from '#model/subject-charts/node.ts'
import type { ChartSpec } from '#model/subject-charts/spec.ts'
import type { FactLines } from '#model/subject-facts/fact.ts'
import { factsOf } from '#model/subject-facts/facts-of.ts'
import type { SubjectMark } from '#model/subject-marks.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { useFeed } from '#ui/useFeed.ts'
import { containerRuns } from './container-runs.ts'
import { historyColumns } from './marks.ts'

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
  const measured = useMemo(() => {
    if (isNode) return deck.chart(nodeHistory(ref.name, address), historyColumns)
    const volumes = specs.find(({ id }) => id === 'volumes')
    return volumes === undefined ? nothing : deck.chart(volumes, plotColumns)
  }, [deck, ref, isNode, address, specs, plotColumns])
  const sources = useMemo(
    () =>
      combine(
        [
          deck.pods,
          deck.workloads,
          isNode ? deck.nodes : nothing,
          deck.events,
          deck.flux,
          isNode ? nothing : deck.object(ref),
          measured,
          deck.namespace,
        ],
        (pods, workloads, nodes, events, flux, object, figures, namespace) => ({
          ...{ pods, workloads, nodes, events, flux, object, measured: figures, namespace },
          containers: object.data?.kind === 'Pod' ? containerRuns(object.data) : undefined,
        }),
      ),
    [deck, ref, isNode, measured],
  )
  const known = useFeed(sources)
  return useMemo(() => factsOf(ref, { ...known, marks }), [ref, known, marks])
}

const nothing: Feed<Live<never>> = { get: () => nothingYet, subscribe: () => () => {} }
