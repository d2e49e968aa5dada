// A heatmap's numbers: how much is in each bucket at each column of time, to be compared within one heatmap.
import { nameOf } from '#model/dashboard/frame.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import type { Samples } from '#ui/charts/resample.ts'
import { clean } from '#ui/text.ts'
import { samplesOf } from './values.ts'

export interface Bucket {
  readonly name: string
  /** One a column: undefined where nothing was measured. */
  readonly counts: readonly (number | undefined)[]
}

/** Each field is a bucket, by its name: from low to high where all of them are numbers. */
export function givenBuckets(data: PanelData, columns: number): Bucket[] {
  const buckets = seriesOf(data).map(({ samples, name }) => ({
    name,
    counts: means(samples, data, columns),
  }))
  const numbers = buckets.map(({ name }) => numberOf(name))
  if (numbers.some(Number.isNaN)) return buckets
  return buckets
    .map((bucket, index) => ({ bucket, at: numbers[index] ?? 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ bucket }) => bucket)
}

/** The values of all series counted in `rows` buckets of one height, each by the value that it begins at. */
export function countedBuckets(
  data: PanelData,
  columns: number,
  rows: number,
  name: (from: number) => string,
): Bucket[] {
  const all = seriesOf(data).map(({ samples }) => samples)
  const bounds = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY }
  for (const { values } of all) {
    for (const value of values) {
      if (!Number.isFinite(value)) continue
      bounds.low = Math.min(bounds.low, value)
      bounds.high = Math.max(bounds.high, value)
    }
  }
  const { low, high } = bounds
  if (low > high) return []
  const step = (high - low) / rows
  const counts = Array.from({ length: rows }, () => new Array<number>(columns).fill(0))
  const totals = new Array<number>(columns).fill(0)
  for (const { times, values } of all) {
    for (let index = 0; index < times.length; index++) {
      const column = columnAt(times[index] ?? Number.NaN, data, columns)
      const value = values[index]
      if (column === undefined || value === undefined || !Number.isFinite(value)) continue
      const row = step > 0 ? Math.min(rows - 1, Math.floor((value - low) / step)) : 0
      const line = counts[row]
      if (line !== undefined) line[column] = (line[column] ?? 0) + 1
      totals[column] = (totals[column] ?? 0) + 1
    }
  }
  // Shares, not counts: columns that happen to hold a sample more would stand out as stripes.
  const share = (count: number, column: number) => {
    const total = totals[column] ?? 0
    return total === 0 ? undefined : count / total
  }
  return counts.map((line, row) => ({
    name: name(low + row * step),
    counts: held(line.map(share), columnsApart(data, columns)),
  }))
}

function seriesOf(data: PanelData) {
  return data.frames.flatMap((frame) =>
    frame.fields.flatMap((field) => {
      const samples =
        field.type === 'number' && !field.config.hiddenFrom.view ? samplesOf(frame, field) : undefined
      return samples === undefined ? [] : [{ samples, name: clean(nameOf(field)) }]
    }),
  )
}

/** The mean of what falls into a column. */
function means({ times, values }: Samples, data: PanelData, columns: number): (number | undefined)[] {
  const sums = new Array<number>(columns).fill(0)
  const counts = new Array<number>(columns).fill(0)
  for (let index = 0; index < times.length; index++) {
    const column = columnAt(times[index] ?? Number.NaN, data, columns)
    const value = values[index]
    if (column === undefined || value === undefined || !Number.isFinite(value)) continue
    sums[column] = (sums[column] ?? 0) + value
    counts[column] = (counts[column] ?? 0) + 1
  }
  const found = sums.map((sum, column) => (counts[column] ? sum / (counts[column] ?? 1) : undefined))
  return held(found, columnsApart(data, columns))
}

/** How many columns lie between two values. */
const columnsApart = ({ step, from, to }: PanelData, columns: number) => (step / (to - from)) * columns

/** Where the step is wider than a column a value stands until the next one. */
function held(found: readonly (number | undefined)[], far: number): (number | undefined)[] {
  let last = -1
  return found.map((value, index) => {
    if (value !== undefined) last = index
    return last >= 0 && index - last < far ? found[last] : value
  })
}

function columnAt(at: number, { from, to }: PanelData, columns: number): number | undefined {
  return at >= from && at <= to && to > from
    ? Math.min(columns - 1, Math.floor(((at - from) / (to - from)) * columns))
    : undefined
}

const numberOf = (name: string) =>
  /^\+?Inf$/i.test(name) ? Number.POSITIVE_INFINITY : name === '' ? Number.NaN : Number(name)
