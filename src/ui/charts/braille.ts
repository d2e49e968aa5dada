// A canvas of dots in braille cells, two wide and four high each (Unicode 10.0, block 2800..28FF).

/** The bit of each dot by row and column within its cell. */
const bits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const

export interface Canvas {
  /** In dots. */
  readonly width: number
  readonly height: number
  /** Sets the dot at `x`, `y` (from the top left) for the drawing `owner`; outside the canvas it is nothing. */
  dot(x: number, y: number, owner: number): void
  /** The cell's character, or undefined where no dot is set. */
  cell(column: number, row: number): { readonly text: string; readonly owner: number } | undefined
}

/** A canvas of so many cells. Where drawings share a cell, it belongs to the last one. */
export function createCanvas(columns: number, rows: number): Canvas {
  const dots = new Uint8Array(columns * rows)
  const owners = new Int16Array(columns * rows).fill(-1)
  return {
    width: columns * 2,
    height: rows * 4,
    dot(x, y, owner) {
      if (x < 0 || y < 0 || x >= columns * 2 || y >= rows * 4) return
      const index = (y >> 2) * columns + (x >> 1)
      dots[index] = (dots[index] ?? 0) | (bits[y & 3]?.[x & 1] ?? 0)
      owners[index] = owner
    },
    cell(column, row) {
      const index = row * columns + column
      const value = dots[index] ?? 0
      return value === 0
        ? undefined
        : { text: String.fromCharCode(0x2800 + value), owner: owners[index] ?? -1 }
    },
  }
}
