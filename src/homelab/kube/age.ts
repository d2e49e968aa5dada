// The AGE column of a table, as kubectl has it.
import { humanDuration } from '#model/age.ts'

/** The age of a time text; `<unknown>` for none, as kubectl has it. */
export function age(text: unknown, now: number): string {
  const then = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isNaN(then) ? '<unknown>' : humanDuration(Math.max(0, now - then))
}
