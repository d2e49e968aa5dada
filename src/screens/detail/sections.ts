// How every part of the detail is set: a heading, pairs of a word and its value, and how long ago something was.
import type { TextLine } from '#screens/pager/lines.ts'
import { age } from '#ui/format.ts'
import { clean } from '#ui/text.ts'
import type { Role } from '#ui/theme.ts'

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
