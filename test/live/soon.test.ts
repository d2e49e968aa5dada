// Patience before the first frame: as long as the answer takes, and no longer than was said.
import { expect, test } from 'vitest'
import { createCell } from '#live/cell.ts'
import { type Live, nothingYet } from '#live/live.ts'
import { soon } from '#live/soon.ts'
import { manualTiming, settled } from './manual-timing.ts'

function waiting(first: Live<string>) {
  const timing = manualTiming()
  const feed = createCell<Live<string>>(first)
  let over = false
  void soon(feed, 25, timing).then(() => {
    over = true
  })
  return { timing, feed, isOver: () => settled().then(() => over) }
}

test('it ends with the data', async () => {
  const { feed, isOver } = waiting(nothingYet)
  feed.set({ ...nothingYet, phase: 'fetching', pending: true })
  expect(await isOver()).toBe(false)
  feed.set({ ...nothingYet, data: 'rows', dataAt: 1 })
  expect(await isOver()).toBe(true)
})

test('it ends with the reason why there is none', async () => {
  const { feed, isOver } = waiting(nothingYet)
  feed.set({ ...nothingYet, gap: { reason: 'forbidden', detail: 'no' } })
  expect(await isOver()).toBe(true)
})

test('it does not begin where there is something to show', async () => {
  const { isOver } = waiting({ ...nothingYet, data: 'rows', dataAt: 1 })
  expect(await isOver()).toBe(true)
})

test('it ends when the time is over', async () => {
  const { timing, isOver } = waiting(nothingYet)
  await timing.advance(24)
  expect(await isOver()).toBe(false)
  await timing.advance(1)
  expect(await isOver()).toBe(true)
})
