// A value that changes while somebody looks. The first subscriber starts the work behind it, the last one
// stops it: nothing off-screen polls.

export interface Feed<T> {
  get(): T
  /** Calls `changed` after each change; returns the unsubscribe. */
  subscribe(changed: () => void): () => void
}

/** A Feed that is set by hand: the range, the namespace. */
export interface Cell<T> extends Feed<T> {
  set(value: T): void
}
