// The PromQL explorer through the whole cockpit: frames of its states, and what its keys do.
import { describe, expect, test } from 'vitest'
import { nothingYet } from '#live/live.ts'
import type { Gap } from '#model/reading.ts'
import { type FakeDeck, fixedNow } from '#test/ui/fake-deck.ts'
import { answerRange, cpu, fillExplorer, fillNames, memory, series } from './explorer-answers.ts'
import { expectFrame, sizes } from './frames.ts'
import { keys, run } from './running.ts'

const typing = { ready: 'enter run' }
const result = { ready: 'e edit' }
const open = (args: readonly string[], columns = 120, rows = 40) => ({
  ...{ screen: 'metrics', args, columns, rows },
  ...(args.length === 0 ? typing : result),
})
const left = '\u001b[D'
const up = '\u001b[A'
const ctrl = (letter: string) => String.fromCharCode(letter.charCodeAt(0) - 96)

function refuse(deck: FakeDeck, expr: string, gap: Gap): void {
  deck.explorer.range(expr, 0)
  deck.asked.ranges.get(expr)?.set({ ...nothingYet, gap })
}

describe.each(sizes)('at %ix%i', (columns, rows) => {
  const frame = (state: string, text: string) =>
    expectFrame(`metrics/${state}@${columns}x${rows}`, text, columns)

  test('nothing typed yet', async () => {
    const { shows } = await run(open([], columns, rows), fillExplorer)
    frame('empty', await shows('up'))
  })

  test('typing, with what can be put in', async () => {
    const { press, shows } = await run(open([cpu], columns, rows), fillExplorer)
    press('a', 'sum(rate(con')
    frame('typing', await shows('B sum(rate(con', 'rate(range)', 'CPU time used', 'enter run'))
  })

  test('a chart of two queries', async () => {
    const { shows } = await run(open([cpu, memory], columns, rows), fillExplorer)
    frame('chart', await shows('compacted'))
  })

  test('a table', async () => {
    const { press, shows } = await run(open([cpu], columns, rows), fillExplorer)
    press('t')
    frame('table', await shows('3.10422', 'sort: value'))
  })

  test('a mistake is shown where it is', async () => {
    const { shows } = await run(open(['sum by (job) (rate(up))'], columns, rows), (deck) =>
      refuse(deck, 'sum by (job) (rate(up))', {
        ...{ reason: 'invalid' },
        detail:
          'invalid parameter "query": 1:20: parse error: expected type range vector in call to function "rate", got instant vector',
      }),
    )
    frame('mistake', await shows('expected type'))
  })

  test('nothing may be read', async () => {
    const gap = { reason: 'forbidden', detail: 'services/proxy forbidden for ben in observability' } as const
    const { press, shows } = await run(open(['up'], columns, rows), (deck) => {
      refuse(deck, 'up', gap)
      deck.asked.names.set({ ...nothingYet, gap })
    })
    await shows('forbidden')
    press('e')
    frame('forbidden', await shows('no metrics', 'enter run'))
  })

  test('browsing all metrics', async () => {
    const { press, shows } = await run(open([], columns, rows), fillExplorer)
    press(ctrl('l'))
    frame('browse', await shows('4 of 4', 'enter put in'))
  })
})

test('in ASCII', async () => {
  const { press, shows } = await run({ ...open([cpu], 80, 24), ascii: true }, fillExplorer)
  press('e')
  const text = await shows('tab complete', 'or ')
  expect(text).toMatch(/^[\x20-\x7e\n]*$/)
  expectFrame('metrics/typing-ascii@80x24', text, 80)
})

test('a query that has not answered is named, and keys stay alive', async () => {
  const { press, shows, deck } = await run(open(['up']), fillNames)
  await shows('waiting for Prometheus')
  press('a', 'node_l', keys.tab, keys.enter)
  await shows('B node_load1')
  answerRange(deck, 'node_load1', [series({ __name__: 'node_load1' }, () => 3)])
  // One has its answer, the other is still waited for.
  await shows('1 series', 'waiting for Prometheus')
})

