// What is said of a node, pod or workload above its charts: short facts, and why one of them is not known.
import type { GapReason, Reading } from '#model/reading.ts'

export interface Fact {
  readonly text: string
  /** Milliseconds since the epoch: how long ago is said behind the text. */
  readonly at?: number
  /** Likewise: for how long is said behind the text. */
  readonly since?: number
  readonly tone?: 'bad' | 'warn' | 'dim'
  /** Still to come: said only of a long wait. */
  readonly waiting?: true
  /** Why something is not known: it warns of the reading, not of the thing. */
  readonly unread?: true
}

/** How it fares, and what was done to it; the most telling first, since the end is cut where there is no room. */
export type FactLines = readonly [fares: readonly Fact[], done: readonly Fact[]]

/** The rows of one kind as the deck has them. */
export type RowsReading<T> = Reading<{
  readonly rows: readonly T[]
  readonly complete: boolean
  readonly partial?: string
}>

/** Why `what` is not known, where nothing of it was read. */
export function unknown({ gap }: Reading<unknown>, what: string): Fact {
  return gap === undefined
    ? { text: `waiting for ${what}`, tone: 'dim', waiting: true }
    : {
        text: `${what} not known: ${gap.detail}`,
        tone: neverThere.has(gap.reason) ? 'dim' : 'warn',
        unread: true,
      }
}

/** What was never there is quiet; what is refused or fails is not. */
const neverThere: ReadonlySet<GapReason> = new Set(['not-installed', 'no-series', 'not-found'])

/** Why what is not among the rows that are read may be there all the same; undefined: all are read. */
export function unreadRows(reading: RowsReading<unknown>, what: string): Fact | undefined {
  const { data } = reading
  if (data === undefined) return unknown(reading, what)
  if (!data.complete) return unknown({ pending: true }, what)
  if (data.partial === undefined) return undefined
  return { text: `${what} not known: ${data.partial}`, tone: 'warn', unread: true }
}

/** Whether it was read before a refresh failed. */
export const isOld = ({ data, gap }: Reading<unknown>): boolean => data !== undefined && gap !== undefined

/** What was read before a refresh failed is old, and says so. */
export const old = (reading: Reading<unknown>, what: string): readonly Fact[] => oldOnes([[reading, what]])

/** The same of several in one: of the one that is the oldest. */
export function oldOnes(named: readonly (readonly [Reading<unknown>, what: string])[]): readonly Fact[] {
  const stale = named.filter(([reading]) => isOld(reading))
  if (stale.length === 0) return []
  const times = stale.flatMap(([{ dataAt }]) => dataAt ?? [])
  return [
    {
      text: `${stale.map(([, what]) => what).join(', ')} last read`,
      tone: 'warn',
      ...(times.length > 0 && { at: Math.min(...times) }),
    },
  ]
}

/** Why a row that is asked for is not among those read. `only`: the one namespace that is read, where it is one. */
export function absent(reading: RowsReading<unknown>, what: string, only?: string): Fact {
  const { data } = reading
  if (data === undefined) return unknown(reading, what)
  if (!data.complete) return { text: `waiting for ${what}`, tone: 'dim', waiting: true }
  if (only !== undefined) return { text: `${what} not known: only those in ${only} are read`, tone: 'warn' }
  if (data.partial !== undefined) return { text: `${what} not known: ${data.partial}`, tone: 'warn' }
  return { text: 'it is not there now', tone: 'warn' }
}
