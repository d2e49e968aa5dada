// Charts side by side as the lines of a screen.
import type { Grid } from './grid.ts'

/** Each chart is `grid.height` lines of `grid.width` cells; what is missing in the last band stays blank. */
export function sideBySide(
  charts: readonly (readonly string[])[],
  { across, width, height }: Grid,
): string[] {
  const lines: string[] = []
  for (let first = 0; first < charts.length; first += across) {
    const band = charts.slice(first, first + across)
    for (let row = 0; row < height; row++)
      lines.push(band.map((chart) => chart[row] ?? ' '.repeat(width)).join(''))
  }
  return lines
}
