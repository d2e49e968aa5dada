// Values side by side: cells of one size, as many as there is room for, what is left over counted in the last one.
import { pad } from '#ui/text.ts'
import { filled, type PanelRoom } from './room.ts'

/** Cells are at least so wide, and wider than the other only where there are few of them; two blanks between them. */
const narrow = 14
const wide = 36
const between = 2

/**
 * `draw` fills a room of the cell's size. `tall` is the height that a cell would like to have: rows are added before
 * cells get less than that, and only then columns.
 */
export function cellGrid<Value>(
  values: readonly Value[],
  room: PanelRoom,
  tall: number,
  draw: (value: Value, room: PanelRoom) => string[],
): string[] {
  const { width, height, theme } = room
  const most = Math.max(1, Math.floor((width + between) / (narrow + between)))
  const inRows = Math.max(1, Math.floor(height / tall))
  const columns = Math.min(
    most,
    Math.max(1, Math.ceil(values.length / inRows), Math.min(values.length, Math.floor(width / wide))),
  )
  const rows = Math.min(height, Math.ceil(values.length / columns))
  const shown = values.length > rows * columns ? values.slice(0, rows * columns - 1) : values
  const left = values.length - shown.length
  const [across, high] = [
    Math.floor((width - between * (columns - 1)) / columns),
    Math.floor(height / Math.max(1, rows)),
  ]
  const lines: string[] = []
  for (let row = 0; row < rows; row++) {
    const cells = Array.from({ length: columns }, (_, column) => {
      const value = shown[row * columns + column]
      const own = { ...room, width: across, height: high }
      if (value !== undefined) return filled(draw(value, own), own)
      const last = row * columns + column === shown.length && left > 0
      return filled(last ? [theme.paint('dim', `+${left} more`.slice(0, wide))] : [], own)
    })
    for (let line = 0; line < high; line++) {
      lines.push(pad(cells.map((cell) => cell[line] ?? '').join(' '.repeat(between)), width))
    }
  }
  return lines
}
