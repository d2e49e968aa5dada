// A bar of a value between its bounds, with its thresholds marked in what is not filled.
import type { Field } from '#model/dashboard/field.ts'
import { paintCells } from '#ui/charts/paint.ts'
import type { PlotCell } from '#ui/charts/plot.ts'
import { bar } from '#ui/charts/small.ts'
import { paintInk } from '#ui/ink.ts'
import type { Role, Theme } from '#ui/theme.ts'
import { roleOfColour } from './colour.ts'
import type { PanelValue } from './values.ts'

/** Shares of the bar at which a threshold that means something begins. */
export function thresholdShares({ config }: Field, bounds: { readonly min: number; readonly max: number }) {
  const { steps, percent } = config.thresholds
  return steps.flatMap(({ from, colour }) => {
    const share = percent ? from / 100 : (from - bounds.min) / (bounds.max - bounds.min)
    const role = roleOfColour(colour)
    return role !== undefined && share > 0 && share < 1 ? [{ share, role }] : []
  })
}

export interface BarMark {
  readonly share: number
  readonly role: Role
}

export function scaleBar(
  { shown, role }: PanelValue,
  marks: readonly BarMark[],
  width: number,
  theme: Theme,
  unfilled: boolean,
): string {
  const share = shown.share ?? 0
  if (unfilled && marks.length === 0) return bar(share, width, theme, role ?? 'accent')
  const full = Math.min(width, share > 0 ? Math.max(1, Math.round(share * width)) : 0)
  const rest: PlotCell[] = Array.from({ length: width - full }, () =>
    unfilled ? { text: theme.ascii ? '.' : '·', ink: 'dim' } : undefined,
  )
  for (const mark of marks) {
    const at = Math.min(width - 1, Math.floor(mark.share * width)) - full
    if (at >= 0) rest[at] = { text: theme.ascii ? '|' : '│', ink: mark.role }
  }
  return paintInk(theme, role ?? 'accent', (theme.ascii ? '#' : '█').repeat(full)) + paintCells(rest, theme)
}
