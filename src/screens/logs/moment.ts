// A log that is read at a moment: where it stands there, and where its lines begin and end beside it.
import type { LogLine } from '#model/log.ts'

/** Read from so much before the moment, so that what led to it is seen: milliseconds. */
export const lead = 60_000

/** The first line at or after the moment, else the last one before it; -1 where there are none. */
export function lineAt(lines: readonly LogLine[], moment: number): number {
  const first = lines.findIndex(({ at }) => at !== undefined && at >= moment)
  return first < 0 ? lines.length - 1 : first
}

/**
 * `from 03:12`, and which line is the first or the last where none reaches the moment; `clock` writes a time. That the
 * first comes later says nothing of what is kept: a quiet log looks like one whose beginning is gone. Only where lines
 * were given up is it known: `keptSince` is the time of the first that was not, in milliseconds.
 */
export function fromWords(
  lines: readonly LogLine[],
  moment: number,
  clock: (at: number) => string,
  keptSince?: number,
): string {
  const from = `from ${clock(moment)}`
  const times = lines.flatMap(({ at }) => at ?? [])
  const [first, last] = [times[0], times.at(-1)]
  if (first === undefined || last === undefined) return from
  if (keptSince !== undefined && keptSince > moment) return `${from}, kept since ${clock(keptSince)}`
  if (first > moment) return `${from}, first line ${clock(first)}`
  return last < moment ? `${from}, last line ${clock(last)}` : from
}
