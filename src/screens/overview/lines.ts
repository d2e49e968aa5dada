// The Overview's panes as lines: bands below each other, panes side by side.
import type { Theme } from '#ui/theme.ts'
import { type ArrangedBand, paneGap } from './arrange.ts'

/** `selected` is the selected line's id. */
export function overviewLines(
  bands: readonly ArrangedBand[],
  selected: string | undefined,
  theme: Theme,
): string[] {
  return bands.flatMap((band, index) => [...(index > 0 ? [''] : []), ...bandLines(band, selected, theme)])
}

export function bandLines({ panes }: ArrangedBand, selected: string | undefined, theme: Theme): string[] {
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
