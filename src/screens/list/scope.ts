// Whose rows a list shows: all, one namespace's by the deck's choice, or one namespace's by the list's own argument.
import { useMemo } from 'react'
import type { Row } from '#model/kube.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { useFeed } from '#ui/useFeed.ts'

export interface Scope {
  /** Beside the list's name. */
  readonly label: string
  /** Then the namespace needs no column. */
  readonly oneNamespace: boolean
  /** Absent: every row that the deck has. Keeps its identity. */
  readonly only?: (row: Row) => boolean
}

/** `:pods shop` shows one namespace without changing that of the other screens. */
export function useScope({ deck, args }: ScreenProps): Scope {
  const chosen = useFeed(deck.namespace)
  const [own] = args.length === 1 ? args : []
  return useMemo(() => {
    if (own === undefined || own === chosen)
      return { label: chosen ?? 'all namespaces', oneNamespace: chosen !== undefined }
    return { label: own, oneNamespace: true, only: (row: Row) => row.namespace === own }
  }, [own, chosen])
}
