// A machine whose pods ask for more than it has.
import { describe, expect, it } from 'vitest'
import { createStorage } from '#homelab/prometheus/series/storage.ts'
import { is, rate, select } from './ask.ts'
import { BEGAN, container, fixture, HOUR, line, MINUTE, MiB, step } from './fixture.ts'

const instance = is('instance', '10.0.0.1:9100')

describe('a node that is asked for too much', () => {
  const { world, clock, signal } = fixture()
  const burst = BEGAN + 20 * MINUTE
  const asked = {
    at: (time: number) => (time >= burst && time < burst + 4 * MINUTE ? 7 : 0.1),
    total: (from: number, to: number) =>
      step(0.1, burst, 7).total(from, Math.min(to, burst + 4 * MINUTE)) +
      line(0.1).total(Math.max(from, burst + 4 * MINUTE), Math.max(to, burst + 4 * MINUTE)),
  }
  signal('shop', 'checkout-1', {
    containers: new Map([['app', { ...container(0, 64 * MiB), cpu: asked }]]),
    received: line(0),
    sent: line(0),
  })
  clock.advance(HOUR)
  const storage = createStorage(world)

  it('never lets what was idle shrink, nor uses more than it has', () => {
    for (const { labels, values } of select(
      storage,
      'node_cpu_seconds_total',
      BEGAN,
      clock.now(),
      instance,
    )) {
      for (let index = 1; index < values.length; index += 1) {
        const grown = (values[index] ?? 0) - (values[index - 1] ?? 0)
        expect(grown, `${labels.cpu} ${labels.mode}`).toBeGreaterThanOrEqual(0)
        expect(grown, `${labels.cpu} ${labels.mode}`).toBeLessThanOrEqual(30.001)
      }
    }
  })

  it('is almost all busy meanwhile, and as before afterwards', () => {
    const busyOf = (from: number, to: number) =>
      select(storage, 'node_cpu_seconds_total', from, to, instance)
        .filter(({ labels }) => !['idle', 'iowait', 'steal'].includes(labels.mode ?? ''))
        .reduce((sum, series) => sum + rate(series), 0)
    expect(busyOf(burst + MINUTE, burst + 4 * MINUTE)).toBeCloseTo(4 - 0.18, 1)
    expect(busyOf(burst + 25 * MINUTE, burst + 35 * MINUTE)).toBeCloseTo(0.4, 3)
  })
})

describe('a node that is asked for too much for hours', () => {
  it('goes on as busy as it can be, and no counter falls', () => {
    const { world, clock, signal } = fixture()
    signal('shop', 'checkout-1', {
      containers: new Map([['app', { ...container(0, 64 * MiB), cpu: step(0.1, BEGAN + 33 * MINUTE, 5) }]]),
      received: line(0),
      sent: line(0),
    })
    clock.advance(30 * MINUTE)
    const storage = createStorage(world)
    // The homelab is opened before the trouble begins.
    expect(select(storage, 'node_cpu_seconds_total', BEGAN, clock.now(), instance)).toHaveLength(32)
    clock.advance(5 * HOUR)
    const modes = select(storage, 'node_cpu_seconds_total', clock.now() - 5 * HOUR, clock.now(), instance)
    const fallen = modes.filter(({ values }) =>
      values.some((value, index) => index > 0 && value < (values[index - 1] ?? 0)),
    )
    expect(fallen.map(({ labels }) => labels.mode)).toEqual([])
    const idle = select(
      storage,
      'node_cpu_seconds_total',
      clock.now() - HOUR,
      clock.now(),
      instance,
      is('mode', 'idle'),
    )
    expect(idle.reduce((sum, series) => sum + rate(series), 0)).toBeLessThan(0.2)
  })
})
