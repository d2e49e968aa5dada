// The dashboard that an operator means by a word: its name, title, uid, or number on grafana.com.
import { nearest } from '#model/nearest.ts'

/** Where a dashboard of the cluster is kept, and what is known of it before it is read. */
export interface DashboardEntry {
  readonly name: string
  readonly namespace: string
  readonly title?: string
  readonly uid?: string
  readonly gnetId?: number
  readonly folder?: string
}

export type Found<T> =
  | { readonly kind: 'one'; readonly entry: T }
  | { readonly kind: 'several'; readonly entries: readonly T[] }
  | { readonly kind: 'none'; readonly suggestion?: string }

/** A whole name, title, uid or number goes before a part of one; a name may have its namespace before it. */
export function findDashboard<T extends DashboardEntry>(entries: readonly T[], word: string): Found<T> {
  const wanted = word.trim().toLowerCase()
  if (wanted === '') return { kind: 'none' }
  const whole = entries.filter((entry) => namesOf(entry).some((name) => name.toLowerCase() === wanted))
  const part = entries.filter((entry) => namesOf(entry).some((name) => name.toLowerCase().includes(wanted)))
  // A bare number is never the part of one: 186 is not 1860.
  const found = whole.length > 0 || /^\d+$/.test(wanted) ? whole : part
  const [first, second] = found
  if (first === undefined) {
    const suggestion = nearest(word, entries.flatMap(namesOf))
    return { kind: 'none', ...(suggestion !== undefined && { suggestion }) }
  }
  return second === undefined ? { kind: 'one', entry: first } : { kind: 'several', entries: found }
}

function namesOf({ name, namespace, title, uid, gnetId }: DashboardEntry): readonly string[] {
  const known = [name, `${namespace}/${name}`, title, uid, gnetId?.toString()]
  return known.filter((one) => one !== undefined)
}
