// Charts of one line: sparkline, bar.
import type { Role, Theme } from '#ui/theme.ts'
import { type Extent, reach, resample, type Samples } from './resample.ts'

export interface Spark {
  readonly samples: Samples
  readonly from: number
  readonly to: number
  /** The value at the bottom; the least sample where absent. */
  readonly min?: number
  /** The value at the top; the greatest sample where absent. */
  readonly max?: number
}

// Filled columns of 0 to 4 dots, left and right half of a cell.
const left = [0, 0x40, 0x44, 0x46, 0x47] as const
const right = [0, 0x80, 0xa0, 0xb0, 0xb8] as const
const ramp = '_.:-=+*#'

/** A filled line of exactly `width` cells. Every measured point shows at least one dot; a gap stays blank. */
export function sparkline(spark: Spark, width: number, theme: Theme): string {
  const perCell = theme.ascii ? 1 : 2
  const extents = resample(spark.samples, spark.from, spark.to, width * perCell)
  const known = extents.filter((extent) => extent !== undefined)
  const min = spark.min ?? Math.min(...known.map((extent) => extent.min))
  const max = spark.max ?? Math.max(...known.map((extent) => extent.max))
  const held = hold(extents, reach(spark.samples, spark.from, spark.to, width * perCell))
  const level = (extent: Extent | undefined, steps: number) => {
    if (extent === undefined) return 0
    const share = max > min ? (extent.max - min) / (max - min) : 0.5
    return Math.min(steps, Math.max(1, Math.ceil(share * steps)))
  }
  let line = ''
  for (let cell = 0; cell < width; cell++) {
    if (theme.ascii) {
      const step = level(held[cell], ramp.length)
      line += step === 0 ? ' ' : (ramp[step - 1] ?? ' ')
    } else {
      const code = (left[level(held[cell * 2], 4)] ?? 0) + (right[level(held[cell * 2 + 1], 4)] ?? 0)
      line += code === 0 ? ' ' : String.fromCharCode(0x2800 + code)
    }
  }
  return line
}

/** Where there are fewer samples than columns, a sample stands until the next one, but never across a gap. */
function hold(extents: readonly (Extent | undefined)[], far: number): (Extent | undefined)[] {
  let last: { readonly extent: Extent; readonly index: number } | undefined
  return extents.map((extent, index) => {
    if (extent !== undefined) last = { extent, index }
    return last !== undefined && index - last.index < far ? last.extent : undefined
  })
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const

/** A bar of fixed width for a ratio of 0 to 1, its empty part dim. More than 1 fills it. */
export function bar(ratio: number, width: number, theme: Theme, role?: Role): string {
  const share = Math.min(1, Math.max(0, ratio))
  const paint = (text: string) => (role === undefined ? text : theme.paint(role, text))
  if (theme.ascii) {
    const full = share > 0 ? Math.max(1, Math.round(share * width)) : 0
    return paint('#'.repeat(full)) + theme.paint('dim', '.'.repeat(width - full))
  }
  const parts = share > 0 ? Math.max(1, Math.round(share * width * 8)) : 0
  const filled = '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '')
  return paint(filled) + theme.paint('dim', '·'.repeat(width - filled.length))
}
