// A panel's transformations, one after the other. One that is not known here is named, and its input passed on.

import type { Transformation } from '#model/dashboard/dashboard.ts'
import type { DataFrame } from '#model/dashboard/field.ts'
import { byRefId } from '#model/dashboard/override-matchers.ts'
import { fields } from '#model/fields.ts'
import { calculateField } from './calculate-field.ts'
import { configFromData } from './config-from-data.ts'
import { convertFieldType } from './convert-field-type.ts'
import { extractFields } from './extract-fields.ts'
import { filterByValue } from './filter-by-value.ts'
import { filterFieldsByName, filterFramesByRefId } from './filter-fields.ts'
import { groupBy } from './group-by.ts'
import { groupingToMatrix } from './grouping-to-matrix.ts'
import { joinByField } from './join-by-field.ts'
import { labelsToFields } from './labels-to-fields.ts'
import { concatenate, merge } from './merge.ts'
import { organize } from './organize.ts'
import { partitionByValues } from './partition-by-values.ts'
import { reduce } from './reduce-frames.ts'
import { renameByRegex } from './rename-by-regex.ts'
import { limit, sortBy } from './rows.ts'
import { seriesToRows } from './series-to-rows.ts'
import type { Transform, TransformContext } from './transform.ts'

/** By Grafana's id, the former ids included. */
const transforms: Readonly<Record<string, Transform>> = {
  organize,
  filterFieldsByName,
  filterByName: filterFieldsByName,
  filterByRefId: filterFramesByRefId,
  calculateField,
  groupBy,
  groupingToMatrix,
  sortBy,
  limit,
  configFromData,
  renameByRegex,
  merge,
  concatenate,
  joinByField,
  seriesToColumns: joinByField,
  seriesToRows,
  labelsToFields,
  reduce,
  filterByValue,
  partitionByValues,
  extractFields,
  convertFieldType,
  // Our frames of series are already as it makes them.
  prepareTimeSeries: (frames) => frames,
}

export interface Transformed {
  readonly frames: readonly DataFrame[]
  /** The ids of those that are not known here. */
  readonly unknown: readonly string[]
}

export function transformFrames(
  frames: readonly DataFrame[],
  transformations: readonly Transformation[],
  context: TransformContext,
): Transformed {
  const unknown: string[] = []
  let now = frames
  for (const { id, disabled, only, options } of transformations) {
    if (disabled) continue
    const transform = Object.hasOwn(transforms, id) ? transforms[id] : undefined
    if (!transform) {
      unknown.push(id)
      continue
    }
    const matches = only === undefined ? () => true : byRefId(only)
    const meant = now.filter((frame) => matches(undefined, frame))
    const others = now.filter((frame) => !meant.includes(frame))
    now = [...others, ...transform(meant, fields(options), context)]
  }
  return { frames: now, unknown }
}
