// The cockpit's state outside React: several keys that arrive in one piece must each see what the one before did.
import type { Feed } from '#live/feed.ts'

export interface Store<State, Action> extends Feed<State> {
  dispatch(action: Action): void
}

export function createStore<State, Action>(
  reduce: (state: State, action: Action) => State,
  start: State,
): Store<State, Action> {
  let state = start
  const listeners = new Set<() => void>()
  return {
    get: () => state,
    subscribe(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    dispatch(action) {
      const next = reduce(state, action)
      if (next === state) return
      state = next
      for (const listener of listeners) listener()
    },
  }
}
