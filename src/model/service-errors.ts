// An application's share of failed calls: now, before it rose, and since when; from two series of one hour.
import type { ServiceErrors } from '#model/overview-inputs.ts'
import type { RangeSeries } from '#model/prometheus.ts'

/** A share under this is noise, however much it rose. */
const noise = 0.01

/** `calls` and `errors` are rates over the same instants; an error series is absent where nothing ever failed. */
export function serviceErrors(
  calls: readonly RangeSeries[],
  errors: readonly RangeSeries[],
): readonly ServiceErrors[] {
  const failing = new Map(errors.map((series) => [keyOf(series), series]))
  return calls.flatMap((series) => {
    const { service_name: service, service_namespace: namespace } = series.labels
    const rate = series.values.at(-1)
    if (service === undefined || rate === undefined || !(rate > 0)) return []
    const shares = sharesOf(series, failing.get(keyOf(series)))
    const rise = riseOf(shares)
    return [
      {
        service,
        rate,
        errors: shares.at(-1)?.share ?? 0,
        ...(namespace !== undefined && { namespace }),
        ...(rise.before !== undefined && { before: rise.before }),
        ...(rise.since !== undefined && { since: rise.since }),
      },
    ]
  })
}

const keyOf = ({ labels }: RangeSeries) => `${labels.service_namespace ?? ''}/${labels.service_name ?? ''}`

interface Share {
  readonly at: number
  readonly share: number
}

function sharesOf(calls: RangeSeries, errors: RangeSeries | undefined): readonly Share[] {
  const failed = new Map(errors?.times.map((at, index) => [at, errors.values[index] ?? 0]))
  return calls.times.flatMap((at, index) => {
    const all = calls.values[index] ?? 0
    return all > 0 ? [{ at, share: (failed.get(at) ?? 0) / all }] : []
  })
}

/** Walks back from now while the share stays high: where that ends, it began; what was there before is the baseline. */
function riseOf(shares: readonly Share[]): { before?: number; since?: number } {
  const now = shares.at(-1)
  if (!now) return {}
  const high = Math.max(noise, now.share / 4)
  let start = shares.length
  while (start > 0 && (shares[start - 1]?.share ?? 0) >= high) start -= 1
  const earlier = shares.slice(0, start)
  if (earlier.length === 0) return {}
  const sorted = earlier.map((one) => one.share).toSorted((a, b) => a - b)
  const before = sorted[Math.floor(sorted.length / 2)] ?? 0
  const first = shares[start]
  return first ? { before, since: first.at } : { before }
}
