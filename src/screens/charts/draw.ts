// One chart as lines: its title with the figures of now, or of where it is read out, and the plot below.
import type { Live } from '#live/live.ts'
import { formatSpan } from '#model/duration.ts'
import type { ChartData, ChartLine } from '#model/subject-charts/lines.ts'
import type { ChartSpec, Unit } from '#model/subject-charts/spec.ts'
import { markText, type SubjectMark } from '#model/subject-marks.ts'
import type { ChartSeries, LineChart } from '#ui/charts/chart.ts'
import { lineChart } from '#ui/charts/line.ts'
import { celsius, type Scale, scales } from '#ui/format.ts'
import { missing, staleness } from '#ui/notice.ts'
import { clean, clip, pad, width as widthOf, wrap } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'

export interface DrawnChart {
  readonly spec: ChartSpec
  readonly live: Live<ChartData>
  readonly marks: readonly SubjectMark[]
  readonly focused: boolean
  /** The moment that is read out. */
  readonly cursor: number | undefined
  readonly solo: number | undefined
  readonly hidden: ReadonlySet<number>
}

export interface ChartRoom {
  readonly width: number
  readonly height: number
  readonly theme: Theme
  readonly now: number
  readonly timeZone: string | undefined
  /** Whether what is waited for is named by now. */
  readonly late: boolean
}

const unitScales: Readonly<Record<Unit, Scale>> = {
  ...scales,
  celsius: { format: celsius },
}

/** Exactly the room's lines, each exactly its width. */
export function drawChart(chart: DrawnChart, room: ChartRoom): string[] {
  const { spec, live } = chart
  const { theme, width, height } = room
  const body = Math.max(0, height - 2)
  const none = missing(live, spec.title, theme)
  if (live.data === undefined) {
    const said = none === undefined || (live.gap === undefined && !room.late) ? '' : saidOf(chart, none.text)
    const lines = wrap(said, Math.max(8, width - 3)).slice(0, body)
    return filled(
      [titleOf(chart, room), ...lines.map((line) => theme.paint(none?.role ?? 'dim', `  ${line}`))],
      room,
    )
  }
  const drawn = lineChart(plotOf(chart, live.data, room), width - 2, body, theme)
  return filled([titleOf(chart, room), ...drawn.map((line) => ` ${line}`)], room)
}

/** What not everything has is no fault where it is missing. */
function saidOf({ spec, live }: DrawnChart, text: string): string {
  return spec.optional && live.gap?.reason === 'no-series' ? `no ${spec.title} measured of it` : text
}

function plotOf(
  { spec, marks, cursor, solo, hidden }: DrawnChart,
  data: ChartData,
  room: ChartRoom,
): LineChart {
  const { from, to } = data
  return {
    series: data.lines.map(seriesOf),
    from,
    to,
    timeZone: room.timeZone,
    left: { scale: unitScales[spec.unit], ...(spec.top !== undefined && { softMax: spec.top }) },
    limits: data.limits.map(({ name, value }) => ({
      name,
      value,
      distant: value > 3 * greatest(data.lines),
    })),
    cursor,
    marks: marks
      .filter(({ at }) => at >= from && at <= to)
      .map((mark) => ({ at: mark.at, letter: mark.letter, text: markText(mark) })),
    solo,
    hidden,
  }
}

const seriesOf = ({ name, ...line }: ChartLine): ChartSeries => ({ name: clean(name), ...line })

function greatest(lines: readonly ChartLine[]): number {
  let most = 0
  for (const { values } of lines)
    for (const value of values) if (value > most && Number.isFinite(value)) most = value
  return most
}

/** `> cpu   0.31 of 1 limit`: the newest figure of one line, the sum of none. */
function titleOf({ spec, live, focused }: DrawnChart, { theme, width, now }: ChartRoom): string {
  const old = staleness(live, now)
  const head = `${focused ? '>' : ' '}${spec.title}`
  const figure = live.data === undefined ? '' : figureOf(spec, live.data)
  const free = Math.max(0, width - widthOf(head) - 4)
  const tail = clip(old ?? '', free, 'end', theme.glyph.cut)
  const text = clip(figure, Math.max(0, free - widthOf(tail)), 'end', theme.glyph.cut)
  const left = `${theme.paint(focused ? 'accent' : 'title', head)}  ${text}`
  const space = ' '.repeat(Math.max(0, width - 1 - widthOf(head) - 2 - widthOf(text) - widthOf(tail)))
  return `${left}${space}${theme.paint('warn', tail)} `
}

/** From such a step on (milliseconds) the newest figure is no longer that of now. */
const longStep = 5 * 60_000

/** `0.31 of 1 limit`; of a step of hours what it is: `15Gi (3h max) of 47Gi limit`. Several lines have no one figure. */
function figureOf({ unit, lines: specs }: ChartSpec, { lines, limits }: ChartData): string {
  const { format } = unitScales[unit]
  const [limit] = limits
  const [only, ...others] = lines
  const last = others.length === 0 ? only?.values.findLast(Number.isFinite) : undefined
  if (only === undefined || last === undefined)
    return limit === undefined ? '' : `${limit.name} ${format(limit.value)}`
  const what = specs[0]?.query.type === 'gauge' ? 'max' : 'mean'
  const figure = only.step > longStep ? `${format(last)} (${formatSpan(only.step)} ${what})` : format(last)
  return limit === undefined ? figure : `${figure} of ${format(limit.value)} ${limit.name}`
}

function filled(lines: readonly string[], { width, height }: ChartRoom): string[] {
  return Array.from({ length: height }, (_, index) => pad(lines[index] ?? '', width))
}
