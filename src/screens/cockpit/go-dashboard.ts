// `:dashboard NAME`: the one that is meant, else the list of those that may be meant, or that there is none.
import type { ClusterDashboard } from '#live/deck.ts'
import { findDashboard } from '#model/dashboard/find-dashboard.ts'
import { filterFor } from '#model/filter.ts'
import { isSettled, settled } from './settled.ts'
import { staying } from './staying.ts'
import type { GlobalKeys } from './useGlobalKeys.ts'

type Keys = Pick<GlobalKeys, 'deck' | 'deckShown' | 'store' | 'go' | 'say'>

export async function goToDashboard(keys: Keys, word: string): Promise<void> {
  const { deck, store, go, say } = keys
  const stays = staying(keys)
  if (!isSettled(deck.dashboards.get())) say(`looking for the dashboard ${word}`)
  const { data } = await settled(deck.dashboards)
  if (!stays()) return
  // Why they cannot be listed the list itself says.
  if (data === undefined) return go('dashboards', [])
  const found = findDashboard<ClusterDashboard>(data.entries, word)
  if (found.kind === 'one') return go('dashboard', [found.entry.namespace, found.entry.name])
  go('dashboards', [])
  if (found.kind === 'several') {
    store.dispatch({ type: 'filter', text: filterFor(word) })
    return
  }
  const [gap] = data.gaps
  const near = found.suggestion === undefined ? '' : `; did you mean ${found.suggestion}?`
  const unread = gap === undefined ? '' : ` among those that could be read: ${gap.detail}`
  if (data.entries.length > 0) say(`there is no dashboard ${word}${unread}${near}`, 'warn')
}
