// The Overview before anything is known, for the frame that is drawn before the screens are loaded.
import type { Overview } from '#model/overview.ts'
import type { Theme } from '#ui/theme.ts'
import { arrangeOverview, type OverviewSize } from './arrange.ts'
import { overviewLines } from './lines.ts'

export function openingOverview(
  overview: Overview,
  size: Pick<OverviewSize, 'columns' | 'rows' | 'now' | 'timeZone'>,
  theme: Theme,
): string[] {
  const bands = arrangeOverview(overview, { ...size, late: false, keep: () => true, kept: '' }, theme)
  return overviewLines(bands, undefined, theme)
}
