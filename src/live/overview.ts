// The Overview as a feed: judged anew at most twice a second, and only when something it is judged from changed.
import { buildOverview, overviewSteps } from '#model/build-overview.ts'
import type { Overview } from '#model/overview.ts'
import type { Feed } from './feed.ts'
import { lazyFeed } from './lazy-feed.ts'
import { feedsOf, inputsOf, knownOf, type OverviewParts, stampOf } from './overview-parts.ts'

/** Ages cross thresholds without any input changing: a pod pending for a minute is trouble. */
const rejudge = 15_000

/** Judging ten thousand pods takes a while: it may take this share of the time, and no more. */
const share = 1 / 60
const soonest = 500
/** What is there for the first time does not wait that long: it is what the operator waits for. */
const first = 50

/** A frame's worth, milliseconds: then keys come first, and the judgement goes on after them. */
const slice = 6

export function openOverview(parts: OverviewParts): Feed<Overview> {
  const { timing } = parts
  return lazyFeed(buildOverview(inputsOf(parts), timing.now()), (emit) => {
    let stamp: readonly unknown[] = []
    let judgedAt = Number.NEGATIVE_INFINITY
    let known = 0
    let cost = 0
    let judging = false
    let cancel = () => {}
    const work = (steps: Generator<undefined, Overview>) => {
      const begun = timing.now()
      let step = steps.next()
      while (!step.done && timing.now() - begun < slice) step = steps.next()
      cost += timing.now() - begun
      if (!step.done) {
        cancel = timing.after(0, () => work(steps))
        return
      }
      judging = false
      cancel = timing.after(rejudge, publish)
      emit(step.value)
      // What changed meanwhile is judged in its turn.
      look()
    }
    const publish = () => {
      cancel()
      judging = true
      stamp = stampOf(parts)
      known = knownOf(parts)
      judgedAt = timing.now()
      cost = 0
      work(overviewSteps(inputsOf(parts), judgedAt))
    }
    const look = () => {
      const next = stampOf(parts)
      if (judging || next.every((value, index) => Object.is(value, stamp[index]))) return
      const usual = Math.max(soonest, cost / share)
      const wait = (knownOf(parts) > known ? Math.min(first, usual) : usual) - (timing.now() - judgedAt)
      cancel()
      if (wait <= 0) publish()
      else cancel = timing.after(wait, publish)
    }
    const stops = feedsOf(parts).map((feed) => feed.subscribe(look))
    look()
    return () => {
      cancel()
      for (const stop of stops) stop()
    }
  })
}
