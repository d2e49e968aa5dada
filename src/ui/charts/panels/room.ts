// What a panel is drawn into: its size, its moment, and what its reader points at.
import type { Field, Shown, Value } from '#model/dashboard/field.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { type Bounds, shownText, showValue } from '#model/dashboard/show-value.ts'
import type { ChartMark } from '#ui/charts/chart.ts'
import { clean, clip, pad, width as widthOf, wrap } from '#ui/text.ts'
import type { Role, Theme } from '#ui/theme.ts'

export interface PanelRoom {
  /** In cells. */
  readonly width: number
  readonly height: number
  readonly theme: Theme
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly timeZone: string | undefined
  /** What the first answer is waited for from: `3 queries`. Absent once there is one. */
  readonly waiting?: string
  readonly marks?: readonly ChartMark[]
  /** The moment at which a chart is read out. */
  readonly cursor?: number
  /** Series by their place: the one that stands alone, those put away. */
  readonly solo?: number
  readonly hidden?: ReadonlySet<number>
  /** The same panel `shift` milliseconds before. */
  readonly earlier?: { readonly label: string; readonly shift: number; readonly data: PanelData }
  /** The first row of a table or a list that is shown. */
  readonly first?: number
}

/** The value in its unit; what is not there and has no word of its own is a dash. */
export function shownIn(room: PanelRoom, value: Value, field: Field, more: More = {}): Shown {
  const { now, timeZone } = room
  const shown = showValue(value, field, { now, ...(timeZone !== undefined && { zone: timeZone }), ...more })
  return shownText(shown) === '' ? { ...shown, text: room.theme.glyph.none } : shown
}

interface More {
  readonly index?: number
  readonly bounds?: Bounds
}

export const textOf = (shown: Shown): string => clean(shownText(shown)).trim()

/** Exactly the room's lines, each of its width. What is too wide even so, in the smallest rooms, is cut without colours. */
export function filled(lines: readonly string[], { width, height, theme }: PanelRoom): string[] {
  return Array.from({ length: height }, (_, index) => {
    const line = lines[index] ?? ''
    return pad(widthOf(line) <= width ? line : clip(clean(line), width, 'end', theme.glyph.cut), width)
  })
}

/** A sentence in place of the data, on as many lines as it needs and there are. */
export function sentence(text: string, role: Role, { width, height, theme }: PanelRoom): string[] {
  const lines = wrap(text, width)
  const shown = lines.slice(0, height)
  const last = shown.at(-1)
  if (lines.length > height && last !== undefined) {
    const mark = theme.glyph.cut
    shown[shown.length - 1] = widthOf(last) + widthOf(mark) <= width ? last + mark : last.slice(0, -1) + mark
  }
  return shown.map((line) => theme.paint(role, line))
}
