// Feeds in components. Subscribing is what starts the work behind a feed, so a screen uses only what it shows.
import { useCallback, useSyncExternalStore } from 'react'
import type { Feed } from '#live/feed.ts'

export function useFeed<T>(feed: Feed<T>): T {
  const subscribe = useCallback((changed: () => void) => feed.subscribe(changed), [feed])
  const get = useCallback(() => feed.get(), [feed])
  return useSyncExternalStore(subscribe, get)
}

/** The time in whole steps of so many milliseconds: the component is drawn again when a step is over, not each second. */
export function useNow(now: Feed<number>, step: number): number {
  const subscribe = useCallback((changed: () => void) => now.subscribe(changed), [now])
  const get = useCallback(() => Math.floor(now.get() / step) * step, [now, step])
  return useSyncExternalStore(subscribe, get)
}
