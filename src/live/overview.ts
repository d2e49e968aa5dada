// The Overview as a feed: judged anew at most twice a second, and only when something it is judged from changed.
import { buildOverview } from '#model/build-overview.ts'
import type { Overview } from '#model/overview.ts'
import type { Feed } from './feed.ts'
import { gather } from './gather.ts'
import { lazyFeed } from './lazy-feed.ts'
import { feedsOf, inputsOf, type OverviewParts, stampOf } from './overview-parts.ts'

/** Ages cross thresholds without any input changing: a pod pending for a minute is trouble. */
const rejudge = 15_000

export function openOverview(parts: OverviewParts): Feed<Overview> {
  const { timing } = parts
  const judge = () => buildOverview(inputsOf(parts), timing.now())
  return lazyFeed(judge(), (emit) => {
    let stamp: readonly unknown[] = []
    let cancel = () => {}
    const publish = () => {
      stamp = stampOf(parts)
      emit(judge())
    }
    const gathered = gather(publish, timing)
    const look = () => {
      const next = stampOf(parts)
      if (next.some((value, index) => !Object.is(value, stamp[index]))) gathered.changed()
    }
    const again = () => {
      cancel = timing.after(rejudge, () => {
        gathered.changed()
        again()
      })
    }
    const stops = feedsOf(parts).map((feed) => feed.subscribe(look))
    look()
    again()
    return () => {
      cancel()
      gathered.stop()
      for (const stop of stops) stop()
    }
  })
}
