// What has not answered yet, in words: `2 of 3 queries, 7s`.
import type { Loading } from '#live/reporting-poll.ts'
import { formatSpan } from '#model/duration.ts'

/** Since when is said once it is a second or more. `noun` names a count of them: `3 queries`. */
export function waitedFor(
  { answered, of, since }: Loading,
  noun: (count: number) => string,
  now: number,
): string {
  const left = answered === 0 ? noun(of) : `${of - answered} of ${noun(of)}`
  const waited = Math.floor((now - since) / 1000)
  return waited < 1 ? left : `${left}, ${formatSpan(waited * 1000)}`
}
