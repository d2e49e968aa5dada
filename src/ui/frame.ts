// The frame around every screen as lines; Frame.tsx is the same as components.
import { toAscii } from './text.ts'
import type { Theme } from './theme.ts'

/** Rows that the frame itself takes: the header, a rule, the footer. */
export const frameRows = 3

/** Less is too small for anything but saying so. */
export const hasRoom = (columns: number, rows: number) => columns >= 20 && rows >= 5

export function ruleLine(columns: number, theme: Theme): string {
  return theme.paint('dim', theme.glyph.rule.repeat(columns))
}

/** A whole screen; `body` is cut or filled up to the rows between. */
export function frameLines(
  { columns, rows }: { readonly columns: number; readonly rows: number },
  {
    header,
    body,
    footer,
  }: { readonly header: string; readonly body: readonly string[]; readonly footer: string },
  theme: Theme,
): string[] {
  const between = Array.from({ length: Math.max(0, rows - frameRows) }, (_, row) => body[row] ?? '')
  const lines = [header, ruleLine(columns, theme), ...between, footer]
  return theme.ascii ? lines.map(toAscii) : lines
}
