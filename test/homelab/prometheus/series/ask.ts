// Short ways to ask a storage, for tests.
import type { Matcher, Series, Storage } from '#homelab/prometheus/storage.ts'

/** `is('job', 'kubelet')` */
export const is = (label: string, value: string): Matcher => ({ label, op: '=', value })

export function select(
  storage: Storage,
  name: string,
  from: number,
  to: number,
  ...more: Matcher[]
): Series[] {
  return [...storage.select([is('__name__', name), ...more], from, to)]
}

/** The newest sample that is no staleness marker. */
export function last(series: Series | undefined): number {
  const values = [...(series?.values ?? [])].filter((_, index) => !series?.stale?.has(index))
  return values.at(-1) ?? Number.NaN
}

/** Growth per second between the first and the last sample. */
export function rate(series: Series | undefined): number {
  const times = series?.times ?? []
  const values = series?.values ?? []
  const end = times.length - 1
  return ((values[end] ?? Number.NaN) - (values[0] ?? 0)) / (((times[end] ?? 0) - (times[0] ?? 0)) / 1000)
}
