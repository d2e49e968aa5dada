// The usage of what is in view: asked again each interval, at once for who comes into view, never for what flew by.
import { expect, test } from 'vitest'
import { createCell } from '#live/cell.ts'
import { viewedUsage } from '#live/viewed-usage.ts'
import type { Amounts } from '#model/kube.ts'
import { refused } from './fake-cluster.ts'
import { manualTiming } from './manual-timing.ts'

function opened(...first: readonly string[]) {
  const timing = manualTiming()
  const view = createCell<readonly string[]>(first)
  const asked: string[] = []
  const cpu = new Map<string, number>()
  let failing: Error | undefined
  let slow: Promise<void> | undefined
  const feed = viewedUsage({
    view,
    timing,
    interval: 30_000,
    timeout: 20_000,
    read: async (pods) => {
      asked.push(pods.join(' '))
      if (failing) throw failing
      await slow
      return new Map(
        pods.flatMap((pod) => (cpu.has(pod) ? [[pod, { cpu: cpu.get(pod) ?? 0 }] as const] : [])),
      ) as ReadonlyMap<string, Amounts>
    },
  })
  return {
    timing,
    view,
    asked,
    cpu,
    feed,
    fail: (error: Error | undefined) => {
      failing = error
    },
    wait: (until: Promise<void>) => {
      slow = until
    },
    known: () => [...(feed.get().data ?? [])].map(([pod, { cpu: used }]) => `${pod}=${used}`).join(' '),
  }
}

test('the pods in view are asked for at once and each interval, while somebody looks', async () => {
  const { timing, asked, cpu, feed, known } = opened('a/1', 'a/2')
  cpu.set('a/1', 1)
  await timing.advance(60_000)
  expect(asked).toEqual([])
  const stop = feed.subscribe(() => {})
  await timing.advance(1000)
  expect(known()).toBe('a/1=1')
  cpu.set('a/1', 2).set('a/2', 5)
  await timing.advance(30_000)
  expect(known()).toBe('a/1=2 a/2=5')
  expect(asked).toEqual(['a/1 a/2', 'a/1 a/2'])
  stop()
  await timing.advance(60_000)
  expect([asked.length, timing.waiting]).toEqual([2, 0])
})

test('who comes into view is asked for once the scrolling rests; who went is still known, then forgotten', async () => {
  const { timing, view, asked, cpu, feed, known } = opened('a/1')
  for (const [index, pod] of ['a/1', 'a/2', 'a/3', 'a/4'].entries()) cpu.set(pod, index)
  feed.subscribe(() => {})
  await timing.advance(1000)
  for (const next of ['a/2', 'a/3', 'a/4']) {
    view.set([next])
    await timing.advance(50)
  }
  await timing.advance(100)
  expect(asked).toEqual(['a/1', 'a/4'])
  expect(known()).toBe('a/1=0 a/4=3')
  view.set(['a/1'])
  await timing.advance(1000)
  expect(asked).toHaveLength(2)
  view.set(['a/4'])
  await timing.advance(91_000)
  expect(asked.slice(2)).toEqual(['a/4', 'a/4', 'a/4'])
  expect(known()).toBe('a/4=3')
})

test('a pod without usage is not asked for again and again', async () => {
  const { timing, asked, feed, view } = opened('a/1')
  feed.subscribe(() => {})
  await timing.advance(5000)
  view.set(['a/1'])
  await timing.advance(5000)
  expect(asked).toEqual(['a/1'])
})

test('who came into view while others were asked for comes next', async () => {
  const { timing, view, asked, cpu, feed, wait, known } = opened('a/1')
  cpu.set('a/2', 7)
  let answer = () => {}
  wait(
    new Promise((resolve) => {
      answer = resolve
    }),
  )
  feed.subscribe(() => {})
  await timing.advance(100)
  view.set(['a/2'])
  await timing.advance(1000)
  expect(asked).toEqual(['a/1'])
  answer()
  await timing.advance(200)
  expect(asked).toEqual(['a/1', 'a/2'])
  expect(known()).toBe('a/2=7')
})

test('who does not answer is not asked more often for being scrolled; no series is an answer', async () => {
  const { timing, view, asked, cpu, feed, fail, known } = opened('a/1')
  cpu.set('a/1', 1)
  feed.subscribe(() => {})
  await timing.advance(1000)
  fail(refused('unreachable'))
  view.set(['a/2'])
  await timing.advance(200)
  expect([asked.length, known(), feed.get().gap?.reason]).toEqual([2, 'a/1=1', 'unreachable'])
  view.set(['a/3'])
  await timing.advance(200)
  expect(asked).toHaveLength(2)
  fail(refused('no-series'))
  await timing.advance(1000)
  const before = asked.length
  view.set(['a/4'])
  await timing.advance(200)
  expect(asked.slice(before)).toEqual(['a/4'])
})
