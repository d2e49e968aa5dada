// The buckets of a classic histogram, each as a series of its own: Prometheus counts in a bucket all that is under its
// bound, so the bucket below is taken off.
import type { Labels } from '#model/prometheus.ts'
import type { DataFrame, FieldConfig, Value } from './field.ts'
import type { Answered } from './frames.ts'
import { legendName } from './legend-name.ts'
import { type Series, seriesFrame, seriesFrames, seriesOf } from './series-frames.ts'

/** From the lowest bound to the highest. What has no `le` is no bucket and stays as it is. */
export function bucketFrames(answered: Answered, config: FieldConfig): readonly DataFrame[] {
  const { target, answer, expr, legend } = answered
  const all = seriesOf(answer)
  if (!all.some(({ labels }) => labels.le !== undefined)) return seriesFrames(answered, config)
  const groups = Map.groupBy(all, (one) => groupOf(one.labels))
  return [...groups.values()].flatMap((buckets) => {
    const rising = buckets.toSorted((a, b) => boundOf(a) - boundOf(b))
    return rising.map((bucket, index) => {
      const below = rising[index - 1]
      const own = below === undefined ? bucket : { ...bucket, values: lessThan(bucket, below) }
      // A legend would name the series; of a bucket the bound is the name unless the dashboard has another.
      const name =
        legend === '' || legend === '__auto'
          ? (bucket.labels.le ?? '')
          : legendName(legend, bucket.labels, undefined, expr)
      return seriesFrame(target.refId, name, own, config)
    })
  })
}

const groupOf = ({ le: _, ...rest }: Labels) => JSON.stringify(Object.entries(rest).sort())

const boundOf = ({ labels }: Series) =>
  labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le ?? 0)

/** A scrape between two buckets can make the lower one the greater: never less than nothing. */
function lessThan(bucket: Series, below: Series): readonly Value[] {
  const lower = new Map(below.times.map((at, index) => [at, below.values[index]]))
  return bucket.values.map((value, index) => {
    const under = lower.get(bucket.times[index] ?? Number.NaN)
    return typeof value === 'number' && typeof under === 'number' ? Math.max(0, value - under) : value
  })
}
