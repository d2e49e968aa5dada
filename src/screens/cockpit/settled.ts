// The first answer of a feed, or why there is none: for a command that needs it now.
import type { Feed } from '#live/feed.ts'
import type { Live } from '#live/live.ts'

export function isSettled({ data, gap, pending }: Live<unknown>): boolean {
  return !pending && (data !== undefined || gap !== undefined)
}

/** Looks at the feed until it has answered or failed. */
export function settled<T>(feed: Feed<Live<T>>): Promise<Live<T>> {
  return new Promise((resolve) => {
    let stop = () => {}
    let over = false
    const look = () => {
      if (over || !isSettled(feed.get())) return
      over = true
      stop()
      resolve(feed.get())
    }
    stop = feed.subscribe(look)
    if (over) stop()
    else look()
  })
}
