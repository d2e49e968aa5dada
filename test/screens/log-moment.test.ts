// Logs that are opened at a moment: where they stand, what is asked for, and what is said of where they begin and end.
import { expect, test } from 'vitest'
import type { LogTail } from '#live/deck.ts'
import type { LogLine } from '#model/log.ts'
import { aroundOf } from '#screens/places.ts'
import { fixedNow } from '#test/ui/fake-deck.ts'
import * as rows from './rows.ts'
import { keys, type Run, run } from './running.ts'

const podArgs = ['Pod', 'shop', 'checkout-7d9f8c-x2x4z']
const subject = 'shop/checkout-7d9f8c-x2x4z'
const tailOf = (lines: readonly LogLine[], more: Partial<LogTail> = {}) =>
  rows.known<LogTail>({ lines, dropped: 0, following: true, notes: [], ...more })
/** One line each ten milliseconds from 02:12:00 on. */
const numbered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) =>
    rows.logLine(`line ${from + index};`, { at: fixedNow - rows.hour + (from + index) * 10 }),
  )

const openAt = (moment: number, lines: readonly LogLine[], more: Partial<LogTail> = {}) =>
  run({ screen: 'logs', args: [...podArgs, aroundOf(moment)], rows: 30 }, (deck) => {
    deck.logs({ namespace: 'shop', pod: 'checkout-7d9f8c-x2x4z' })
    deck.tails.get(subject)?.set(tailOf(lines, more))
  })
const hit = (running: Run) =>
  running.terminal
    .text()
    .split('\n')
    .find((line) => line.startsWith('>'))

test('logs at a moment stand at its first line, also where earlier lines come later, until somebody moves', async () => {
  const lines = numbered(300)
  const moment = (lines[150]?.at ?? 0) - 5
  const running = await openAt(moment, lines.slice(200))
  await running.shows('first line 02:12:02')
  expect(hit(running)).toContain('line 200;')
  running.deck.tails.get(subject)?.set(tailOf(lines.slice(100)))
  await running.shows('line 150;')
  expect(hit(running)).toContain('line 150;')
  expect(running.terminal.text()).toContain('line 149;')
  expect(running.terminal.text()).toMatch(/from 02:12:01 {2}/)
  running.press('G')
  await running.shows('line 299;')
  running.deck.tails.get(subject)?.set(tailOf([...lines, ...numbered(10, 300)]))
  await running.shows('line 309;')
})

test('logs at a moment after which nothing was written stand at the last line, and say so', async () => {
  const lines = numbered(100)
  const running = await openAt((lines.at(-1)?.at ?? 0) + 60_000, lines)
  await running.shows('last line 02:12:00')
  expect(hit(running)).toContain('line 99;')
})

test('logs at a moment are asked from shortly before it; a number leaves it, p keeps it', async () => {
  const lines = numbered(100)
  const moment = lines[50]?.at ?? 0
  const running = await openAt(moment, lines)
  await running.shows('from 02:12:00')
  const asked: unknown[] = []
  const { logs } = running.deck
  Object.assign(running.deck, {
    logs: (wanted: Parameters<typeof logs>[0]) => {
      asked.push(wanted)
      return logs(wanted)
    },
  })
  running.press('p')
  await running.shows('before the last restart', 'from 02:12:00')
  expect(hit(running)).toContain('line 50;')
  running.press('1')
  await running.hides('from 02:12:00')
  await running.shows('line 99;', 'live')
  const pod = { namespace: 'shop', pod: 'checkout-7d9f8c-x2x4z', previous: true }
  expect(asked).toEqual([{ ...pod, from: moment - 60_000 }, pod])
})

test('logs at a moment before the last restart say where that log is', async () => {
  const lines = numbered(10)
  const [, namespace = '', name = ''] = podArgs
  const running = await openAt((lines[0]?.at ?? 0) - 90_000, lines)
  await running.shows('first line 02:12:00')
  running.deck.pods.set(
    rows.rowsOf([rows.podRow(namespace, name, { restarts: 1, lastRestartAt: lines[0]?.at ?? 0 })]),
  )
  running.deck.tails.get(subject)?.set(tailOf(numbered(11)))
  await running.shows('(p: before the restart)')
})

test('a log without a line before the moment may be a quiet one: nothing is said of what is kept', async () => {
  const lines = numbered(10)
  const running = await openAt((lines[0]?.at ?? 0) - 3 * rows.minute, lines)
  expect(await running.shows('from 02:09:00, first line 02:12:00')).not.toContain('kept')
})

test('only where lines were given up is it said since when they are kept, whichever container is shown', async () => {
  const lines = numbered(10).map((line, index) => (index < 5 ? { ...line, container: 'proxy' } : line))
  const running = await openAt((lines[0]?.at ?? 0) - 3 * rows.minute, lines, { dropped: 5 })
  await running.shows('from 02:09:00, kept since 02:12:00', '5 older lines not kept')
  running.press(keys.tab)
  await running.shows('only checkout', 'kept since 02:12:00')
})

test('a log that has no line from the moment on says that, not that none is kept', async () => {
  const running = await openAt(fixedNow - rows.hour, [], { following: false })
  expect(await running.shows('no line from 02:11:00 on')).not.toContain('kept')
})

test('a moment of yesterday has its day, however few hours ago', async () => {
  const running = await openAt(fixedNow - 4 * rows.hour, numbered(3))
  await running.shows('from 21 Nov 23:12, first line 02:12:00')
})

test('a log that is read no further is neither live nor held', async () => {
  const running = await openAt(fixedNow - rows.hour, numbered(100), { capped: true })
  await running.shows('read no further')
  running.press('G')
  const text = await running.shows('line 99;')
  expect(text).toContain('read no further')
  expect(text.split('\n')[2]).not.toMatch(/live|held/)
  running.deck.tails.get(subject)?.set(tailOf(numbered(101)))
  await running.hides('read no further')
})
