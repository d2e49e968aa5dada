// The agenda: the past in order, then the clock.
import { expect, it } from 'vitest'
import { manualClock } from '#homelab/clock.ts'
import { createAgenda } from '#homelab/world/agenda.ts'

it('replays in order of time, each entry at its own moment, and entries may add others', () => {
  const agenda = createAgenda(0)
  const seen: [string, number][] = []
  const note = (name: string) => () => seen.push([name, agenda.now()])
  agenda.at(30, note('c'))
  agenda.at(10, () => {
    note('a')()
    agenda.after(10, note('b'))
  })
  agenda.at(30, note('d'))
  agenda.at(99, note('late'))
  agenda.replay(50)
  expect(seen).toEqual([
    ['a', 10],
    ['b', 20],
    ['c', 30],
    ['d', 30],
  ])
  expect(agenda.now()).toBe(50)
})

it('keeps order among many entries', () => {
  const agenda = createAgenda(0)
  const times: number[] = []
  for (let index = 0; index < 2000; index += 1) {
    const time = (index * 7919) % 1000
    agenda.at(time, () => times.push(time))
  }
  agenda.replay(1000)
  expect(times).toHaveLength(2000)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

it('follows the clock and stops', () => {
  const clock = manualClock(100)
  const agenda = createAgenda(0)
  const seen: number[] = []
  const tick = () => {
    seen.push(agenda.now())
    agenda.after(10, tick)
  }
  agenda.at(105, tick)
  agenda.replay(100)
  agenda.follow(clock)
  clock.advance(30)
  expect(seen).toEqual([105, 115, 125])
  agenda.stop()
  clock.advance(100)
  expect(seen).toHaveLength(3)
})
