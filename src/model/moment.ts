// A moment as an operator types it: RFC 3339, or the same without an offset, which is then what the local clocks show.
import { momentAt, momentsAt, offsetText, zoneOffset } from '#model/time-zone.ts'

/** `note`: what was taken where the local clocks show the time twice or not at all. */
export type TypedMoment =
  | { readonly at: number; readonly note?: string }
  /** Why it is none. */
  | { readonly why: string }

const shape =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(?: ?([Zz]|[+-]\d\d:\d\d))?$/

const minute = 60_000
const day = 86_400_000

/** `2026-03-29T02:30:00+01:00`, `2026-03-29 02:30`, `2026-03-29` (its first moment). */
export function parseMoment(text: string, timeZone: string | undefined): TypedMoment {
  const match = shape.exec(text.trim())
  const [years, months, days, hours, minutes, seconds] = [1, 2, 3, 4, 5, 6].map((part) =>
    Number(match?.[part] ?? 0),
  ) as [number, number, number, number, number, number]
  const whole = daysOf(years, months, days)
  if (match === null || whole === undefined || hours > 23 || minutes > 59 || seconds > 59)
    return { why: `${text} is no time: write it as 2026-03-01T03:12 or 2026-03-01T03:12:00Z` }
  const fraction = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000)
  // As if it were UTC.
  const local = whole * day + (hours * 60 + minutes) * minute + seconds * 1000 + fraction
  const offset = match[8]
  if (offset === undefined) return localMoment(local, timeZone, `${match[1]}-${match[2]}-${match[3]}`)
  if (/^z$/i.test(offset)) return { at: local }
  const distance = (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))) * minute
  return { at: offset.startsWith('-') ? local + distance : local - distance }
}

/**
 * Days since 1970-01-01 of a date of the Gregorian calendar, undefined for one that it has not (30 February). Years are
 * counted from March, so that the leap day is a year's last: https://howardhinnant.github.io/date_algorithms.html
 */
function daysOf(year: number, month: number, date: number): number | undefined {
  if (month < 1 || month > 12 || date < 1 || date > daysIn(year, month)) return undefined
  const from = month > 2 ? year : year - 1
  const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date - 1
  return from * 365 + leapsBefore(from) + ofYear - 719_468
}

const leapsBefore = (year: number) => Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)

function daysIn(year: number, month: number): number {
  if (month === 2) return leapsBefore(year) > leapsBefore(year - 1) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function localMoment(local: number, timeZone: string | undefined, date: string): TypedMoment {
  const [first, second] = momentsAt(local, timeZone)
  if (first === undefined) {
    const at = momentAt(local, timeZone)
    const shown = clock(at + zoneOffset(at, timeZone))
    return { at, note: `the clocks left ${clock(local)} out: ${shown} is taken` }
  }
  if (second === undefined) return { at: first }
  const other = `${date}T${clock(local)}${offsetText(second, timeZone)}`
  return { at: first, note: `${clock(local)} came twice: the first is taken, the second is ${other}` }
}

/** `02:30` of a time as if it were UTC. */
function clock(local: number): string {
  const minutes = Math.floor((((local % day) + day) % day) / minute)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
