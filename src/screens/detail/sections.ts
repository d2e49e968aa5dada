// How every part of the detail is set: a heading, pairs of a word and its value, how long ago something was, and why
// something is not there.
import type { Reading } from '#model/reading.ts'
import type { TextLine } from '#screens/pager/lines.ts'
import { age } from '#ui/format.ts'
import { missing, stale } from '#ui/notice.ts'
import { clean } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'

/** `4m ago`; empty where it is not known. Takes milliseconds since the epoch. */
export type Since = (at: number | undefined) => string

export const sinceOf =
  (now: number): Since =>
  (at) =>
    at === undefined ? '' : `${age(now - at)} ago`

export const heading = (text: string): TextLine[] => [{ text: '' }, { text, role: 'title' }]

export const pair = (key: string, value: string, role?: Role): TextLine => ({
  head: `  ${key.padEnd(14)}`,
  headRole: 'dim',
  text: clean(value),
  ...(role && { role }),
})

/** Why it is missing, or how old it is; none of what is there and current. */
export function noticesOf(
  reading: Reading<unknown>,
  what: string,
  now: number,
  theme: Theme,
): readonly TextLine[] {
  const none = missing(reading, what, theme)
  if (none !== undefined) return [none]
  const old = stale(reading, now)
  return old === undefined ? [] : [{ text: `${what} ${old}`, role: 'warn' }]
}
