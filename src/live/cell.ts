// A value that is set by hand and heard by those who look: the range, the namespace.
import type { Cell } from './feed.ts'

export function createCell<T>(initial: T): Cell<T> {
  const listeners = new Set<() => void>()
  let value = initial
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of [...listeners]) listener()
    },
    subscribe(changed) {
      const listener = () => changed()
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
