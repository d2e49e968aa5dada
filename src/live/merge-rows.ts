// Several kinds as one table: the workloads, everything of Flux.
import type { Row } from '#model/kube.ts'
import type { Rows } from './deck.ts'
import { combine } from './derive.ts'
import type { Feed } from './feed.ts'
import type { Live } from './live.ts'

/** All rows of all parts. A part that has none and a reason for it is named in `partial`; if none has rows, its gap stands. */
export function mergeRows<T extends Row>(
  parts: readonly { readonly name: string; readonly feed: Feed<Live<Rows<T>>> }[],
): Feed<Live<Rows<T>>> {
  const names = parts.map((part) => part.name)
  let last: readonly Live<Rows<T>>[] = []
  let kept: Live<Rows<T>> | undefined
  return combine(
    parts.map((part) => part.feed),
    (...lives) => {
      const merged = mergeLives(names, lives)
      // Parts that were only heard of again leave the same table.
      const same = kept?.data && lives.every((live, index) => sameRows(live, last[index]))
      kept = same && kept?.data ? { ...merged, data: kept.data } : merged
      last = lives
      return kept
    },
  )
}

function sameRows<T extends Row>(live: Live<Rows<T>>, before: Live<Rows<T>> | undefined): boolean {
  return live.data === before?.data && live.gap?.detail === before?.gap?.detail
}

export function mergeLives<T extends Row>(
  names: readonly string[],
  lives: readonly Live<Rows<T>>[],
): Live<Rows<T>> {
  const failed = lives.find((live) => live.gap)
  const phase = lives.find((live) => live.phase === 'fetching')?.phase ?? lives[0]?.phase ?? 'idle'
  const state = {
    failures: Math.max(0, ...lives.map((live) => live.failures)),
    phase,
    pending: lives.some((live) => live.pending),
  }
  const read = lives.filter((live) => live.data)
  if (read.length === 0) {
    return {
      ...state,
      ...(failed?.gap && { gap: failed.gap }),
      ...(failed?.gapAt !== undefined && { gapAt: failed.gapAt }),
    }
  }
  const notes = lives.flatMap((live, index) => {
    if (live.data?.partial) return [live.data.partial]
    return !live.data && live.gap ? [`${names[index]}: ${live.gap.detail}`] : []
  })
  // A part without data is named in `partial`; a part whose data is old makes the whole old.
  const stale = read.find((live) => live.gap)
  const remaining = read.reduce((sum, live) => sum + (live.data?.remaining ?? 0), 0)
  return {
    ...state,
    data: {
      rows: read.flatMap((live) => live.data?.rows ?? []),
      complete: lives.every((live) => live.data?.complete || live.gap),
      ...(remaining > 0 && { remaining }),
      ...(notes.length > 0 && { partial: joinNotes(notes) }),
    },
    dataAt: Math.min(...read.map((live) => live.dataAt ?? Number.POSITIVE_INFINITY)),
    ...(stale?.gap && { gap: stale.gap }),
    ...(stale?.gapAt !== undefined && { gapAt: stale.gapAt }),
  }
}

/** `jobs: forbidden` and `cronjobs: forbidden` as `jobs, cronjobs: forbidden`. */
function joinNotes(notes: readonly string[]): string {
  const names = new Map<string, string[]>()
  for (const note of notes) {
    const [name = '', ...rest] = note.split(': ')
    const why = rest.join(': ')
    names.set(why, [...(names.get(why) ?? []), name])
  }
  return [...names].map(([why, of]) => [of.join(', '), why].filter(Boolean).join(': ')).join('; ')
}
