// What is asked of all series of a step at once, or of all steps of a series.
import { emptyRow, isEmpty, type Row, type Steps, type Value } from './rows.ts'

/** A value of one step at each of several. */
export function repeated(value: Value, count: number): Value {
  switch (value.type) {
    case 'string':
      return value
    case 'scalar':
      return { type: 'scalar', values: new Float64Array(count).fill(value.values[0] ?? 0) }
    case 'vector':
      return {
        type: 'vector',
        rows: value.rows.map(({ labels, values, has }) => ({
          labels,
          values: new Float64Array(count).fill(values[0] ?? 0),
          has: new Uint8Array(count).fill(has[0] ?? 0),
        })),
      }
  }
}

/** The least share below 0, the greatest above 1, and NaN where it is among them. */
export function outermost(shares: ArrayLike<number>): readonly number[] {
  let [least, greatest, none] = [0, 1, false]
  for (let index = 0; index < shares.length; index += 1) {
    const share = shares[index] ?? Number.NaN
    if (Number.isNaN(share)) none = true
    if (share < least) least = share
    if (share > greatest) greatest = share
  }
  return [...(none ? [Number.NaN] : []), least, greatest]
}

/** 1 at each step that none of the rows has. */
export function absentAt(rows: readonly Row[], labels: Row['labels'], steps: Steps): readonly Row[] {
  const out = emptyRow(labels, steps.count)
  for (let step = 0; step < steps.count; step += 1) {
    if (rows.some((row) => row.has[step])) continue
    out.values[step] = 1
    out.has[step] = 1
  }
  return isEmpty(out) ? [] : [out]
}

/** The value of the only series at each step; NaN where there are none or several. */
export function single(rows: readonly Row[], steps: Steps): Float64Array {
  return Float64Array.from({ length: steps.count }, (_, step) => {
    const present = rows.filter((row) => row.has[step])
    return present.length === 1 ? (present[0]?.values[step] ?? Number.NaN) : Number.NaN
  })
}
