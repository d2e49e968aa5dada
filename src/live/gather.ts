// Changes that come faster than eyes: the first is told at once, later ones together, at most once per interval.
import type { Timing } from './timing.ts'

export interface Gather {
  /** Something changed: `publish` runs now, or when the interval since its last run is over. */
  changed(): void
  /** Publishes at once whatever the interval: for what people wait for, a first page or an error. */
  flush(): void
  stop(): void
}

export function gather(publish: () => void, timing: Timing, interval = 500): Gather {
  let last = Number.NEGATIVE_INFINITY
  let cancel: (() => void) | undefined
  const flush = () => {
    cancel?.()
    cancel = undefined
    last = timing.now()
    publish()
  }
  return {
    changed() {
      if (cancel) return
      // A clock that was set back must not hold changes for longer than the interval.
      const wait = Math.min(interval, last + interval - timing.now())
      if (wait <= 0) flush()
      else cancel = timing.after(wait, flush)
    },
    flush,
    stop() {
      cancel?.()
      cancel = undefined
    },
  }
}
