// reduce: every field becomes one number for each reducer, as rows of a table or in the place of its values.

import type { DataFrame, Field, Reducer } from '#model/dashboard/field.ts'
import { nameOf, typeOf } from '#model/dashboard/frame.ts'
import { reducerOf, reduceValues } from '#model/dashboard/reduce.ts'
import { text, texts } from '#model/fields.ts'
import type { Transform, TransformContext } from './transform.ts'

/** What Grafana heads the columns with. */
const reducerTitles: Readonly<Record<Reducer, string>> = {
  last: 'Last',
  lastNotNull: 'Last *',
  first: 'First',
  firstNotNull: 'First *',
  min: 'Min',
  max: 'Max',
  mean: 'Mean',
  median: 'Median',
  sum: 'Total',
  count: 'Count',
  range: 'Range',
  delta: 'Delta',
  diff: 'Difference',
  diffperc: 'Difference percent',
  logmin: 'Min (above zero)',
  allIsNull: 'All nulls',
  allIsZero: 'All zeros',
  changeCount: 'Change count',
  distinctCount: 'Distinct count',
  variance: 'Variance',
  stdDev: 'StdDev',
}

export const reduce: Transform = (frames, options, context) => {
  const reducers = texts(options.reducers).flatMap((id) => reducerOf(id) ?? [])
  const wanted: readonly Reducer[] = reducers.length === 0 ? ['max'] : reducers
  const isMeant = ({ type }: Field) =>
    type === 'number' || (options.includeTimeField === true && type === 'time')
  if (text(options.mode) === 'reduceFields') return frames.map((frame) => inPlace(frame, wanted, isMeant))
  const rows = frames.flatMap((frame) => frame.fields.filter(isMeant))
  return [asRows(rows, wanted, options.labelsToFields === true, context)]
}

function inPlace(
  frame: DataFrame,
  reducers: readonly Reducer[],
  isMeant: (field: Field) => boolean,
): DataFrame {
  const fields = frame.fields.filter(isMeant).flatMap((field) =>
    reducers.map((reducer): Field => {
      const values = [reduceValues(field.values, reducer)]
      if (reducers.length === 1) return { ...field, values }
      return {
        ...field,
        name: `${nameOf(field)} ${reducerTitles[reducer]}`,
        displayName: `${nameOf(field)} ${reducerTitles[reducer]}`,
        values,
      }
    }),
  )
  return { ...frame, fields, length: fields.length === 0 ? 0 : 1 }
}

function asRows(
  rows: readonly Field[],
  reducers: readonly Reducer[],
  withLabels: boolean,
  { base }: TransformContext,
): DataFrame {
  const labels = withLabels ? [...new Set(rows.flatMap(({ labels = {} }) => Object.keys(labels)))].sort() : []
  const names: Field = { name: 'Field', type: 'string', values: rows.map(nameOf), config: base }
  return {
    refId: 'reduce',
    fields: [
      names,
      ...labels.map(
        (label): Field => ({
          name: label,
          type: 'string',
          values: rows.map((row) => row.labels?.[label]),
          config: base,
        }),
      ),
      ...reducers.map((reducer): Field => {
        const values = rows.map((row) => reduceValues(row.values, reducer))
        return { name: reducerTitles[reducer], type: typeOf(values), values, config: rows[0]?.config ?? base }
      }),
    ],
    length: rows.length,
  }
}
