// Values that are moments, in milliseconds since the epoch: as a date, and as how long ago.
import { fixed, type Moment, type UnitFormat, written } from './written.ts'

interface Parts {
  readonly day: string
  readonly usDay: string
  readonly time: string
}

const writers = new Map<string, Intl.DateTimeFormat>()

function writer(zone: string | undefined): Intl.DateTimeFormat {
  const key = zone ?? ''
  const known = writers.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...(zone !== undefined && { timeZone: zone }),
  })
  writers.set(key, made)
  return made
}

function partsOf(at: number, zone: string | undefined): Parts {
  const by: Record<string, string> = {}
  for (const { type, value } of writer(zone).formatToParts(at)) by[type] = value
  return {
    day: `${by.year}-${by.month}-${by.day}`,
    usDay: `${by.month}/${by.day}/${by.year}`,
    time: `${by.hour}:${by.minute}:${by.second}`,
  }
}

/** The last moment that a calendar has. */
const last = 8.64e15

function date(write: (at: number, moment: Moment) => string): UnitFormat {
  return (value, decimals, moment) =>
    Number.isFinite(value) && Math.abs(value) <= last
      ? written(write(value, moment))
      : written(fixed(value, decimals))
}

function iso(at: number, { zone }: Moment): string {
  const { day, time } = partsOf(at, zone)
  return `${day} ${time}`
}

function us(at: number, { zone }: Moment): string {
  const { usDay, time } = partsOf(at, zone)
  const hour = Number(time.slice(0, 2))
  return `${usDay} ${hour % 12 === 0 ? 12 : hour % 12}${time.slice(2)} ${hour < 12 ? 'am' : 'pm'}`
}

/** Without the date where it is today's. */
function unlessToday(write: typeof iso): typeof iso {
  return (at, moment) => {
    const text = write(at, moment)
    const today = partsOf(at, moment.zone).day === partsOf(moment.now, moment.zone).day
    return today ? text.slice(text.indexOf(' ') + 1) : text
  }
}

const minute = 60
const hour = 60 * minute
const day = 24 * hour
/** The steps of moment.js, which Grafana writes relative times with. */
const ages: readonly (readonly [below: number, size: number, one: string, many: string])[] = [
  [45, 1, 'a few seconds', ''],
  [45 * minute, minute, 'a minute', 'minutes'],
  [22 * hour, hour, 'an hour', 'hours'],
  [26 * day, day, 'a day', 'days'],
  [320 * day, 30.4 * day, 'a month', 'months'],
  [Number.POSITIVE_INFINITY, 365 * day, 'a year', 'years'],
]

function fromNow(at: number, { now }: Moment): string {
  const seconds = Math.round(Math.abs(now - at) / 1000)
  const [, size, one, many] = ages.find(([below]) => seconds < below) ?? [0, 365 * day, 'a year', 'years']
  const count = Math.max(1, Math.round(seconds / size))
  const length = count === 1 || many === '' ? one : `${count} ${many}`
  return at > now ? `in ${length}` : `${length} ago`
}

export const dates: Readonly<Record<string, UnitFormat>> = {
  dateTimeAsIso: date(iso),
  dateTimeAsIsoNoDateIfToday: date(unlessToday(iso)),
  dateTimeAsUS: date(us),
  dateTimeAsUSNoDateIfToday: date(unlessToday(us)),
  dateTimeAsLocal: date(iso),
  dateTimeAsSystem: date(iso),
  dateTimeFromNow: date(fromNow),
}
