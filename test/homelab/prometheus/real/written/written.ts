// All written expressions, by area. Each is asked for at several moments and over a range.
import { aggregations } from './aggregations.ts'
import { faults } from './faults.ts'
import { functions } from './functions.ts'
import { histograms } from './histograms.ts'
import { labels } from './labels.ts'
import { operators } from './operators.ts'
import { ranges } from './ranges.ts'
import { selectors } from './selectors.ts'
import { subqueries } from './subqueries.ts'

export const written: Readonly<Record<string, readonly string[]>> = {
  selectors,
  'range functions': ranges,
  histograms,
  aggregations,
  operators,
  subqueries,
  labels,
  functions,
  faults,
}
