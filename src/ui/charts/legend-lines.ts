// A legend in a block of lines: as a table with a row a series where there is room, else one after another.
import { paintInk } from '#ui/ink.ts'
import { clip, pad, width as widthOf } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'
import type { LegendContent, LegendRow } from './legend.ts'

/** More figures than these are only in a table. */
const flowFigures = 2
/** Names longer than this are cut in their middle where several share a line. */
const longName = 24
/** Figures give way to a name of so many cells. */
const shortName = 8
const between = 2

/**
 * One series after another on at most `most` lines, in columns where there are several lines. Where not all find room,
 * those that matter most stand first.
 */
export function flowLegend(legend: LegendContent, width: number, most: number, theme: Theme): string[] {
  const whole = flowOf(legend, legend.rows, width, most, theme)
  return whole.left === 0 ? whole.lines : flowOf(legend, heaviest(legend.rows), width, most, theme).lines
}

/** The heaviest first; equal ones as they were. */
const heaviest = (rows: readonly LegendRow[]) => rows.toSorted((a, b) => b.weight - a.weight)

function flowOf(
  legend: LegendContent,
  rows: readonly LegendRow[],
  width: number,
  most: number,
  theme: Theme,
): { readonly lines: string[]; readonly left: number } {
  const entries = rows.map((row) => entryOf(row, legend.columns, theme))
  const lead =
    legend.moment === '' ? [] : [{ plain: legend.moment, painted: theme.paint('accent', legend.moment) }]
  const single = lineOf([...lead, ...entries], legend.note, 0, width, theme)
  if (single.left === 0 || most <= 1) return { lines: [single.text], left: single.left }
  const cell = Math.min(width, Math.max(...entries.map((entry) => widthOf(entry.plain))))
  const across = Math.max(1, Math.floor((width + between) / (cell + between)))
  const body = most - lead.length
  const lines: string[] = lead.map((one) => lineOf([one], '', 0, width, theme).text)
  let left = 0
  for (let row = 0; row < body && row * across < entries.length; row++) {
    const isLast = row === body - 1 || (row + 1) * across >= entries.length
    const own = entries.slice(row * across, isLast ? undefined : (row + 1) * across)
    const line = lineOf(own, isLast ? legend.note : '', cell, width, theme)
    lines.push(line.text)
    left += line.left
  }
  return { lines, left }
}

interface Entry {
  readonly plain: string
  readonly painted: string
}

function entryOf(row: LegendRow, columns: readonly string[], theme: Theme): Entry {
  const name = clip(row.name, longName, 'middle', theme.glyph.cut)
  const figures = row.figures
    .slice(0, flowFigures)
    .map((figure, index) => (index === 0 ? figure : `${columns[index]} ${figure}`))
  const text = ` ${[name, ...figures].filter((part) => part !== '').join(' ')}`
  return { plain: row.letter + text, painted: paintInk(theme, row.ink, row.letter) + text }
}

/** As many whole entries as fit, each in at least `cell`, then how many do not. */
function lineOf(
  entries: readonly Entry[],
  note: string,
  cell: number,
  width: number,
  theme: Theme,
): { readonly text: string; readonly left: number } {
  for (let shown = entries.length; shown > 0; shown--) {
    const left = entries.length - shown
    const end = endOf(left, note)
    let cells = 0
    let text = ''
    for (const [index, entry] of entries.slice(0, shown).entries()) {
      const start = index === 0 ? 0 : Math.max(index * (cell + between), cells + between)
      text += ' '.repeat(start - cells) + entry.painted
      cells = start + widthOf(entry.plain)
    }
    if (cells + end.length <= width) return { text: pad(text + theme.paint('dim', end), width), left }
  }
  // Without room for one entry its beginning is worth more than a number.
  const end = entries.length > 1 || note !== '' ? endOf(entries.length - 1, note) : ''
  const room = width - end.length >= shortName ? width - end.length : width
  const text = clip(entries[0]?.plain ?? '', room, 'end', theme.glyph.cut)
  const last = clip(end, width - widthOf(text), 'end', theme.glyph.cut)
  return { text: pad(text + theme.paint('dim', last), width), left: Math.max(0, entries.length - 1) }
}

function endOf(left: number, note: string): string {
  const parts = [...(left > 0 ? [`+${left}`] : []), ...(note === '' ? [] : [note])]
  return parts.length === 0 ? '' : `  ${parts.join(', ')}`
}

/** A row a series under a head, at most `most` lines of `width`. Figures that do not fit beside a name are left out. */
export function tableLegend(legend: LegendContent, width: number, most: number, theme: Theme): string[] {
  const room = Math.max(0, most - 1)
  const cut = legend.rows.length > room
  const kept = new Set(heaviest(legend.rows).slice(0, Math.max(0, room - 1)))
  const shown = cut ? legend.rows.filter((row) => kept.has(row)) : legend.rows
  const columns = legend.columns.map((name, index) =>
    Math.max(widthOf(name), ...legend.rows.map((row) => widthOf(row.figures[index] ?? ''))),
  )
  let count = columns.length
  const figures = () => columns.slice(0, count).reduce((sum, cells) => sum + cells + 2, 0)
  while (count > 1 && width - figures() - 2 < shortName) count--
  const name = Math.max(0, width - figures() - 2)
  const line = (letter: string, text: string, cells: readonly string[]) =>
    letter +
    pad(` ${clip(text, name, 'middle', theme.glyph.cut)}`, name + 1) +
    cells
      .slice(0, count)
      .map((cell, index) => `  ${pad(cell, columns[index] ?? 0, 'right')}`)
      .join('')
  const head = pad(clip(line(' ', '', legend.columns), width), width)
  const moment = clip(legend.moment, name + 2, 'end', theme.glyph.cut)
  const lines = [
    theme.paint('accent', moment) + theme.paint('dim', head.slice(moment.length)),
    ...shown.map((row) => {
      const text = clip(line(row.letter, row.name, row.figures), width)
      return pad(paintInk(theme, row.ink, text.slice(0, 1)) + text.slice(1), width)
    }),
  ]
  const left = legend.rows.length - shown.length
  const note = [...(left > 0 ? [`+${left}`] : []), ...(legend.note === '' ? [] : [legend.note])].join(', ')
  if (note !== '' && lines.length < most) lines.push(pad(theme.paint('dim', clip(`  ${note}`, width)), width))
  return lines.slice(0, most)
}

/** The width that a table of the legend would like to have. */
export function tableWidth(legend: LegendContent): number {
  const figures = legend.columns.map((name, index) =>
    Math.max(widthOf(name), ...legend.rows.map((row) => widthOf(row.figures[index] ?? ''))),
  )
  const name = Math.max(shortName, widthOf(legend.moment) - 2, ...legend.rows.map((row) => widthOf(row.name)))
  return 2 + name + figures.reduce((sum, cells) => sum + cells + 2, 0)
}
