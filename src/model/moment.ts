// A moment as an operator types it: RFC 3339, or the same without an offset, which is then what the local clocks show.
import { momentAt, momentsAt, offsetText, zoneOffset } from '#model/time-zone.ts'

/** `note`: what was taken where the local clocks show the time twice or not at all. */
export type TypedMoment =
  | { readonly at: number; readonly note?: string }
  /** Why it is none. */
  | { readonly why: string }

const shape =
  /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(?: ?([Zz]|[+-]\d\d:\d\d))?$/

/** `2026-03-29T02:30:00+01:00`, `2026-03-29 02:30`, `2026-03-29` (its first moment). */
export function parseMoment(text: string, timeZone: string | undefined): TypedMoment {
  const match = shape.exec(text.trim())
  const [, date = '', hours = '00', minutes = '00', seconds = '00', part = '0', offset] = match ?? []
  // As if it were UTC; a day or an hour that no calendar has comes out as another.
  const plain = `${date}T${hours}:${minutes}:${seconds}`
  const whole = Date.parse(`${plain}Z`)
  if (match === null || Number.isNaN(whole) || new Date(whole).toISOString().slice(0, 19) !== plain)
    return { why: `${text} is no time: write it as 2026-03-01T03:12 or 2026-03-01T03:12:00Z` }
  const local = whole + Math.floor(Number(`0.${part}`) * 1000)
  if (offset === undefined) return localMoment(local, timeZone)
  if (/^z$/i.test(offset)) return { at: local }
  const distance = (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))) * 60_000
  return { at: offset.startsWith('-') ? local + distance : local - distance }
}

function localMoment(local: number, timeZone: string | undefined): TypedMoment {
  const [first, second] = momentsAt(local, timeZone)
  if (first === undefined) {
    const at = momentAt(local, timeZone)
    const shown = clock(at + zoneOffset(at, timeZone))
    return { at, note: `the clocks left ${clock(local)} out: ${shown} is taken` }
  }
  if (second === undefined) return { at: first }
  const other = `${new Date(local).toISOString().slice(0, 16)}${offsetText(second, timeZone)}`
  return { at: first, note: `${clock(local)} came twice: the first is taken, the second is ${other}` }
}

const clock = (local: number) => new Date(local).toISOString().slice(11, 16)
