// The clock that ages are counted against: steps once a second, on the second, while somebody looks.
import type { Feed } from './feed.ts'
import { lazyFeed } from './lazy-feed.ts'
import type { Timing } from './timing.ts'

/** Milliseconds since the epoch, whole seconds. */
export function nowFeed(timing: Timing): Feed<number> {
  const second = () => Math.floor(timing.now() / 1000) * 1000
  const feed = lazyFeed(second(), (emit) => {
    let cancel: () => void
    const step = () => {
      cancel = timing.after(1000 - (timing.now() % 1000), step)
      emit(second())
    }
    step()
    return () => cancel()
  })
  // Who asks without looking gets the time as well, not the second when the last one looked away.
  return { get: () => Math.max(feed.get(), second()), subscribe: feed.subscribe }
}
