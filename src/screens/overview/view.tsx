// The Overview as lines: a function of the overview, the room and the selection.
import type { ReactNode } from 'react'
import { Lines } from '#ui/Line.tsx'
import type { Theme } from '#ui/theme.ts'
import { type ArrangedBand, paneGap } from './arrange.ts'

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
  const lines = bands.flatMap((band, index) => [
    ...(index > 0 ? [''] : []),
    ...bandLines(band, selected, theme),
  ])
  return <Lines lines={lines} rows={rows} />
}

function bandLines({ panes }: ArrangedBand, selected: string | undefined, theme: Theme): string[] {
  const height = Math.max(0, ...panes.map((pane) => pane.length))
  return Array.from({ length: height }, (_, row) =>
    panes
      .map((pane) => {
        const line = pane[row]
        if (line === undefined) return ''
        return line.target !== undefined && line.target.id === selected ? theme.select(line.text) : line.text
      })
      .join(' '.repeat(paneGap)),
  )
}
