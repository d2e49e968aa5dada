// The narrow column before a row: a glyph for its state, quiet where all is well.
import type { Role } from './theme.ts'

/** The glyph of a row, by its place in the theme, and its colour; undefined where there is nothing to say. */
export type Lead<T> = (row: T) => LeadGlyph | undefined

export interface LeadGlyph {
  readonly glyph: 'bad' | 'warn' | 'good' | 'off' | 'unknown' | 'note'
  readonly role: Role
}