test('what Prometheus says of a query stands below it, and is no warning', async () => {
  const expr = 'rate(node_load1[5m])'
  const info = 'PromQL info: metric might not be a counter: "node_load1" (1:6)'
  const { shows } = await run(open([expr]), (deck) => {
    fillNames(deck)
    answerRange(deck, expr, [series({}, () => 3)])
    const cell = deck.asked.ranges.get(expr)
    const { data } = cell?.get() ?? {}
    if (cell === undefined || data === undefined) throw new Error('no answer')
    cell.set({ ...cell.get(), data: { ...data, answer: { ...data.answer, infos: [info] } } })
  })
  const text = await shows(info)
  expect(text.split('\n').find((line) => line.includes(info))).toMatch(/^ {3}PromQL info/)
})

test('completed step by step, run, and edited within', async () => {
  const { press, shows, deck } = await run(open([]), fillNames)
  press('u', keys.tab, '{jo', keys.tab)
  await shows('A up{job="', 'kubelet', 'node-exporter')
  press('no', keys.tab, '}', keys.enter)
  await shows('A up{job="node-exporter"}', 'e edit')
  expect([...deck.asked.ranges.keys()]).toEqual(['up{job="node-exporter"}'])
  // Into the middle: the job's operator is turned round.
  press('e', ctrl('a'), 'x')
  await shows('A xup')
  press(ctrl('u'), ctrl('e'), left, left, '2', keys.enter)
  await shows('A up{job="node-exporter2"}', 'e edit')
})

test('letters are text while one types, and keys again after it', async () => {
  const { press, shows, hides } = await run(open([]), fillNames)
  press('q', ':', '/', '?', 't', '0')
  await shows('A q:/?t0')
  press(keys.esc)
  await shows('e types a query')
  press('?')
  await shows('one more query beside the others')
  press('?')
  await hides('one more query beside the others')
})

test('what is pasted is text on one line, and runs nothing', async () => {
  const { press, shows, deck } = await run(open([]), fillNames)
  press('\u001b[200~sum( # all\n  up\n)\u001b[201~')
  await shows('A sum( up )')
  expect(deck.asked.ranges.size).toBe(0)
})

test('an offer is picked with a key and put in by enter', async () => {
  const { press, shows } = await run(open([]), fillNames)
  press('container', ctrl('n'), ctrl('n'))
  await shows('>  container_memory_working_set_bytes')
  press(keys.enter)
  await shows('A container_memory_working_set_bytes')
  await shows('enter run')
})

test('what was asked comes back with the arrow, also on another visit', async () => {
  const { press, shows } = await run(open([]), fillNames)
  press('up', keys.enter)
  await shows('e edit')
  press('e', ctrl('u'), 'node_load1', keys.enter)
  await shows('A node_load1', 'e edit')
  press(':', 'metrics', keys.enter)
  await shows('enter run')
  press('dra', up)
  await shows('A node_load1')
  press(up)
  await shows('A up')
  press('\u001b[B', '\u001b[B')
  await shows('A dra')
})

test('a metric is browsed for and goes in where the cursor is', async () => {
  const { press, shows } = await run(open([]), fillNames)
  press('sum()', left, ctrl('l'), 'load')
  await shows('1 of 4', '1m load average.')
  press(keys.enter)
  await shows('A sum(node_load1)')
})

