// The numbers that a chart's legend says of a series where nobody asks for others.
import type { ChartCalc } from './chart.ts'
import type { Samples } from './resample.ts'

const last: ChartCalc = { name: 'last', of: ({ values }) => values.at(-1) }
const max: ChartCalc = { name: 'max', of: (samples) => greatest(samples) }

export const usualCalcs: readonly ChartCalc[] = [last, max]

function greatest({ values }: Samples): number | undefined {
  let most: number | undefined
  for (const value of values) {
    if (Number.isFinite(value) && (most === undefined || value > most)) most = value
  }
  return most
}
