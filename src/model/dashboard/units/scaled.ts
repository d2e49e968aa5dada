// Units that grow with the value: SI and binary prefixes, counts in K, M, B, and currencies.
import { fixed, type UnitFormat, written } from './written.ts'

const decimal = ['f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'] as const
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'] as const
const counts = ['', 'K', 'M', 'B', 'T'] as const
const words = [' K', ' Mil', ' Bil', ' Tri', ' Quadr', ' Quint', ' Sext', ' Sept'] as const

/** The value divided by the greatest power of `factor` under it; `base` is the suffix that stands for the value as it is. */
function scaled(factor: number, suffixes: readonly string[], base: number): UnitFormat {
  return (value, decimals) => {
    if (!Number.isFinite(value)) return written(fixed(value, decimals))
    const power = value === 0 ? 0 : Math.floor(logarithm(Math.abs(value), factor))
    const index = Math.min(suffixes.length - 1, Math.max(0, base + power))
    return written(fixed(value / factor ** (index - base), decimals), suffixes[index])
  }
}

/** Exact at the powers themselves, where a quotient of logarithms may fall just short. */
function logarithm(value: number, factor: number): number {
  const near = Math.round(Math.log(value) / Math.log(factor))
  return value === factor ** near ? near : Math.log(value) / Math.log(factor)
}

/** `short`: 1.53 K, 2.1 Mil. */
export const short = scaled(1000, ['', ...words], 0)

/** `offset`: which power of a thousand the value is given in; kilowatts are 1, milliwatts -1. */
export function decimalPrefix(unit: string, offset = 0): UnitFormat {
  return scaled(
    1000,
    decimal.map((prefix) => ` ${prefix}${unit}`),
    decimal.indexOf('') + offset,
  )
}

export function binaryPrefix(unit: string, offset = 0): UnitFormat {
  return scaled(
    1024,
    binary.map((prefix) => ` ${prefix}${unit}`),
    offset,
  )
}

/** 1.53K ops/s: the letter belongs to the number. */
export function countOf(unit: string): UnitFormat {
  return scaled(
    1000,
    counts.map((letter) => `${letter} ${unit}`),
    0,
  )
}

/** $1.53K; a symbol that stands behind, as the krone's: 1.53K kr. */
export function currency(symbol: string, place: 'before' | 'behind' = 'before'): UnitFormat {
  const count = scaled(1000, counts, 0)
  return (value, decimals, moment) => {
    const { text, suffix } = count(Math.abs(value), decimals, moment)
    const sign = value < 0 ? '-' : ''
    if (place === 'behind') return written(`${sign}${text}`, `${suffix} ${symbol}`)
    return written(text, suffix, `${sign}${symbol}`)
  }
}
