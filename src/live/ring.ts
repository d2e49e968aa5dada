// The last so many items, and how many fell out before them.

export interface Ring<T> {
  readonly size: number
  readonly dropped: number
  push(item: T): void
  /** Oldest first; a copy. */
  items(): readonly T[]
  clear(): void
}

export function createRing<T>(bound: number): Ring<T> {
  let kept: T[] = []
  /** Where the oldest is, once the buffer is full. */
  let start = 0
  let dropped = 0
  return {
    get size() {
      return kept.length
    },
    get dropped() {
      return dropped
    },
    push(item) {
      if (kept.length < bound) {
        kept.push(item)
        return
      }
      kept[start] = item
      start = (start + 1) % bound
      dropped += 1
    },
    items() {
      return [...kept.slice(start), ...kept.slice(0, start)]
    },
    clear() {
      kept = []
      start = 0
      dropped = 0
    },
  }
}
