// Numbers and times as people read them: three significant digits, Kubernetes and SI units, coarse ages.
// Everything unknown is a dash, never a zero; the caller passes the theme's dash where it is drawn.
import { celsius, percent } from '#model/amount-words.ts'

export { celsius, percent }

/** How a chart or a table writes one kind of value. */
export interface Scale {
  readonly format: (value: number) => string
  /** With so many decimals, for ticks that would otherwise be written alike. */
  readonly precise?: (value: number, decimals: number) => string
  /** Ticks are nice at powers of 1024. */
  readonly binary?: true
  /** Values are spans of time, of which so many make a second: ticks are nice as minutes and hours are. */
  readonly second?: number
}

/** Three significant digits without trailing zeros, never in exponent form: `0.0412`, `11.8`, `1204`. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : Number.isNaN(value) ? 'NaN' : '-Inf'
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size >= 100) return String(Math.round(value))
  const decimals = Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(size))))
  return String(Number(value.toFixed(decimals)))
}

/** Cores with two decimals at most, as `top` columns line up: `0.02`, `2.1`, `11.8`, `<0.01`. */
export function cores(value: number): string {
  if (value > 0 && value < 0.005) return '<0.01'
  if (value >= 100) return String(Math.round(value))
  return String(Number(value.toFixed(value >= 10 ? 1 : 2)))
}

const binaryUnits = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] as const
const decimalUnits = ['', 'k', 'M', 'G', 'T', 'P'] as const

function power(value: number, base: number, units: number): number {
  const size = Math.abs(value)
  if (size === Number.POSITIVE_INFINITY) return 0
  let index = 0
  // 999.5 would round to 1000 in three digits: it belongs to the next unit.
  for (let limit = base === 1024 ? 1000 : 999.5; index < units - 1 && size >= limit; index++) limit *= base
  return index
}

/** Bytes in binary units: `118Mi`, `7.9Gi`, `812` (bytes). */
export function bytes(value: number): string {
  const index = power(value, 1024, binaryUnits.length)
  return digits(value / 1024 ** index) + (binaryUnits[index] ?? '')
}

/** SI: `1.2k`, `312M`. */
export function si(value: number): string {
  const index = power(value, 1000, decimalUnits.length)
  return digits(value / 1000 ** index) + (decimalUnits[index] ?? '')
}

/** Bytes a second as a link's speed, in bits: `312 Mb/s`. */
export function bitRate(bytesPerSecond: number): string {
  const bits = bytesPerSecond * 8
  const index = power(bits, 1000, decimalUnits.length)
  return `${digits(bits / 1000 ** index)} ${decimalUnits[index] ?? ''}b/s`
}

/** Used of limit, the unit once where both share it: `7.9/8Gi`, `118/256Mi`, `98Mi/1Gi`, `0.5/2`; without a limit only what is used. */
export function ofLimit(used: number, limit: number | undefined, format: (value: number) => string): string {
  if (limit === undefined) return format(used)
  const whole = format(limit)
  const unit = /[^\d.]+$/.exec(whole)?.[0] ?? ''
  const index = binaryUnits.indexOf(unit as (typeof binaryUnits)[number])
  if (unit === '' || index < 1 || format !== bytes) return `${format(used)}/${whole}`
  const share = used / 1024 ** index
  return share !== 0 && share < 1 ? `${format(used)}/${whole}` : `${digits(share)}/${whole}`
}

/** From least to most, the unit once where both share it: `88–101Gi`, `84–86 %`. */
export function between(least: number, most: number, format: (value: number) => string): string {
  const [low, high] = [format(least), format(most)]
  const unit = /[^\d.]*$/.exec(high)?.[0] ?? ''
  return `${unit !== '' && low.endsWith(unit) ? low.slice(0, -unit.length) : low}–${high}`
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/**
 * How long ago, as kubectl writes it but in whole minutes at the finest, so that a table is not rewritten every
 * second: `<1m`, `26m`, `3h12m`, `13h`, `2d4h`, `12d`, `3y40d`. A time in the future (clock skew) is `<1m`.
 */
export function age(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / minute)
  if (minutes < 1) return '<1m'
  if (minutes < 120) return `${minutes}m`
  const hours = Math.floor(milliseconds / hour)
  if (hours < 8) return two(hours, 'h', minutes % 60, 'm')
  if (hours < 48) return `${hours}h`
  const days = Math.floor(milliseconds / day)
  if (days < 8) return two(days, 'd', hours % 24, 'h')
  if (days < 730) return `${days}d`
  return two(Math.floor(days / 365), 'y', days % 365, 'd')
}

function two(first: number, firstUnit: string, second: number, secondUnit: string): string {
  return second === 0 ? `${first}${firstUnit}` : `${first}${firstUnit}${second}${secondUnit}`
}

/** A count and its noun: `1 node`, `3 nodes`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

export const scales = {
  cores: { format: cores },
  bytes: { format: bytes, binary: true },
  ratio: { format: percent },
  'bytes/s': { format: bitRate },
  number: { format: si },
} as const satisfies Record<string, Scale>
