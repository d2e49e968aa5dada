// Spans of time as Grafana writes them: in the one unit that fits, in words, or as a clock.
import { fixed, type UnitFormat, written } from './written.ts'

/** Values under `below` are counted in units of `size`. */
interface Range {
  readonly below: number
  readonly size: number
  readonly suffix: string
}

const inSeconds: readonly Range[] = [
  { below: 1e-6, size: 1e-9, suffix: ' ns' },
  { below: 1e-3, size: 1e-6, suffix: ' µs' },
  { below: 1, size: 1e-3, suffix: ' ms' },
  { below: 60, size: 1, suffix: ' s' },
  { below: 3600, size: 60, suffix: ' mins' },
  { below: 86_400, size: 3600, suffix: ' hours' },
  { below: 604_800, size: 86_400, suffix: ' days' },
  { below: 31_536_000, size: 604_800, suffix: ' weeks' },
  { below: Number.POSITIVE_INFINITY, size: 31_556_900, suffix: ' years' },
]
/** From milliseconds on Grafana knows no weeks. */
const inMilliseconds: readonly Range[] = [
  { below: 1000, size: 1, suffix: ' ms' },
  { below: 60_000, size: 1e3, suffix: ' s' },
  { below: 3_600_000, size: 60_000, suffix: ' mins' },
  { below: 86_400_000, size: 3_600_000, suffix: ' hours' },
  { below: 31_536_000_000, size: 86_400_000, suffix: ' days' },
  { below: Number.POSITIVE_INFINITY, size: 31_536_000_000, suffix: ' years' },
]
const inMicroseconds: readonly Range[] = [
  { below: 1000, size: 1, suffix: ' µs' },
  { below: 1e6, size: 1e3, suffix: ' ms' },
  { below: Number.POSITIVE_INFINITY, size: 1e6, suffix: ' s' },
]
const inNanoseconds: readonly Range[] = [
  { below: 1000, size: 1, suffix: ' ns' },
  { below: 1e6, size: 1e3, suffix: ' µs' },
  { below: 1e9, size: 1e6, suffix: ' ms' },
  { below: 6e10, size: 1e9, suffix: ' s' },
  { below: Number.POSITIVE_INFINITY, size: 6e10, suffix: ' mins' },
]
const inMinutes: readonly Range[] = [
  { below: 60, size: 1, suffix: ' mins' },
  { below: 1440, size: 60, suffix: ' hours' },
  { below: 10_080, size: 1440, suffix: ' days' },
  { below: 525_600, size: 10_080, suffix: ' weeks' },
  { below: Number.POSITIVE_INFINITY, size: 525_948, suffix: ' years' },
]
const inHours: readonly Range[] = [
  { below: 24, size: 1, suffix: ' hours' },
  { below: 168, size: 24, suffix: ' days' },
  { below: 8760, size: 168, suffix: ' weeks' },
  { below: Number.POSITIVE_INFINITY, size: 8760, suffix: ' years' },
]
const inDays: readonly Range[] = [
  { below: 7, size: 1, suffix: ' days' },
  { below: 365, size: 7, suffix: ' weeks' },
  { below: Number.POSITIVE_INFINITY, size: 365, suffix: ' years' },
]

/** Zero is zero of the unit itself, not of the smallest one. */
function span(ranges: readonly Range[]): UnitFormat {
  const own = ranges.find(({ size }) => size === 1)?.suffix ?? ''
  return (value, decimals) => {
    if (!Number.isFinite(value)) return written(fixed(value, decimals))
    if (value === 0) return written('0', own)
    const range = ranges.find(({ below }) => Math.abs(value) < below) ?? ranges.at(-1)
    return written(fixed(inUnits(value, range?.size ?? 1), decimals), range?.suffix)
  }
}

/** Always with a whole number, so that two years are exactly two. */
function inUnits(value: number, size: number): number {
  return size < 1 ? value * Math.round(1 / size) : value / size
}

const parts = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
  ['millisecond', 1],
] as const

/** `1 day, 3 hours`: the decimals say how many parts follow the first. `size`: milliseconds in one of the value's unit. */
function inWords(size: number, unit: string): UnitFormat {
  return (value, decimals) => {
    if (!Number.isFinite(value)) return written(fixed(value, decimals))
    if (value === 0) return written(`0 ${unit}s`)
    let rest = Math.abs(value) * size
    const said: string[] = []
    for (const [name, length] of parts) {
      if (said.length > (decimals ?? 0)) break
      const count = Math.floor(rest / length)
      if (count === 0 && said.length === 0) continue
      said.push(`${count} ${name}${count === 1 ? '' : 's'}`)
      rest %= length
    }
    return written(`${said.join(', ') || `0 ${unit}s`}${value < 0 ? ' ago' : ''}`)
  }
}

const two = (value: number) => String(Math.floor(value)).padStart(2, '0')

/** `05:03:09`, with `days` counted before them: `2 d 05:03:09`. */
function clockFace(days: 'with days' | 'hours only'): UnitFormat {
  return (value, decimals) => {
    if (!Number.isFinite(value)) return written(fixed(value, decimals))
    const size = Math.abs(value)
    const hours = Math.floor(size / 3600)
    const whole = days === 'with days' && hours >= 24 ? `${Math.floor(hours / 24)} d ` : ''
    const face = [days === 'with days' ? hours % 24 : hours, (size % 3600) / 60, size % 60]
    return written(`${whole}${face.map(two).join(':')}${value < 0 ? ' ago' : ''}`)
  }
}

/** `05h:03m:09s:120ms`; the decimals say how many parts follow the first. */
function clock(size: number): UnitFormat {
  return (value, decimals) => {
    if (!Number.isFinite(value)) return written(fixed(value, decimals))
    const whole = Math.abs(value) * size
    const all = [
      `${two(whole / 3_600_000)}h`,
      `${two((whole / 60_000) % 60)}m`,
      `${two((whole / 1000) % 60)}s`,
      `${String(Math.floor(whole % 1000)).padStart(3, '0')}ms`,
    ]
    const first = whole >= 3_600_000 ? 0 : whole >= 60_000 ? 1 : whole >= 1000 ? 2 : 3
    const text = all.slice(first, decimals === undefined ? undefined : first + 1 + decimals).join(':')
    return written(value < 0 ? `-${text}` : text)
  }
}

const ofSeconds = span(inSeconds)

export const durations: Readonly<Record<string, UnitFormat>> = {
  s: ofSeconds,
  ms: span(inMilliseconds),
  µs: span(inMicroseconds),
  μs: span(inMicroseconds),
  ns: span(inNanoseconds),
  m: span(inMinutes),
  h: span(inHours),
  d: span(inDays),
  dtdurations: inWords(1000, 'second'),
  dtdurationms: inWords(1, 'millisecond'),
  dthms: clockFace('hours only'),
  dtdhms: clockFace('with days'),
  clocks: clock(1000),
  clockms: clock(1),
  timeticks: (value, decimals, moment) => ofSeconds(value / 100, decimals, moment),
}
