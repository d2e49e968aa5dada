// What is said of the object above its charts, from what the deck has: of now, whatever range they are of.
import { useMemo } from 'react'
import { combine } from '#live/derive.ts'
import type { Feed } from '#live/feed.ts'
import type { Live } from '#live/live.ts'
import { noFeed } from '#live/no-feed.ts'
import { subjectObject } from '#live/subject-object.ts'
import type { ObjectRef } from '#model/kube.ts'
import { claimPattern } from '#model/subject-facts/claimed.ts'
import type { FactLines } from '#model/subject-facts/fact.ts'
import { factsOf } from '#model/subject-facts/facts-of.ts'
import { bootQuestion, claimQuestion, type FiguresNow } from '#model/subject-facts/question.ts'
import type { SubjectMark } from '#model/subject-marks.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { useFeed } from '#ui/useFeed.ts'

export interface FactSubject {
  readonly ref: ObjectRef
  /** A node's, where it is known. */
  readonly address: string | undefined
  readonly marks: readonly SubjectMark[]
}

export function useFacts(
  { deck }: Pick<ScreenProps, 'deck'>,
  { ref, address, marks }: FactSubject,
): FactLines {
  const isNode = ref.kind === 'Node'
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
          deck.namespace,
        ],
        (pods, workloads, nodes, events, flux, itself, namespace) => ({
          ...{ pods, workloads, nodes, events, flux, namespace },
          ...itself,
        }),
      ),
    [deck, ref, isNode],
  )
  const known = useFeed(sources)
  const claims = isNode ? undefined : claimPattern(ref, known.object)
  const volumes = useFeed(
    useMemo<Feed<Live<FiguresNow>>>(
      () => (claims === undefined ? noFeed : deck.figuresNow(claimQuestion(ref, claims))),
      [deck, ref, claims],
    ),
  )
  const boot = useFeed(
    useMemo<Feed<Live<FiguresNow>>>(
      () => (isNode ? deck.figuresNow(bootQuestion(ref.name, address)) : noFeed),
      [deck, ref, isNode, address],
    ),
  )
  return useMemo(() => factsOf(ref, { ...known, volumes, boot, marks }), [ref, known, volumes, boot, marks])
}
