// The parts that panels' options share: how fields become single numbers, and what the legend shows.
import type { Legend, Reduce } from '#model/dashboard/dashboard.ts'
import { reducerOf } from '#model/dashboard/reduce.ts'
import { type Fields, fields, known, number, text, texts } from '#model/fields.ts'

/** Of today's `reduceOptions` or of Grafana 6's `fieldOptions`. */
export function readReduce(options: Fields): Reduce {
  const { calcs, values, limit, fields: pattern } = fields(options.reduceOptions ?? options.fieldOptions)
  const reducers = texts(calcs).flatMap((id) => reducerOf(id) ?? [])
  return {
    calcs: reducers.length > 0 ? reducers : ['lastNotNull'],
    all: values === true,
    fields: text(pattern) ?? '',
    ...known({ most: number(limit) }),
  }
}

export function readLegend(options: Fields): Legend {
  const { showLegend, displayMode, placement, calcs } = fields(options.legend)
  return {
    shown: showLegend !== false && displayMode !== 'hidden',
    place: placement === 'right' ? 'right' : 'bottom',
    calcs: texts(calcs).flatMap((id) => reducerOf(id) ?? []),
  }
}
