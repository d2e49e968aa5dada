// A legend in a block of lines: as a table with a row a series where there is room, else one after another.
import { paintInk } from '#ui/ink.ts'
import { clip, pad, width as widthOf } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'
import type { LegendContent, LegendRow } from './legend.ts'

/** More figures than these are only in a table. */
const flowFigures = 2
/** Names longer than this are cut in their middle where several share a line. */
const longName = 24

/** One series after another on at most `most` lines, in columns where there are several lines. */
export function flowLegend(legend: LegendContent, width: number, most: number, theme: Theme): string[] {
  const entries = legend.rows.map((row) => entryOf(row, legend.columns, theme))
  const lead =
    legend.moment === '' ? [] : [{ plain: legend.moment, painted: theme.paint('accent', legend.moment) }]
  const single = lineOf([...lead, ...entries], legend.note, width, theme)
  if (single.left === 0 || most <= 1) return [single.text]
  const cell = Math.min(width, Math.max(...entries.map((entry) => widthOf(entry.plain))))
  const across = Math.max(1, Math.floor((width + 2) / (cell + 2)))
  const body = most - lead.length
  const lines: string[] = lead.map((one) => lineOf([one], '', width, theme).text)
  for (let row = 0; row < body && row * across < entries.length; row++) {
    const isLast = row === body - 1 || (row + 1) * across >= entries.length
    const own = entries.slice(row * across, isLast ? undefined : (row + 1) * across)
    const padded = own.map((entry) => ({ plain: pad(entry.plain, cell), painted: pad(entry.painted, cell) }))
    lines.push(lineOf(padded, isLast ? legend.note : '', width, theme).text)
  }
  return lines
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

/** As many whole entries as fit, then how many do not. */
function lineOf(
  entries: readonly Entry[],
  note: string,
  width: number,
  theme: Theme,
): { text: string; left: number } {
  const tail = (left: number) => {
    const parts = [...(left > 0 ? [`+${left}`] : []), ...(note === '' ? [] : [note])]
    return parts.length === 0 ? '' : `  ${parts.join(' ')}`
  }
  for (let shown = entries.length; shown >= 0; shown--) {
    const taken = entries.slice(0, shown)
    const end = tail(entries.length - shown)
    const cells = taken.reduce((sum, entry, index) => sum + widthOf(entry.plain) + (index > 0 ? 2 : 0), 0)
    const blank = (taken.at(-1)?.plain.length ?? 0) - (taken.at(-1)?.plain.trimEnd().length ?? 0)
    if (cells + end.length - (end === '' ? blank : 0) > width && shown > 0) continue
    const text = taken.map((entry) => entry.painted).join('  ')
    // Without room for one entry its name alone is worth more than a number.
    const only =
      shown === 0
        ? clip(entries[0]?.plain ?? '', Math.max(0, width - end.length), 'end', theme.glyph.cut)
        : ''
    const last = clip(end, Math.max(0, width - cells - widthOf(only)), 'end', theme.glyph.cut)
    const whole = `${cells > width ? text.trimEnd() : text}${only}${theme.paint('dim', last)}`
    return { text: pad(whole, width), left: entries.length - shown }
  }
  return { text: ' '.repeat(width), left: entries.length }
}

/** A row a series under a head, at most `most` lines of `width`. Figures that do not fit beside a name are left out. */
export function tableLegend(legend: LegendContent, width: number, most: number, theme: Theme): string[] {
  const room = Math.max(0, most - 1)
  const cut = legend.rows.length > room
  const shown = cut ? legend.rows.slice(0, Math.max(0, room - 1)) : legend.rows
  const columns = legend.columns.map((name, index) =>
    Math.max(widthOf(name), ...legend.rows.map((row) => widthOf(row.figures[index] ?? ''))),
  )
  let count = columns.length
  const figures = () => columns.slice(0, count).reduce((sum, cells) => sum + cells + 2, 0)
  while (count > 1 && width - figures() - 2 < 8) count--
  const name = Math.max(0, width - figures() - 2)
  const line = (letter: string, text: string, cells: readonly string[]) =>
    letter +
    pad(` ${clip(text, name, 'middle', theme.glyph.cut)}`, name + 1) +
    cells
      .slice(0, count)
      .map((cell, index) => `  ${pad(cell, columns[index] ?? 0, 'right')}`)
      .join('')
  const head = pad(clip(line(' ', '', legend.columns), width), width)
  const moment = clip(legend.moment, Math.max(0, name + 1), 'end', theme.glyph.cut)
  const lines = [
    theme.paint('accent', moment) + theme.paint('dim', head.slice(moment.length)),
    ...shown.map((row) => {
      const text = clip(line(row.letter, row.name, row.figures), width)
      return pad(paintInk(theme, row.ink, text.slice(0, 1)) + text.slice(1), width)
    }),
  ]
  const left = legend.rows.length - shown.length
  const note = [...(left > 0 ? [`+${left}`] : []), ...(legend.note === '' ? [] : [legend.note])].join(' ')
  if (note !== '' && lines.length < most) lines.push(pad(theme.paint('dim', clip(`  ${note}`, width)), width))
  return lines.slice(0, most)
}

/** The width that a table of the legend would like to have. */
export function tableWidth(legend: LegendContent): number {
  const figures = legend.columns.map((name, index) =>
    Math.max(widthOf(name), ...legend.rows.map((row) => widthOf(row.figures[index] ?? ''))),
  )
  const name = Math.max(widthOf(legend.moment), ...legend.rows.map((row) => widthOf(row.name)))
  return 2 + name + figures.reduce((sum, cells) => sum + cells + 2, 0)
}
