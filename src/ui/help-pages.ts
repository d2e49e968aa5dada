// The help page in columns: as many beside one another as the width allows, so that a wide terminal shows it whole.
import { type HelpSection, helpLines } from './footer.ts'
import { pad } from './text.ts'
import type { Theme } from './theme.ts'

/** Cells that keys and a sentence need beside one another. */
const least = 58
const space = 2

/** Screens full of lines; one column where that is enough. Each line is as wide as the terminal, or narrower. */
export function helpPages(
  sections: readonly HelpSection[],
  { columns, rows }: { readonly columns: number; readonly rows: number },
  theme: Theme,
): readonly (readonly string[])[] {
  const whole = helpLines(sections, columns, theme)
  const most = Math.max(1, Math.floor((columns + space) / (least + space)))
  if (whole.length <= rows || most === 1) return chunks(whole, rows)
  const width = Math.floor((columns + space) / most) - space
  const parts = chunks(helpLines(sections, width, theme), rows)
  const pages = Array.from({ length: Math.ceil(parts.length / most) }, (_, page) =>
    parts.slice(page * most, (page + 1) * most),
  )
  return pages.map((beside) =>
    Array.from({ length: rows }, (_, row) =>
      beside.map((part) => pad(part[row] ?? '', width)).join(' '.repeat(space)),
    ),
  )
}

/** In heights of `rows`: none begins with an empty line, and no title stands last without its keys. */
function chunks(lines: readonly string[], rows: number): readonly (readonly string[])[] {
  const parts: string[][] = []
  let part: string[] = []
  for (const [index, line] of lines.entries()) {
    const isTitle = index === 0 || lines[index - 1] === ''
    const room = rows - part.length
    if (room < 1 || (isTitle && room < 2)) {
      parts.push(part)
      part = []
    }
    if (line !== '' || part.length > 0) part.push(line)
  }
  return [...parts, part]
}
