// The figures of the nodes in rows.ts over the last hour: one that works hard, one that was away, one without any.
import type { Live } from '#live/live.ts'
import { type FigureLine, type FigureLines, hasNumber, type NodeFigure } from '#model/node-figures.ts'
import type { ByHost } from '#model/node-hosts.ts'
import { type FakeDeck, fixedNow } from '#test/ui/fake-deck.ts'
import * as rows from './rows.ts'

const step = 5 * rows.minute
const to = Math.floor(fixedNow / step) * step
const from = to - 12 * step
const Gi = 1024 ** 3

const line = (valueAt: (index: number) => number | undefined): FigureLine => {
  const points = Array.from({ length: 13 }, (_, index) => [from + index * step, valueAt(index)] as const)
  const known = points.filter((point): point is [number, number] => point[1] !== undefined)
  return { times: known.map(([at]) => at), values: known.map(([, value]) => value) }
}

const hosts = {
  busy: '192.168.10.13',
  calm: '192.168.10.11',
  /** Away for a quarter of an hour in the middle. */
  away: '192.168.10.12',
}
const away = (index: number) => index >= 5 && index <= 7

/** From what is usual to what it became in the last third of the hour. */
interface Figure extends FigureLines {
  readonly now: ByHost<number>
}

function figure(calm: number, busy: number, unit = 1): Figure {
  const lines = new Map([
    [hosts.busy, line((index) => unit * (index < 8 ? calm : calm + ((busy - calm) * (index - 7)) / 5))],
    [hosts.calm, line((index) => unit * calm * (1 + 0.2 * Math.sin(index)))],
    [hosts.away, line((index) => (away(index) ? undefined : unit * calm * 0.5))],
  ])
  const now = new Map([
    [hosts.busy, unit * busy],
    [hosts.calm, unit * calm],
    [hosts.away, unit * calm * 0.5],
  ])
  return { now, lines, from, to }
}

export const figures: Readonly<Record<NodeFigure, Figure>> = {
  cpu: figure(2.79, 7.6),
  memory: figure(11.5, 30.9, Gi),
  disk: figure(0.41, 0.86),
  network: figure(1_250_000, 39_000_000),
  load: figure(2.4, 11.8),
  stall: figure(0.004, 0.62),
  temperature: figure(52, 88),
}

export function withFigures(deck: FakeDeck): void {
  deck.pods.set(rows.rowsOf(rows.pods))
  deck.nodes.set(rows.rowsOf(rows.nodes))
  deck.nodeUsage.set(rows.known(new Map([...rows.nodeUsage, [hosts.away, { cpu: 1.4, memory: 5.75 * Gi }]])))
  for (const [name, data] of Object.entries(figures)) setFigure(deck, name as NodeFigure, rows.known(data))
}

/** Its number and its line. */
export function setFigure(deck: FakeDeck, name: NodeFigure, live: Live<Figure>): void {
  const { data, ...rest } = live
  if (hasNumber(name)) deck.nodeFigure(name)
  deck.nodeFigures.get(name)?.set(data === undefined ? rest : { ...rest, data: data.now })
  setLines(deck, name, live)
}

export function setLines(deck: FakeDeck, name: NodeFigure, live: Live<FigureLines>): void {
  deck.nodeLines(name, 8)
  deck.nodeLineCells.get(name)?.set(live)
}
