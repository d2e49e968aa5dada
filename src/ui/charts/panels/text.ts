// A text panel: its words on lines of the panel's width.
import type { PanelView } from '#model/dashboard/dashboard.ts'
import { clean, clip, width as widthOf, wrap } from '#ui/text.ts'
import { htmlText, type MarkdownLine, markdownLines } from './markdown.ts'
import type { PanelRoom } from './room.ts'

type TextView = Extract<PanelView, { kind: 'text' }>

/** More than this nobody reads on a dashboard; what would be parsed for nothing is left out. */
const longest = 100_000

export function textPanel(view: TextView, room: PanelRoom): string[] {
  const { theme, width, height } = room
  const source = view.content.slice(0, longest)
  const lines =
    view.mode === 'code'
      ? source.split('\n').map((text) => clip(clean(text), width, 'end', theme.glyph.cut))
      : markdownLines(htmlText(source)).flatMap((line) => wrapped(line, room))
  const first = Math.min(room.first ?? 0, Math.max(0, lines.length - height))
  if (lines.length - first <= height) return lines.slice(first)
  const shown = lines.slice(first, first + height - 1)
  return [...shown, theme.paint('dim', clip(`+${lines.length - first - shown.length} more lines`, width))]
}

function wrapped(line: MarkdownLine, { theme, width }: PanelRoom): string[] {
  const text = clean(line.text)
  if (line.fixed) return [clip(text, width, 'end', theme.glyph.cut)]
  const lead = widthOf(line.lead) < width / 2 ? line.lead : ''
  const indent = widthOf(lead)
  return wrap(text, width - indent).map((part, index) => {
    const whole = (index === 0 ? lead : ' '.repeat(indent)) + part
    return line.heading ? theme.paint('bold', whole) : whole
  })
}
