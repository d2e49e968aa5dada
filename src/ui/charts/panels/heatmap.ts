// A heatmap panel: buckets from bottom to top, time from left to right, the fuller the denser.
import type { PanelView } from '#model/dashboard/dashboard.ts'
import type { Field } from '#model/dashboard/field.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { paintCells } from '#ui/charts/paint.ts'
import type { Plot, PlotCell } from '#ui/charts/plot.ts'
import { rulerOf } from '#ui/charts/ruler.ts'
import { timeAxis } from '#ui/charts/time-axis.ts'
import type { Ink } from '#ui/ink.ts'
import { clip, pad, width as widthOf } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'
import { type Bucket, countedBuckets, givenBuckets } from './buckets.ts'
import { type PanelRoom, shownIn, textOf } from './room.ts'

type HeatmapView = Extract<PanelView, { kind: 'heatmap' }>

export function heatmapPanel(view: HeatmapView, data: PanelData, room: PanelRoom): string[] {
  const { theme, width, height } = room
  const rows = Math.max(1, height - (height > 1 ? 1 : 0))
  const field = data.frames.flatMap((frame) => frame.fields).find((one) => one.type === 'number')
  const label = (value: number) => (field === undefined ? String(value) : labelOf(value, field, room))
  // The labels' width is known only once the buckets are, and their columns only then: counted twice.
  const bucketsOf = (columns: number) =>
    view.calculate ? countedBuckets(data, columns, rows, label) : givenBuckets(data, columns)
  const axis = axisWidth(bucketsOf(1), width)
  const columns = Math.max(1, width - axis)
  const buckets = gathered(bucketsOf(columns), rows)
  const most = buckets.reduce(
    (top, bucket) => bucket.counts.reduce<number>((high, one) => Math.max(high, one ?? 0), top),
    0,
  )
  const lines = buckets.toReversed().map((bucket) => {
    const name =
      axis === 0 ? '' : `${pad(clip(bucket.name, axis - 1, 'end', theme.glyph.cut), axis - 1, 'right')} `
    return (
      theme.paint('dim', name) +
      paintCells(
        bucket.counts.map((one) => shade(one, most, theme)),
        theme,
      )
    )
  })
  const blank = new Array<string>(Math.max(0, rows - lines.length)).fill('')
  const ruler = rulerOf({ scale: { format: String } }, 0, 1)
  const plot: Plot = {
    columns,
    rows,
    from: data.from,
    to: data.to,
    rulers: { left: ruler, right: ruler },
    lettered: false,
  }
  const time = {
    series: [],
    left: { scale: { format: String } },
    from: data.from,
    to: data.to,
    timeZone: room.timeZone,
    cursor: room.cursor,
  }
  return [...lines, `${' '.repeat(axis)}${timeAxis(time, plot, theme)}`, ...blank].slice(0, height)
}

const labelOf = (value: number, field: Field, room: PanelRoom) => textOf(shownIn(room, value, field))

function axisWidth(buckets: readonly Bucket[], width: number): number {
  const cells = buckets.reduce((most, bucket) => Math.max(most, widthOf(bucket.name)), 0) + 1
  return cells <= Math.floor(width / 3) ? cells : 0
}

/** As many buckets as there are rows: neighbours are added up under the lower one's name. */
function gathered(buckets: readonly Bucket[], rows: number): Bucket[] {
  if (buckets.length <= rows) return [...buckets]
  return Array.from({ length: rows }, (_, row) => {
    const own = buckets.slice(
      Math.floor((row * buckets.length) / rows),
      Math.floor(((row + 1) * buckets.length) / rows),
    )
    const counts = (own[0]?.counts ?? []).map((_, column) => {
      const known = own.flatMap((bucket) => bucket.counts[column] ?? [])
      return known.length === 0 ? undefined : known.reduce((sum, one) => sum + one, 0)
    })
    return { name: own[0]?.name ?? '', counts }
  })
}

const blocks = '░▒▓█'
const signs = '.:-=+*#%@'
// One hue from dark to light, for terminals that have it.
const ramp: readonly Ink[] = ['#1d4f57', '#226a73', '#28868f', '#2fa3ac', '#5bbcc2', '#9bd8da']

/** Anything at all is at least the faintest; nothing is a blank, and so is what was not measured. */
function shade(count: number | undefined, most: number, theme: Theme): PlotCell {
  if (count === undefined || !(count > 0) || !(most > 0)) return undefined
  const of = (steps: number) => Math.min(steps - 1, Math.max(0, Math.ceil((count / most) * steps) - 1))
  if (theme.ascii) return { text: signs[of(signs.length)] ?? '.', ink: 'accent' }
  if (theme.level >= 2) return { text: '█', ink: ramp[of(ramp.length)] ?? 'accent' }
  return { text: blocks[of(blocks.length)] ?? '░', ink: 'accent' }
}
