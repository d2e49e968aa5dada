// Where a chart's ticks stand: nice values on the left, round local times below.
import { isDoubled, momentAt, momentsAt, offsetText, zoneOffset } from '#model/time-zone.ts'
import type { Scale } from '#ui/format.ts'

/** Nice values that lie within `from`..`to`, `most` of them at the most. */
export function valueTicks(from: number, to: number, most: number, scale: Scale): number[] {
  const span = to - from
  if (!(span > 0)) return [from]
  // Bytes tick at 1, 2, 5 (times ten) of the binary unit that they are written in: 0, 2Gi, 4Gi; 1.1Gi, 1.2Gi.
  const size = Math.max(Math.abs(from), Math.abs(to), 1)
  const unit = scale.binary ? 1024 ** Math.floor(Math.log2(size) / 10) : 1
  const magnitude = 10 ** Math.floor(Math.log10(span / most / unit)) * unit
  const fits = (step: number) => Math.floor(to / step + 1e-9) - Math.ceil(from / step - 1e-9) < most
  const step =
    (timeSteps(span, scale) ?? [1, 2, 2.5, 5, 10, 20, 50].map((nice) => nice * magnitude)).find(fits) ?? span
  const ticks: number[] = []
  // Adding 0 makes -0 into 0, which a label would show.
  const first = Math.ceil(from / step - 1e-9) + 0
  // Counted, since far from zero one step more can be the same number.
  for (let count = 0; count < most && (first + count) * step <= to + step * 1e-9; count++) {
    ticks.push((first + count) * step)
  }
  return ticks
}

/** Undefined where the values are no spans of time, or so short that seconds and their parts are nice. */
function timeSteps(span: number, { second }: Scale): number[] | undefined {
  if (second === undefined || span <= 60 * second || span > 200 * (day / 1000) * second) return undefined
  return [10_000, 15_000, 20_000, 30_000, ...steps].map((milliseconds) => (milliseconds / 1000) * second)
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28].map((count) => count * day),
]

export interface TimeTick {
  readonly at: number
  readonly label: string
}

/**
 * Ticks at round times of the zone, at most `most` of them and one: `09:00`, where a day begins `12 Mar`. They are round on
 * both sides of a change of the clocks: an hour that is left out has no tick, one that comes twice has two.
 */
export function timeTicks(from: number, to: number, most: number, timeZone: string | undefined): TimeTick[] {
  const span = to - from
  if (!(span > 0) || most < 1) return []
  const step = steps.find((candidate) => span / candidate <= most) ?? 56 * day
  // What the clocks show over the range, from the least to the most, whichever way they are set within it.
  const offsets = [zoneOffset(from, timeZone), zoneOffset(to, timeZone)]
  const [first, last] = [from + Math.min(...offsets), to + Math.max(...offsets)]
  const ticks: TimeTick[] = []
  for (let local = Math.floor(first / step) * step; local <= last; local += step) {
    for (const at of roundMoments(local, step, timeZone)) {
      if (at < from || at > to) continue
      const beginsDay = step >= day || local % day === 0
      ticks.push({ at, label: beginsDay ? dayLabel(at, timeZone) : timeLabel(at, timeZone) })
    }
  }
  return ticks.sort((a, b) => a.at - b.at)
}

/** A day begins even where its midnight is left out, and once; an hour that comes twice does so for ticks as near. */
function roundMoments(local: number, step: number, timeZone: string | undefined): readonly number[] {
  if (step >= day) return [momentAt(local, timeZone)]
  const moments = momentsAt(local, timeZone)
  const [first = 0] = moments
  return moments.filter((at, index) => index === 0 || at - first >= step)
}

/** `09:57` in the zone. */
export function timeLabel(at: number, timeZone: string | undefined): string {
  return formatter(timeZone, 'time').format(at)
}

/** `12 Mar` in the zone. */
export function dayLabel(at: number, timeZone: string | undefined): string {
  return formatter(timeZone, 'day').format(at)
}

/** A moment as fine as a chart of that span shows it: `09:57:30`, from two days on `12 Mar 09:57`.
 * Of a time that comes twice the offset says which. */
export function momentLabel(at: number, span: number, timeZone: string | undefined): string {
  const which = isDoubled(at, timeZone) ? ` ${offsetText(at, timeZone)}` : ''
  if (span >= 2 * day) return `${dayLabel(at, timeZone)} ${timeLabel(at, timeZone)}${which}`
  return (span >= 6 * hour ? timeLabel(at, timeZone) : formatter(timeZone, 'second').format(at)) + which
}

/**
 * A moment as fine as `span` asks for, its age where absent: `09:57:30` of the last six hours, `09:57` of today, else
 * `12 Mar 09:57`: a time alone is today's.
 */
export function datedLabel(
  at: number,
  now: number,
  timeZone: string | undefined,
  span: number = now - at,
): string {
  const today = dayLabel(at, timeZone) === dayLabel(now, timeZone)
  return momentLabel(at, today ? span : Math.max(span, 2 * day), timeZone)
}

const shapes = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  day: { day: 'numeric', month: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

// Making a formatter costs more than formatting does.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(timeZone: string | undefined, shape: keyof typeof shapes): Intl.DateTimeFormat {
  const key = `${shape} ${timeZone}`
  const known = formatters.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-GB', { ...shapes[shape], timeZone })
  formatters.set(key, made)
  return made
}
