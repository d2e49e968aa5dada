// A pane: so many lines of exactly one width, some of which lead to an object.
import type { ObjectRef } from '#model/kube.ts'
import type { Reading } from '#model/reading.ts'
import { missing, staleness } from '#ui/notice.ts'
import { clip, pad, width as widthOf, wrap } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'

export interface PaneLine {
  readonly text: string
  /** What `enter` opens, and the line's identity for the selection. */
  readonly target?: { readonly id: string; readonly ref: ObjectRef }
}

/** What every pane is drawn with. */
export interface Room {
  readonly width: number
  readonly height: number
  readonly theme: Theme
  readonly now: number
  readonly timeZone: string
}

/**
 * A title in bold, and at the right a dim word about the columns, or how old the data is (why, is said once: with what is
 * wrong and with the sources).
 */
export function titleLine(
  title: string,
  right: string,
  reading: Reading<unknown> | undefined,
  room: Room,
): PaneLine {
  const { theme, width } = room
  const old = reading === undefined ? undefined : staleness(reading, room.now)
  const head = clip(` ${title}`, width, 'end', theme.glyph.cut)
  const free = Math.max(0, width - widthOf(head) - 2)
  const tail = clip(old ?? right, free, 'end', theme.glyph.cut)
  const space = ' '.repeat(Math.max(0, width - widthOf(head) - widthOf(tail)))
  const role: Role = old === undefined ? 'head' : 'warn'
  return { text: `${theme.paint('title', head)}${space}${theme.paint(role, tail)}` }
}

/** A sentence over as many lines as it needs, at most `rows`. */
export function sentence(text: string, role: Role, rows: number, room: Room): PaneLine[] {
  const lines = wrap(text, Math.max(8, room.width - 2))
  const shown = lines.slice(0, rows)
  if (lines.length > rows && rows > 0) shown[rows - 1] = `${shown[rows - 1] ?? ''} ${room.theme.glyph.cut}`
  return shown.map((line) => ({
    text: room.theme.paint(role, pad(clip(` ${line}`, room.width, 'end', room.theme.glyph.cut), room.width)),
  }))
}

/** Title and rows of a reading, or the sentence of why there are none. Stale rows are dimmed. */
export function readingPane<T>(
  title: string,
  right: string,
  what: string,
  reading: Reading<T>,
  room: Room,
  rows: (data: T) => readonly PaneLine[],
): PaneLine[] {
  const head = titleLine(title, right, reading, room)
  const none = missing(reading, what, room.theme)
  if (none !== undefined || reading.data === undefined) {
    return filled([head, ...sentence(none?.text ?? '', none?.role ?? 'dim', room.height - 1, room)], room)
  }
  const lines = rows(reading.data)
  return filled(
    [head, ...(reading.gap === undefined ? lines : lines.map((line) => dimmed(line, room.theme)))],
    room,
  )
}

function dimmed(line: PaneLine, theme: Theme): PaneLine {
  return { ...line, text: theme.paint('dim', line.text) }
}

/** Exactly the room's lines: cut, or filled with blank ones. */
export function filled(lines: readonly PaneLine[], room: Room): PaneLine[] {
  const blank: PaneLine = { text: ' '.repeat(room.width) }
  return Array.from({ length: room.height }, (_, index) => lines[index] ?? blank)
}

export interface Cell {
  readonly text: string
  readonly width: number
  readonly align?: 'left' | 'right'
  readonly cut?: 'end' | 'middle'
  readonly role?: Role | undefined
}

/** Cells side by side, one space between. */
export function cells(parts: readonly Cell[], theme: Theme): string {
  return parts
    .map(({ text, width, align, cut, role }) => {
      const drawn = pad(clip(text, width, cut, theme.glyph.cut), width, align)
      return role === undefined ? drawn : theme.paint(role, drawn)
    })
    .join(' ')
}
