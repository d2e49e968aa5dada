// What the nodes can give and what is taken: one line a resource, or a chart each where there is room.
import { fillState } from '#model/fill-state.ts'
import type { CapacityLine, Overview } from '#model/overview.ts'
import { boundsOf } from '#model/time.ts'
import { lineChart } from '#ui/charts/line.ts'
import { sparkline } from '#ui/charts/small.ts'
import { between, bitRate, bytes, cores, percent, scales } from '#ui/format.ts'
import { staleness } from '#ui/notice.ts'
import { clean, clip, pad, width as widthOf } from '#ui/text.ts'
import type { Role } from '#ui/theme.ts'
import { legendOf, marksOf } from './marks.ts'
import {
  cells,
  filled,
  noneText,
  type PaneLine,
  type Room,
  readingPane,
  sentence,
  titleLine,
} from './pane.ts'

const units = { cores, bytes, ratio: percent, 'bytes/s': bitRate } as const

/** `16.4 of 40`, `101 of 160Gi`, `86 % nuc-3 /var`, `312 Mb/s`. */
function amount(line: CapacityLine, dash: string): string {
  const format = units[line.unit]
  if (line.worst !== undefined) return `${format(line.worst.value)} ${clean(line.worst.label)}`
  if (line.now === undefined) return dash
  if (line.limit === undefined || line.unit === 'ratio') return format(line.now)
  return `${format(line.now)} of ${format(line.limit)}`
}

/** The share of what can be given; undefined where there is no limit. */
function share(line: CapacityLine): number | undefined {
  if (line.worst !== undefined && line.unit === 'ratio') return line.worst.value
  if (line.now === undefined) return undefined
  if (line.unit === 'ratio') return line.now
  return line.limit === undefined || line.limit === 0 ? undefined : line.now / line.limit
}

function toneOf(line: CapacityLine): Role | undefined {
  const ratio = share(line)
  return ratio === undefined ? undefined : fillState(ratio)
}

/** One line a resource: name, share, amount, sparkline, its least and greatest value. */
export function capacityLines(overview: Overview, room: Room): PaneLine[] {
  const { theme, width } = room
  const { data } = overview.capacity
  const none = noneText(overview.capacity, 'metrics', room)
  if (none !== undefined || data === undefined) {
    const title = titleLine('capacity', '', overview.capacity, room)
    return filled([title, ...sentence(none?.text ?? '', none?.role ?? 'dim', room.height - 1, room)], room)
  }
  const { from, to } = boundsOf(overview.range, overview.at)
  const old = staleness(overview.capacity, room.now)
  const extents = 14
  const left = 36
  const spark = Math.max(8, width - left - extents - 2)
  const lines = data.map((line): PaneLine => {
    const ratio = share(line)
    const tone = toneOf(line)
    const glyph = tone === undefined ? ' ' : tone === 'bad' ? theme.glyph.bad : theme.glyph.warn
    const head = cells(
      [
        { text: ` ${glyph}`, width: 2, role: tone },
        { text: line.name, width: 7, role: 'dim' },
        { text: ratio === undefined ? '' : percent(ratio), width: 6, align: 'right', role: tone },
        {
          text: line.worst === undefined ? amount(line, theme.glyph.none) : clean(line.worst.label),
          width: 18,
        },
      ],
      theme,
    )
    const drawn = sparkline({ samples: line.series, from, to }, spark, theme)
    const role = overview.capacity.gap === undefined ? 'accent' : 'dim'
    const tail = pad(clip(old ?? extentText(line), extents, 'end', theme.glyph.cut), extents, 'right')
    return {
      text: `${pad(head, left)} ${theme.paint(role, drawn)} ${theme.paint(old === undefined ? 'dim' : 'warn', tail)}`,
    }
  })
  return filled(
    lines.map((line) => ({ text: pad(line.text, width) })),
    room,
  )
}

/** The least and greatest value over the range: `12–34`. */
function extentText(line: CapacityLine): string {
  const values = line.series.values.filter(Number.isFinite)
  if (values.length === 0) return ''
  const format = units[line.unit]
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return between(least, most, format)
}

/** One resource as a chart with its figures in the title. */
export function capacityChart(name: CapacityLine['name'], overview: Overview, room: Room): PaneLine[] {
  const { theme, width, height, timeZone } = room
  return readingPane(name, '', 'metrics', overview.capacity, room, (data) => {
    const line = data.find((one) => one.name === name)
    if (line === undefined) return sentence(`no ${name} in the metrics`, 'dim', height - 1, room)
    const { from, to } = boundsOf(overview.range, overview.at)
    const chart = lineChart(
      {
        series: [{ name, times: line.series.times, values: line.series.values }],
        from,
        to,
        left: { scale: scales[line.unit] },
        timeZone,
        marks: marksOf(overview),
        limits: line.limit === undefined ? [] : [{ value: line.limit, name: 'allocatable' }],
      },
      width - 1,
      height - 1,
      theme,
    )
    return chart.map((text) => ({ text: ` ${pad(text, width - 1)}` }))
  }).map((line, index) => (index === 0 ? chartTitle(name, overview, room) : line))
}

function chartTitle(name: CapacityLine['name'], overview: Overview, room: Room): PaneLine {
  const { theme, width } = room
  const line = overview.capacity.data?.find((one) => one.name === name)
  if (line === undefined || overview.capacity.gap !== undefined)
    return titleLine(name, '', overview.capacity, room)
  const ratio = share(line)
  const tone = toneOf(line)
  const figure =
    line.worst === undefined && ratio !== undefined && line.unit !== 'ratio' ? `${percent(ratio)}  ` : ''
  const glyph = tone === undefined ? '' : `${tone === 'bad' ? theme.glyph.bad : theme.glyph.warn} `
  const text = clip(
    `${glyph}${figure}${amount(line, theme.glyph.none)}`,
    width - name.length - 2,
    'end',
    theme.glyph.cut,
  )
  const free = Math.max(0, width - name.length - widthOf(text) - 6)
  // The letters are explained once, on the first chart.
  const legend = name === 'cpu' ? legendOf(marksOf(overview)) : ''
  const extent = extentText(line)
  const both = legend === '' ? extent : `${legend}   ${extent}`
  const right = clip(widthOf(both) <= free ? both : legend || extent, free, 'end', theme.glyph.cut)
  const head = ` ${theme.paint('title', name)}  ${tone === undefined ? text : theme.paint(tone, text)}`
  return { text: `${pad(head, width - widthOf(right))}${theme.paint('dim', right)}` }
}
