// Numbers as alert templates print them, after Prometheus's humanize functions and Go's %g.
// https://prometheus.io/docs/prometheus/latest/configuration/template_reference/#numbers
import { general, shortest } from '#homelab/prometheus/promql/go-format.ts'

const longest = 2n ** 63n - 1n
const small = ['m', 'u', 'n', 'p', 'f', 'a', 'z', 'y']

function scaled(value: number, base: number, prefixes: readonly string[]): string {
  let rest = value
  let prefix = ''
  for (const next of prefixes) {
    if (Math.abs(rest) < base) break
    prefix = next
    rest /= base
  }
  return general(rest, 4) + prefix
}

function enlarged(value: number): { rest: number; prefix: string } {
  let rest = value
  let prefix = ''
  for (const next of small) {
    if (Math.abs(rest) >= 1) break
    prefix = next
    rest *= 1000
  }
  return { rest, prefix }
}

export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return general(value, 4)
  if (Math.abs(value) >= 1) return scaled(value, 1000, ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'])
  const { rest, prefix } = enlarged(value)
  return general(rest, 4) + prefix
}

export function humanize1024(value: number): string {
  if (Math.abs(value) <= 1 || !Number.isFinite(value)) return general(value, 4)
  return scaled(value, 1024, ['ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'])
}

export function humanizePercentage(value: number): string {
  return `${general(value * 100, 4)}%`
}

/** Seconds as `1d 2h 3m 4s`, or with four digits below a minute. */
export function humanizeDuration(value: number): string {
  if (!Number.isFinite(value)) return general(value, 4)
  if (value === 0) return '0s'
  if (Math.abs(value) < 1) {
    const { rest, prefix } = enlarged(value)
    return `${general(rest, 4)}${prefix}s`
  }
  const sign = value < 0 ? '-' : ''
  const whole = Math.trunc(Math.abs(value))
  const parts = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
    whole % 60,
  ]
  const first = parts.findIndex((part) => part !== 0)
  if (whole < 60) return `${sign}${general(Math.abs(value), 4)}s`
  return (
    sign +
    parts
      .map((part, index) => `${part}${'dhms'[index]}`)
      .slice(first)
      .join(' ')
  )
}

/** Seconds since the epoch as Go prints a UTC time. */
export function humanizeTimestamp(value: number): string {
  if (!Number.isFinite(value)) return general(value, 4)
  // By way of nanoseconds, whose last digits a float cannot hold, and those cut to milliseconds.
  const nanoseconds = BigInt(Math.trunc(value * 1e9))
  if (nanoseconds > longest || nanoseconds < -longest) {
    const why = 'cannot be represented as a nanoseconds timestamp since it overflows int64'
    throw new Error(`${shortest(value)} ${why}`)
  }
  const at = new Date(Number(nanoseconds / 1_000_000n)).toISOString()
  return `${at.slice(0, 19).replace('T', ' ')}${at.slice(19, 23).replace(/\.?0+$/, '')} +0000 UTC`
}
