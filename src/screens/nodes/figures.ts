// Which figures of the nodes a width has room for, and how each is written and drawn: a number, and beside it its line
// over the range, every node's to the same scale.
import type { NodeRow } from '#model/kube.ts'
import { type ByHost, type FigureLines, type NodeFigure, ofNode } from '#model/node-figures.ts'
import type { Reading } from '#model/reading.ts'
import { fullness, sparkline } from '#ui/charts/small.ts'
import type { Column, SizeClass } from '#ui/columns.ts'
import { cores, percent, si } from '#ui/format.ts'
import type { KeyName } from '#ui/keymap.ts'
import type { Role, Theme } from '#ui/theme.ts'

export interface FigureReading {
  /** The numbers; absent for cpu and memory, whose numbers are the usage. */
  readonly now?: Reading<ByHost<number>>
  readonly lines: Reading<FigureLines>
}

export type FigureReadings = ReadonlyMap<NodeFigure, FigureReading>

export const isUsage = (figure: NodeFigure): figure is 'cpu' | 'memory' =>
  figure === 'cpu' || figure === 'memory'

/** Cells of every line. */
export const lineCells = 8

export const noFigures: readonly NodeFigure[] = []
const medium: readonly NodeFigure[] = ['cpu', 'memory']
const wide: readonly NodeFigure[] = [...medium, 'disk', 'network']
const widest: readonly NodeFigure[] = [...wide, 'load', 'pressure', 'temperature']

/** The same list for the same size. */
export function figuresAt(size: SizeClass): readonly NodeFigure[] {
  return { 80: noFigures, 120: medium, 160: wide, 200: widest }[size]
}

export interface LineParts {
  readonly readings: FigureReadings
  /** Over the lines: `1h`. */
  readonly header: string
  readonly theme: Theme
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
    case 'pressure':
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

type Written = Exclude<NodeFigure, 'cpu' | 'memory'>

interface Writing {
  readonly header: string
  readonly width: number
  readonly sortKey: KeyName
  readonly format: (value: number) => string
  readonly tone?: (value: number) => Role | undefined
}

const writings: Readonly<Record<Written, Writing>> = {
  disk: { header: 'disk', width: 5, sortKey: 'D', format: percent, tone: fullness },
  network: { header: 'net b/s', width: 7, sortKey: 'B', format: (bytes) => si(bytes * 8) },
  load: { header: 'load', width: 5, sortKey: 'L', format: cores },
  pressure: { header: 'stall', width: 5, sortKey: 'P', format: percent },
  temperature: { header: 'temp', width: 4, sortKey: 'T', format: (celsius) => `${Math.round(celsius)}C` },
}

/** The columns of one figure: its number and its line. */
export function figureColumns(figure: Written, parts: LineParts): Column<NodeRow>[] {
  const reading = parts.readings.get(figure)
  if (reading === undefined) return []
  const { header, width, sortKey, format, tone } = writings[figure]
  const now = (node: NodeRow) => ofNode(reading.now?.data, node)
  return [
    {
      ...{ id: figure, header, width, sortKey, align: 'right' },
      get: (node) => {
        const value = now(node)
        return value === undefined ? parts.theme.glyph.none : format(value)
      },
      order: (node) => {
        const value = now(node)
        return value === undefined ? undefined : -value
      },
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
