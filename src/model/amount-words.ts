// Amounts as evidence: short, rounded, with their limit. Exact quantities are quantity.ts.

const binary = ['B', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi']

/** `7.9/8Gi`: both in the unit of the limit. */
export function ofLimit(used: number, limit: number): string {
  const step = stepOf(limit)
  return `${short(used / 1024 ** step)}/${short(limit / 1024 ** step)}${binary[step]}`
}

/** `12 %`, `0.3 %`: of a ratio from 0 to 1. */
export function percent(ratio: number): string {
  const value = ratio * 100
  return `${value !== 0 && Math.abs(value) < 10 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} %`
}

/** `61C`: without the sign of degrees, which not every terminal has. */
export function celsius(degrees: number): string {
  return `${Math.round(degrees)}C`
}

/** One line of another's text, its end cut where it is long. */
export function brief(text: string, length = 90): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`
}

function stepOf(bytes: number): number {
  return Math.min(binary.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
}

function short(value: number): string {
  return value >= 10 ? String(Math.round(value)) : value.toFixed(1).replace(/\.0$/, '')
}
