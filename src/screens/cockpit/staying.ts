// Whether a person is still where a command was given: what is found out later must not pull them away from elsewhere.
import { placeOf } from './state.ts'
import type { GlobalKeys } from './useGlobalKeys.ts'

/** Asked later: the same place on the same deck is shown, and no line is being typed, which going elsewhere would drop. */
export function staying({
  deck,
  deckShown,
  store,
}: Pick<GlobalKeys, 'deck' | 'deckShown' | 'store'>): () => boolean {
  const { id } = placeOf(store.get())
  return () => {
    const state = store.get()
    return deckShown() === deck && placeOf(state).id === id && state.prompt === undefined
  }
}
