// A feed with work behind it: the first subscriber starts the work, the last one to go stops it, the value stays.
import type { Feed } from './feed.ts'

/** Tells the subscribers, unless it is the value they have. */
export type Emit<T> = (value: T) => void

/** `start` gets the emit and the value so far; it returns the stop. */
export function lazyFeed<T>(initial: T, start: (emit: Emit<T>, get: () => T) => () => void): Feed<T> {
  const listeners = new Set<() => void>()
  let value = initial
  let stop: (() => void) | undefined
  const emit = (next: T) => {
    if (Object.is(next, value)) return
    value = next
    for (const listener of [...listeners]) listener()
  }
  return {
    get: () => value,
    subscribe(changed) {
      // Each subscription is its own, even of the same function.
      const listener = () => changed()
      listeners.add(listener)
      if (listeners.size === 1) stop = start(emit, () => value)
      return () => {
        if (!listeners.delete(listener) || listeners.size > 0) return
        const end = stop
        stop = undefined
        end?.()
      }
    },
  }
}
