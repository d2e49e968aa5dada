// The changes as a reading: what of it is missing is named, each part with its reason.
import type { Deck, Rows } from '#live/deck.ts'
import { combine } from '#live/derive.ts'
import type { Feed } from '#live/feed.ts'
import type { Live } from '#live/live.ts'
import { constantFeed, noFeed } from '#live/no-feed.ts'
import { rolloutFeed } from '#live/rollout-feed.ts'
import { type ChangeRow, changeRows, touchedBy } from '#model/change-rows.ts'
import type { ObjectRef, PodRow, Row } from '#model/kube.ts'
import { isPodOf } from '#model/pod-owner.ts'
import type { Reading } from '#model/reading.ts'

/** `subject`: what is asked of; only it needs the pods, which tell what it runs and belongs to. */
export function changesFeed(deck: Deck, subject: ObjectRef | undefined): Feed<Live<Rows<ChangeRow>>> {
  const { flux, workloads, events, namespace } = deck
  const pods: Feed<Live<Rows<PodRow>>> = subject === undefined ? noFeed : deck.pods
  const rollout = subject === undefined ? constantFeed(undefined) : rolloutFeed(deck, subject)
  return combine([flux, workloads, events, pods, rollout, namespace], (...parts): Live<Rows<ChangeRow>> => {
    const [fluxRows, workloadRows, eventRows, podRows, made, only] = parts
    const { data: fluxData, ...withoutData } = fluxRows
    if (fluxData === undefined && eventRows.data === undefined) return withoutData
    const sources: readonly Live<Rows<Row>>[] = [
      ...[fluxRows, workloadRows, eventRows],
      ...(subject === undefined ? [] : [podRows]),
    ]
    // What is not read at all is named; what is old makes the table old.
    const read = sources.filter(({ data }) => data !== undefined)
    const state = read.find(({ gap }) => gap !== undefined) ?? read[0] ?? fluxRows
    const facts = {
      flux: fluxData?.rows ?? [],
      workloads: workloadRows.data?.rows ?? [],
      events: eventRows.data?.rows ?? [],
      rollout: made,
    }
    const missing = [
      ...sources.flatMap(missingOf),
      ...goneOf(subject, podRows),
      // Who applied something there may live elsewhere.
      ...(only === undefined ? [] : [`only ${only} is read`]),
    ]
    return {
      ...state,
      data: {
        rows: changeRows(facts, subject === undefined ? () => false : touchedBy(subject, podRows)),
        complete: sources.every(({ data, gap }) => data?.complete ?? gap !== undefined),
        ...(missing.length > 0 && { partial: [...new Set(missing)].join('   ') }),
      },
    }
  })
}

function missingOf({ data, gap }: Live<Rows<Row>>): readonly string[] {
  if (data === undefined) return gap === undefined ? [] : [gap.detail]
  return data.partial === undefined ? [] : [data.partial]
}

/** Only a pod that is there tells what it belongs to. */
function goneOf(subject: ObjectRef | undefined, { data }: Reading<Rows<PodRow>>): readonly string[] {
  if (subject?.kind !== 'Pod' || data?.complete !== true || data.rows.some(isPodOf(subject))) return []
  return ['the pod is gone: what owned it is not known']
}
