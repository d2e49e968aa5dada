// What a chart really draws, in order: its series picked, mirrored, stacked, with letters and colours given out.
import type { Ink } from '#ui/ink.ts'
import { seriesRoles } from '#ui/theme.ts'
import type { ChartSeries, Draw, LineChart } from './chart.ts'
import { type Pick, pick } from './pick.ts'
import { type Samples, usualStep } from './resample.ts'
import { standOn, sumOf } from './stack.ts'

export interface Layer {
  readonly name: string
  readonly letter: string
  readonly ink: Ink
  readonly axis: 'left' | 'right'
  readonly draw: Draw
  readonly dashed: boolean
  readonly unlisted: boolean
  /** The sum of a stack that is not drawn itself. */
  readonly total?: true
  readonly format: ((value: number) => string) | undefined
  /** As measured: what is read out. */
  readonly raw: Samples
  /** Where it is drawn; `floor` is the one that it stands on, where it is stacked. */
  readonly top: Samples
  readonly floor?: Samples
  /** The usual distance of two samples, and how far apart two may lie and still be joined, milliseconds. */
  readonly step: number
  readonly join: number
}

export interface Layers {
  readonly drawn: readonly Layer[]
  /** What was before, dotted: each series, of a stack the total. */
  readonly earlier: readonly Layer[]
  /** What was before of each series that is drawn: for reading out. */
  readonly former: readonly Layer[]
  /** How many there was no room for, and how many the reader has put away. */
  readonly left: number
  readonly hidden: number
}

export function layersOf(chart: LineChart): Layers {
  const picked = pick(chart)
  const drawn = stacked(seriesOf(picked))
  return {
    drawn,
    ...earlierOf(chart, picked),
    left: picked.rest.filter((series) => series.stack === undefined).length,
    hidden: picked.hidden,
  }
}

interface Lettered {
  readonly series: ChartSeries
  readonly letter: string
  readonly ink: Ink
}

function seriesOf({ drawn, rest }: Pick): Lettered[] {
  const own = drawn.map(({ series, slot }) => ({
    series,
    letter: String.fromCharCode(97 + slot),
    ink: series.ink ?? seriesRoles[slot] ?? 'series6',
  }))
  return [...own, ...othersOf(rest)]
}

/** Of stacks, what there is no room for is one more layer each, so that the height of the stack stays true. */
function othersOf(rest: readonly ChartSeries[]): Lettered[] {
  const groups = Map.groupBy(
    rest.filter((series) => series.stack !== undefined),
    stackOf,
  )
  return [...groups.values()].flatMap((members) => {
    const first = members[0]
    if (first === undefined) return []
    const { ink: _, ...look } = first
    const series = { ...look, ...sumOf(members), name: `other (${members.length})` }
    return [{ series, letter: '+', ink: 'dim' as const }]
  })
}

const stackOf = ({ stack, axis, negative }: ChartSeries) =>
  `${stack?.group} ${stack?.percent} ${axis ?? 'left'} ${negative === true}`

function stacked(all: readonly Lettered[]): Layer[] {
  const layers = new Map<Lettered, Layer>()
  const groups = Map.groupBy(all, (one) => (one.series.stack === undefined ? one : stackOf(one.series)))
  for (const members of groups.values()) {
    const mirrored = members.map(({ series }) => mirror(series))
    const stack = members[0]?.series.stack
    const standing = stack === undefined ? undefined : standOn(mirrored, stack.percent)
    for (const [index, one] of members.entries()) {
      const stands = standing?.[index]
      layers.set(one, {
        ...lookOf(one),
        top: stands?.top ?? mirrored[index] ?? one.series,
        ...floorOf(stands?.floor),
      })
    }
  }
  return all.flatMap((one) => layers.get(one) ?? [])
}

const floorOf = (floor: Samples | undefined) => (floor === undefined ? {} : { floor })

function lookOf({ series, letter, ink }: Lettered): Omit<Layer, 'top' | 'floor'> {
  const usual = series.step ?? usualStep(series.times) ?? 0
  return {
    name: series.name,
    letter,
    ink,
    axis: series.axis ?? 'left',
    draw: series.draw ?? 'line',
    dashed: series.dashed === true,
    unlisted: series.unlisted === true,
    format: series.format,
    raw: series,
    step: usual,
    join: Math.max(usual * 1.5, series.joinGaps ?? 0),
  }
}

function mirror(series: ChartSeries): Samples {
  return series.negative === true
    ? { times: series.times, values: series.values.map((value) => -value) }
    : series
}

/** The series before, moved to the present, without letters: their colour and their dots say what they are. */
function earlierOf(chart: LineChart, { drawn, rest }: Pick): Omit<Layers, 'drawn' | 'left' | 'hidden'> {
  const { earlier, solo } = chart
  if (earlier === undefined) return { earlier: [], former: [] }
  const moved = earlier.series.map(
    (series): ChartSeries => ({
      ...series,
      times: series.times.map((at) => at + earlier.shift),
      draw: 'line',
    }),
  )
  const own = new Set(drawn.map(({ series }) => series.name))
  const former = moved.filter(({ name }) => own.has(name))
  const visible = new Set([...own, ...rest.map(({ name }) => name)])
  const putAway = new Set(chart.series.flatMap(({ name }) => (visible.has(name) ? [] : [name])))
  // What is not there any more was part of the total all the same.
  const counted = moved.filter(({ name }) => (solo === undefined ? !putAway.has(name) : own.has(name)))
  const lines = unlettered(former.filter(({ stack }) => stack === undefined))
  const totals = unlettered(totalsOf(counted)).map((layer): Layer => ({ ...layer, total: true }))
  return { earlier: [...lines, ...totals], former: unlettered(former) }
}

/** Of a stack its total, as one line: a second stack within the first could not be read. Of shares it is always all. */
function totalsOf(all: readonly ChartSeries[]): ChartSeries[] {
  const groups = Map.groupBy(
    all.filter(({ stack }) => stack !== undefined && !stack.percent),
    stackOf,
  )
  return [...groups.values()].flatMap((members) => {
    const [first] = members
    return first === undefined ? [] : [{ ...first, ...sumOf(members), name: 'total' }]
  })
}

const unlettered = (all: readonly ChartSeries[]): Layer[] =>
  all.map((series) => ({ ...lookOf({ series, letter: '', ink: 'dim' }), top: mirror(series) }))
