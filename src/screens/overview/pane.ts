// A pane: so many lines of exactly one width, some of which lead to an object.
import type { ObjectRef } from '#model/kube.ts'
import type { Finding } from '#model/overview.ts'
import type { Reading } from '#model/reading.ts'
import { missing, type Notice, staleness } from '#ui/notice.ts'
import { clip, pad, width as widthOf, wrap } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'

export interface PaneLine {
  readonly text: string
  readonly target?: LineTarget
}

/** What `enter` opens, an object or a screen, and the line's identity for the selection. */
export type LineTarget = { readonly id: string } & (
  | { readonly ref: ObjectRef; readonly screen?: never }
  | { readonly screen: string; readonly ref?: never }
)

/** What every pane is drawn with. */
export interface Room {
  readonly width: number
  readonly height: number
  readonly theme: Theme
  readonly now: number
  readonly timeZone: string | undefined
  /** Whether what is waited for is named by now. */
  readonly late: boolean
  /** What is shown of what is wrong: all of it, where nothing is asked for. */
  readonly keep: (finding: Finding) => boolean
  /** How `keep` is told: `/checkout`; empty where it keeps all. */
  readonly kept: string
}

/** The sentence of a reading without data; blank until the wait is long enough to be named. */
export function noneText(reading: Reading<unknown>, what: string, room: Room): Notice | undefined {
  const none = missing(reading, what, room.theme)
  return none === undefined || room.late || reading.gap !== undefined ? none : { ...none, text: '' }
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
  const none = noneText(reading, what, room)
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
