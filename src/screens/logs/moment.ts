// A log that is read at a moment: where it stands there, and what of it is not kept.
import type { LogLine } from '#model/log.ts'

/** Read from so much before the moment, so that what led to it is seen: milliseconds. */
export const lead = 60_000

/** The first line at or after the moment, else the last one before it; -1 where there are none. */
export function lineAt(lines: readonly LogLine[], moment: number): number {
  const first = lines.findIndex(({ at }) => at !== undefined && at >= moment)
  return first < 0 ? lines.length - 1 : first
}

/** `from 03:12`, and whether the log goes back that far; `clock` writes a time. */
export function fromWords(lines: readonly LogLine[], moment: number, clock: (at: number) => string): string {
  const from = `from ${clock(moment)}`
  const times = lines.flatMap(({ at }) => at ?? [])
  const [first, last] = [times[0], times.at(-1)]
  if (first === undefined || last === undefined) return from
  if (first > moment) return `${from}, kept since ${clock(first)}`
  return last < moment ? `${from}, nothing after ${clock(last)}` : from
}
