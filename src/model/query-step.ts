// The resolution of a range query for a chart of a given width.

/** Steps that divide minutes, hours and days evenly, in milliseconds. */
const steps = [
  5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
  172_800, 604_800,
].map((seconds) => seconds * 1000)

/**
 * The smallest round step (milliseconds) that gives at most two points a column over the range's `span`:
 * braille cells are two dots wide. Never under 5 s, which is finer than anything is scraped.
 */
export function stepFor(range: { readonly span: number }, columns: number): number {
  const wanted = range.span / (2 * Math.max(1, columns) - 1)
  return steps.find((step) => step >= wanted) ?? Math.ceil(wanted / 604_800_000) * 604_800_000
}

/** Of one step, how far the end may lie back: with steps of hours the present would else be missing for hours. */
const share = 10

/**
 * Whole steps up to a round moment, so that a refresh asks for the same instants and a chart stands still: the end lies
 * a tenth of a step back at most, or a step where that is no more than a minute.
 */
export function alignRange(
  bounds: { readonly from: number; readonly to: number },
  step: number,
): { from: number; to: number } {
  const minute = 60_000
  const round = steps.findLast((one) => one <= Math.max(step / share, Math.min(step, minute))) ?? step
  const to = Math.floor(bounds.to / round) * round
  return { from: to - Math.floor((bounds.to - bounds.from) / step) * step, to }
}

/** The window of a `rate` at this step: never finer than five scrapes of a minute, never with holes between steps. */
export function rateWindow(step: number): string {
  return `${Math.max(300, Math.ceil(step / 1000))}s`
}
