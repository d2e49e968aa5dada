// A row of cells as text: neighbours of one colour share their colour codes.
import { type Ink, paintInk } from '#ui/ink.ts'
import type { Theme } from '#ui/theme.ts'
import type { PlotCell } from './plot.ts'

export function paintCells(row: readonly PlotCell[], theme: Theme): string {
  let line = ''
  let run = ''
  let ink: Ink | undefined
  const flush = () => {
    line += paintInk(theme, ink, run)
    run = ''
  }
  for (const cell of row) {
    const text = cell?.text ?? ' '
    // A blank has no colour: it joins whatever run it stands in.
    const next = text === ' ' ? ink : cell?.ink
    if (next !== ink) flush()
    ink = next
    run += text
  }
  flush()
  return line
}
