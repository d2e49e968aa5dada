// Heavy questions leave the event loop to others: what is asked of Prometheus goes in slices.
import { describe, expect, test } from 'vitest'
import { manualClock } from '#homelab/clock.ts'
import { createPrometheus } from '#homelab/prometheus/prometheus.ts'
import type { RuleGroup } from '#homelab/prometheus/rule-group.ts'
import type { Storage } from '#homelab/prometheus/storage.ts'
import { memoryStorage, written } from './memory-storage.ts'

/** Holds the event loop, as working out a series does. */
function busy(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

const all = Array.from({ length: 100 }, (_, index) =>
  written({ __name__: 'up', instance: String(index) }, '1x29 0x30'),
)

/** How many series were worked out since the loop last had its turn, and the most that ever were. */
const held = { now: 0, most: 0 }

/** A hundred series, each of which takes four milliseconds to work out. */
function slow(): Storage {
  const plain = memoryStorage(all)
  return {
    ...plain,
    *select(matchers, from, to) {
      for (const series of plain.select(matchers, from, to)) {
        busy(4)
        held.now += 1
        held.most = Math.max(held.most, held.now)
        yield series
      }
    },
  }
}

function ask(path: string, params: Readonly<Record<string, string>>, rules: readonly RuleGroup[] = []) {
  const prometheus = createPrometheus({
    storage: slow(),
    clock: manualClock(50 * 60_000),
    rules,
    targets: () => [],
    namespace: 'observability',
    service: 'prometheus-operated',
    port: 9090,
  })
  const request = { method: 'GET', path, params: new URLSearchParams(params), headers: {}, body: '' }
  return prometheus.answer(request, new AbortController().signal)
}

/** What `work` comes to, while the loop's turns are watched. */
async function watched<T>(work: () => Promise<T>): Promise<T> {
  let done = false
  held.now = 0
  held.most = 0
  const watch = () => {
    held.now = 0
    if (!done) setImmediate(watch)
  }
  setImmediate(watch)
  try {
    return await work()
  } finally {
    done = true
  }
}

const down = { name: 'g', interval: '1m', rules: [{ alert: 'Down', expr: 'up == 0', for: '5m' }] }
const watcher = {
  name: 'w',
  interval: '1m',
  rules: [{ alert: 'Many', expr: 'count(ALERTS{alertname="Down"}) > 5' }],
}

describe('the event loop is free while', () => {
  const query = { time: String(50 * 60) }
  test.each([
    ['an instant query', '/api/v1/query', { query: 'sum(rate(up[10m]))', ...query }, []],
    ['a range query', '/api/v1/query_range', { query: 'sum(up)', start: '0', end: '3000', step: '60' }, []],
    ['alerts are asked for as series', '/api/v1/query', { query: 'ALERTS', ...query }, [down]],
    ['a rule reads other rules’ alerts', '/api/v1/query', { query: 'ALERTS', ...query }, [watcher, down]],
    ['rules are asked for', '/api/v1/rules', {}, [down, watcher]],
    ['series are asked for', '/api/v1/series', { 'match[]': 'up', start: '0', end: '3000' }, []],
  ] as const)('%s', async (_, path, params, rules) => {
    const { status } = await watched(() => ask(path, params, rules))
    expect(status).toBe(200)
    expect(held.most).toBeGreaterThan(0)
    // A slice has room for two, and the search for the past's beginning reads one at each step: not a hundred.
    expect(held.most).toBeLessThan(40)
  })
})
