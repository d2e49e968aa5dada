// Anything that a data source could answer, from a seed: gaps, NaN, infinities, extremes, names of every kind.
import type { DataFrame, Field, GraphStyle, Value } from '#model/dashboard/field.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import { config, frame, from, graph, steps, to } from './parts.ts'

export type Random = () => number

/** The same numbers from 0 to 1 for the same seed. */
export function randomOf(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const oneOf = <One>(random: Random, all: readonly One[]): One =>
  all[Math.floor(random() * all.length)] as One

const strange = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, undefined, 0, -0]
const extreme = [1e308, -1e308, 5e-324, 2 ** 53, -1]

function randomValue(random: Random): Value {
  const kind = random()
  if (kind < 0.1) return oneOf(random, strange)
  if (kind < 0.12) return oneOf(random, extreme)
  return (random() - 0.3) * 10 ** Math.floor(random() * 6)
}

const names = [
  'cpu',
  '',
  'x'.repeat(300),
  '数据库连接池指标'.repeat(6),
  '\u001b[31mred\u001b[0m\u0007\n\u202e',
  '{{pod}} 👩‍👩‍👧 é',
]

function randomGraph(random: Random): GraphStyle {
  return {
    ...graph,
    draw: oneOf(random, ['line', 'bars', 'points'] as const),
    negative: random() < 0.2,
    dashed: random() < 0.2,
    stepped: random() < 0.2,
    joinGaps: oneOf(random, [0, 0, 120_000, Number.POSITIVE_INFINITY]),
    thresholdLines: random() < 0.3,
    thresholdAreas: random() < 0.3,
    axis: oneOf(random, ['left', 'left', 'right', 'hidden'] as const),
    centredZero: random() < 0.1,
    ...(random() < 0.3 && { stack: { group: oneOf(random, ['A', 'B']), percent: random() < 0.3 } }),
    ...(random() < 0.1 && { logBase: oneOf(random, [2, 10]) }),
    ...(random() < 0.1 && { softMax: random() * 100, softMin: -random() }),
  }
}

export function randomData(random: Random, mostSeries: number): PanelData {
  const count = Math.floor(random() * random() * mostSeries)
  const length = oneOf(random, [0, 1, 2, 30, 400])
  const step = (to - from) / Math.max(1, length)
  const frames = Array.from({ length: count }, (_, index): DataFrame => {
    const times = Array.from({ length }, (_, at) => from + at * step)
    const texts: Field = {
      name: 'pod',
      type: 'string',
      values: times.map(() => oneOf(random, names)),
      config: config(),
    }
    return frame(oneOf(random, ['A', 'B']), [
      { name: 'Time', type: 'time', values: times, config: config() },
      ...(random() < 0.1 ? [texts] : []),
      {
        name: oneOf(random, names) + index,
        type: 'number',
        values: times.map(() => randomValue(random)),
        config: config({
          graph: randomGraph(random),
          unit: oneOf(random, ['bytes', 'short', 'percent', 's', 'Bps', 'dateTimeFromNow']),
          ...(random() < 0.5 ? steps(10, 100) : {}),
          ...(random() < 0.1 && { min: -5, max: random() * 100 - 10 }),
          ...(random() < 0.2 && { cell: oneOf(random, ['gauge', 'color-text', 'color-background']) }),
        }),
      },
    ])
  })
  return {
    frames,
    from,
    to,
    step,
    gaps: random() < 0.2 ? [{ refId: 'B', gap: { reason: 'timeout', detail: oneOf(random, names) } }] : [],
    warnings: random() < 0.1 ? [oneOf(random, names)] : [],
    alerts: Array.from({ length: Math.floor(random() * 5) }, () => ({
      name: oneOf(random, names),
      state: oneOf(random, ['firing', 'pending'] as const),
      labels: { pod: oneOf(random, names) },
      annotations: {},
    })),
  }
}
