// A little patience before something is drawn that would be drawn anew at once.
import type { Feed } from './feed.ts'
import type { Live } from './live.ts'
import { systemTiming, type Timing } from './timing.ts'

/** Resolves when the feed has something to show, data or why there is none, but after `milliseconds` at the latest. */
export function soon(
  feed: Feed<Live<unknown>>,
  milliseconds: number,
  timing: Timing = systemTiming(Date.now),
): Promise<void> {
  return new Promise((resolve) => {
    let stop: (() => void) | undefined
    const end = () => {
      cancel()
      stop?.()
      resolve()
    }
    const look = () => {
      const { data, gap } = feed.get()
      if (data !== undefined || gap !== undefined) end()
    }
    const cancel = timing.after(milliseconds, end)
    stop = feed.subscribe(look)
    look()
  })
}
