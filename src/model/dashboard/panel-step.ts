// The step of a panel's query: as fine as the chart can show, as coarse as the dashboard asks for.
import { parseSpan } from '#model/duration.ts'
import { stepFor } from '#model/query-step.ts'

export interface StepLimits {
  /** The least step, milliseconds. */
  readonly least?: number
  readonly mostPoints?: number
  /** The step is this many times what it would be. */
  readonly coarser?: number
}

/** Milliseconds. Never gives more than two points a column of the chart, whatever the dashboard asks for. */
export function panelStep(range: { readonly span: number }, columns: number, limits: StepLimits): number {
  const { least = 0, mostPoints, coarser = 1 } = limits
  const byWidth = stepFor(range, columns)
  // stepFor counts two points a column, less one.
  const byPoints = mostPoints === undefined ? 0 : stepFor(range, (Math.max(1, mostPoints) + 1) / 2)
  return Math.max(byWidth, byPoints, least) * Math.max(1, coarser)
}

/** A least step as dashboards write it: `30s`, `>1m`, `15` (seconds); undefined where it says nothing. */
export function leastStep(text: string | undefined): number | undefined {
  const plain = text?.trim().replace(/^>\s*=?\s*/, '') ?? ''
  if (/^\d+(\.\d+)?$/.test(plain)) return Number(plain) * 1000 || undefined
  return parseSpan(plain)
}
