// Which figures of the nodes a width has room for, and how each is written and drawn: a number, and beside it its line
// over the range, every node's to the same scale.
import { fillState } from '#model/fill-state.ts'
import type { NodeRow } from '#model/kube.ts'
import {
  type FigureLines,
  figureQueries,
  type NodeFigure,
  type NumberFigure,
  nodeFigureNames,
} from '#model/node-figures.ts'
import { type ByHost, ofNode } from '#model/node-hosts.ts'
import type { Reading } from '#model/reading.ts'
import { sparkline } from '#ui/charts/small.ts'
import type { Column, SizeClass } from '#ui/columns.ts'
import { celsius, cores, percent, si } from '#ui/format.ts'
import type { KeyName } from '#ui/keymap.ts'
import type { Role, Theme } from '#ui/theme.ts'

export interface FigureReading {
  /** The numbers; absent for cpu and memory, whose numbers are the usage. */
  readonly now?: Reading<ByHost<number>>
  readonly lines: Reading<FigureLines>
}

export type FigureReadings = ReadonlyMap<NodeFigure, FigureReading>

/** Cells of every line. */
export const lineCells = 8

export const noFigures: readonly NodeFigure[] = []
/** From which width on there is room for it. */
const from: Readonly<Record<NodeFigure, SizeClass>> = {
  ...{ cpu: 120, memory: 120, disk: 120 },
  network: 160,
  ...{ load: 200, stall: 200, temperature: 200 },
}
const upTo = (size: SizeClass) => nodeFigureNames.filter((figure) => from[figure] <= size)
const bySize = { 80: noFigures, 120: upTo(120), 160: upTo(160), 200: upTo(200) }

/** The same list for the same size. */
export function figuresAt(size: SizeClass): readonly NodeFigure[] {
  return bySize[size]
}

export interface LineParts {
  readonly readings: FigureReadings
  /** Over the lines: `1h`. */
  readonly header: string
  readonly theme: Theme
  readonly size: SizeClass
}

/** The line of one figure, to stand beside its number; nothing where the width does not show it. */
export function lineColumn(figure: NodeFigure, { readings, header, theme }: LineParts): Column<NodeRow>[] {
  const reading = readings.get(figure)
  if (reading === undefined) return []
  const { data } = reading.lines
  const most = data === undefined ? 0 : greatest(data)
  return [
    {
      id: `${figure}-line`,
      header,
      width: lineCells,
      beside: true,
      get: (node) => {
        const samples = ofNode(data?.lines, node)
        if (data === undefined || samples === undefined) return ''
        const max = topOf(figure, node, most)
        const { from, to } = data
        return sparkline({ samples, from, to, min: 0, ...(max !== undefined && { max }) }, lineCells, theme)
      },
    },
  ]
}

/** What fills a line: what the node can give, the whole of a share; of a network the greatest that any node had. */
function topOf(figure: NodeFigure, { allocatable }: NodeRow, most: number): number | undefined {
  switch (figure) {
    case 'cpu':
    case 'load':
      return allocatable.cpu
    case 'memory':
      return allocatable.memory
    case 'disk':
    case 'stall':
      return 1
    case 'network':
      return most
    case 'temperature':
      return 100
  }
}

function greatest({ lines }: FigureLines): number {
  let most = 0
  for (const { values } of lines.values())
    for (const value of values) if (Number.isFinite(value) && value > most) most = value
  return most
}

interface Writing {
  readonly header: string
  readonly width: number
  readonly sortKey: KeyName
  readonly format: (value: number) => string
  readonly tone?: (value: number) => Role | undefined
}

const writings: Readonly<Record<NumberFigure, Writing>> = {
  disk: { header: 'disk', width: 5, sortKey: 'D', format: percent, tone: fillState },
  network: { header: 'net b/s', width: 7, sortKey: 'B', format: (bytes) => si(bytes * 8) },
  load: { header: 'load', width: 5, sortKey: 'L', format: cores },
  stall: { header: 'stall', width: 5, sortKey: 'P', format: percent },
  temperature: { header: 'temp', width: 4, sortKey: 'T', format: celsius },
}

/** The columns of one figure: its number and its line. */
export function figureColumns(figure: NumberFigure, parts: LineParts): Column<NodeRow>[] {
  const reading = parts.readings.get(figure)
  if (reading === undefined)
    return [absentFigure(figure, parts.size, `Prometheus has no ${figureQueries[figure].metric}`)]
  const { width, format, tone } = writings[figure]
  const now = (node: NodeRow) => ofNode(reading.now?.data, node)
  return [
    {
      ...{ ...sortOf(figure), width, align: 'right' },
      get: (node) => {
        const value = now(node)
        return value === undefined ? parts.theme.glyph.none : format(value)
      },
      order: (node) => {
        const value = now(node)
        return value === undefined ? undefined : -value
      },
      greatestFirst: true,
      ...(tone && {
        tone: (node) => {
          const value = now(node)
          return value === undefined ? undefined : tone(value)
        },
      }),
    },
    ...lineColumn(figure, parts),
  ]
}

const sortOf = (figure: NumberFigure) => ({
  id: figure,
  header: writings[figure].header,
  sortKey: writings[figure].sortKey,
  sortNote: `from ${from[figure]} columns on`,
})

/** What is left of a figure that is not shown: its key, which says that there is no room, or else `why`. */
export function absentFigure(figure: NumberFigure, size: SizeClass, why: string): Column<NodeRow> {
  const { sortNote, ...sort } = sortOf(figure)
  const nothing = { width: 0, hidden: true, get: () => '' } as const
  return size < from[figure]
    ? { ...sort, ...nothing, sortOff: `there is room for it ${sortNote}` }
    : { ...sort, ...nothing, sortNote, sortOff: why }
}