test('a metric that is browsed for beside a query is one more', async () => {
  const { press, shows, hides } = await run(open(['sum(up']), fillNames)
  press('b', 'load')
  await shows('1 of 4', '1m load average.')
  press(keys.enter)
  await shows('B node_load1', 'enter run')
  press(keys.enter)
  const text = await shows('B node_load1', 'e edit')
  expect(text).toMatch(/A sum\(up\b/)
  press('b')
  await shows('4 of 4')
  press(keys.esc)
  await hides('C ')
  await shows('e edit')
})

test('a table sorts by value, reads numbers closely, and keeps what is no number', async () => {
  const { press, shows } = await run(open([cpu]), fillExplorer)
  press('t')
  const text = await shows('3.10422')
  expect(text.indexOf('shop')).toBeLessThan(text.indexOf('media'))
  expect(text).toMatch(/db +NaN/)
  press('t')
  await shows('last')
})

test('an answer that is waited for comes in the order that its table names, and V turns it round', async () => {
  const { press, shows, deck } = await run(open(['up']), fillNames)
  press('t')
  await shows('waiting for series')
  const samples = [3, 1, 2].map((value) => ({ labels: { job: `job-${value}` }, at: fixedNow, value }))
  const answer = { type: 'vector', samples, warnings: [] } as const
  deck.asked.instants.get('up')?.set({ ...nothingYet, data: answer, dataAt: fixedNow })
  expect(await shows('job-3', 'series (3)', 'value↓')).toMatch(/job-3.*job-2.*job-1/s)
  press('V')
  expect(await shows('value↑')).toMatch(/job-1.*job-2.*job-3/s)
})

test('the chart is read, and one line stands alone, as on every chart', async () => {
  const { press, shows, hides } = await run(open([cpu]), fillExplorer)
  press(left)
  await shows('03:11:')
  press(' ', 's')
  await hides('03:11:', ' db ')
  await shows('─ shop', '2 hidden')
})

test('the moment that is read stays while the chart goes on', async () => {
  const { press, shows, deck } = await run(open([cpu]), fillExplorer)
  press('\u001b[1;5D')
  await shows('03:06:00')
  const cell = deck.asked.ranges.get(cpu)
  const { data } = cell?.get() ?? {}
  if (cell === undefined || data === undefined) throw new Error('no answer')
  const goOn = (by: number) =>
    cell.set({ ...cell.get(), data: { ...data, from: data.from + by, to: data.to + by } })
  goOn(12 * 60_000)
  await shows('03:06:00', '03:20')
  goOn(60 * 60_000)
  await shows('←03:06:00')
})

test('a second unit has an axis of its own, and one that nothing is drawn in has none', async () => {
  const { shows, deck } = await run(open(['rate(up)', memory]), (filled) => {
    fillExplorer(filled)
    refuse(filled, 'rate(up)', { reason: 'invalid', detail: '1:6: parse error: expected type range vector' })
  })
  const alone = await shows('96Mi', '^ expected type')
  expect(alone).toMatch(/^ +75Mi /m)
  answerRange(deck, 'rate(up)', [series({ job: 'a' }, (at) => at)])
  const both = await shows('A {job="a"}')
  expect(both).not.toMatch(/^ +75Mi /m)
  expect(both).toMatch(/^ +60 /m)
})

test('queries are added up to six, and put away', async () => {
  const { press, shows, hides } = await run(open(['a', 'b', 'c', 'd', 'e', 'f']), fillNames)
  press('a')
  await shows('there are 6 queries at most')
  press('X')
  await hides('F f')
  press('X', 'X', 'X', 'X', 'X')
  await shows('e types a query')
})

test('the palette takes a whole expression, blanks and all', async () => {
  const { press, shows, deck } = await run({ screen: 'pods' }, fillNames)
  press(':', 'metrics up{a="b  c"}', keys.enter)
  await shows('A up{a="b  c"}')
  expect([...deck.asked.ranges.keys()]).toEqual(['up{a="b  c"}'])
})

test('nothing is asked off-screen, and no names while nobody types', async () => {
  const { press, shows, deck } = await run(open(['up']), fillExplorer)
  expect(deck.asked.ranges.get('up')?.lookers()).toBe(1)
  expect(deck.asked.names.lookers()).toBe(0)
  press('e')
  await shows('enter run')
  expect(deck.asked.names.lookers()).toBeGreaterThan(0)
  press(keys.esc)
  await shows('e edit')
  press(':', 'pods', keys.enter)
  await shows('enter open')
  expect(deck.asked.ranges.get('up')?.lookers()).toBe(0)
  expect(deck.asked.names.lookers()).toBe(0)
})
