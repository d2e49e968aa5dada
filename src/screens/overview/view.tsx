// The Overview as lines: a function of the overview, the room and the selection.
import type { ReactNode } from 'react'
import { Lines } from '#ui/Line.tsx'
import type { Theme } from '#ui/theme.ts'
import type { ArrangedBand } from './arrange.ts'
import { overviewLines } from './lines.ts'

export function OverviewView({
  bands,
  selected,
  rows,
  theme,
}: {
  readonly bands: readonly ArrangedBand[]
  /** The selected line's id. */
  readonly selected: string | undefined
  readonly rows: number
  readonly theme: Theme
}): ReactNode {
  return <Lines lines={overviewLines(bands, selected, theme)} rows={rows} />
}
