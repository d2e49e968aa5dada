// What holds for every panel whatever its data: its size, and that it is drawn at all.
import { expect, test } from 'vitest'
import type { PanelView } from '#model/dashboard/dashboard.ts'
import { renderPanel } from '#ui/charts/panels/panel.ts'
import { width } from '#ui/text.ts'
import { createTheme } from '#ui/theme.ts'
import { data, frame, from, minute, numbers, panel, reduce, room, series, to } from './parts.ts'
import { oneOf, type Random, randomData, randomOf } from './random.ts'

const views: readonly PanelView[] = [
  { kind: 'timeseries', legend: { shown: true, place: 'bottom', calcs: ['mean', 'lastNotNull'] } },
  { kind: 'timeseries', legend: { shown: true, place: 'right', calcs: ['min', 'max', 'stdDev'] } },
  { kind: 'timeseries', legend: { shown: false, place: 'bottom', calcs: [] } },
  { kind: 'stat', reduce, graph: true, colour: 'value', text: 'auto' },
  {
    kind: 'stat',
    reduce: { ...reduce, all: true, most: 40 },
    graph: false,
    colour: 'background',
    text: 'name',
  },
  { kind: 'gauge', reduce },
  { kind: 'bargauge', reduce, unfilled: true },
  { kind: 'bargauge', reduce: { ...reduce, fields: '/./' }, unfilled: false },
  { kind: 'table', header: true, sort: { field: 'Time', descending: true } },
  { kind: 'heatmap', calculate: true },
  { kind: 'heatmap', calculate: false },
  { kind: 'alertlist', most: 3, states: [] },
  { kind: 'text', mode: 'markdown', content: `# 数据库\n- ${'x'.repeat(300)}\n| a | b |\n\u001b[2J<b>bold` },
  { kind: 'unsupported', type: 'logs', why: '数据库连接池指标 is not read' },
]

function randomRoom(random: Random) {
  const theme = createTheme({ level: oneOf(random, [0, 1, 2, 3] as const), ascii: random() < 0.3 })
  const more = {
    theme,
    ...(random() < 0.3 && { cursor: from + random() * 60 * minute }),
    ...(random() < 0.1 && { solo: Math.floor(random() * 9) }),
    ...(random() < 0.2 && { hidden: new Set([0, 2]) }),
    ...(random() < 0.2 && { first: Math.floor(random() * 500) }),
    ...(random() < 0.2 && { marks: [{ at: from + minute, letter: 'F', text: 'ks/数据库' }] }),
    ...(random() < 0.2 && {
      earlier: { label: '1d before', shift: to - from, data: randomData(random, 8) },
    }),
  }
  return room(1 + Math.floor(random() * random() * 200), 1 + Math.floor(random() * random() * 50), more)
}

test.each(views)('$kind is of exactly the room that it is given', (view) => {
  for (let seed = 0; seed < 150; seed++) {
    const random = randomOf(seed)
    const own = randomRoom(random)
    const lines = renderPanel(panel(view), randomData(random, 60), own)
    expect([seed, lines.length]).toEqual([seed, own.height])
    const wrong = lines.filter((line) => width(line) !== own.width)
    expect([seed, own.width, wrong.map(width), wrong]).toEqual([seed, own.width, [], []])
  }
})

test.each(views)('$kind takes thousands of series and rows', (view) => {
  const many = Array.from({ length: 3000 }, (_, index) => series(`pod-${index}`, (i) => i + index))
  const long = frame('A', [
    numbers(
      'Value',
      Array.from({ length: 150_000 }, (_, index) => index),
    ),
  ])
  for (const frames of [many, [long]]) {
    const lines = renderPanel(panel(view), data(frames), room(120, 20))
    expect(lines.map(width)).toEqual(new Array(20).fill(120))
  }
})
