// The figures of one object now: what they ask, how often, and what a silent Prometheus says.
import { afterEach, expect, test } from 'vitest'
import type { Feed } from '#live/feed.ts'
import { openNowFigures } from '#live/figures-now.ts'
import type { Ask } from '#live/metrics-read.ts'
import { poll } from '#live/poll.ts'
import type { InstantSample } from '#model/prometheus.ts'
import { claimPattern } from '#model/subject-facts/claimed.ts'
import { bootQuestion, claimQuestion } from '#model/subject-facts/question.ts'
import { manualTiming } from './manual-timing.ts'

const interval = 30_000
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})
const look = <T>(feed: Feed<T>): (() => void) => {
  const stop = feed.subscribe(() => undefined)
  stops.push(stop)
  return stop
}

function open(samples: readonly Pick<InstantSample, 'labels' | 'value'>[]) {
  const timing = manualTiming(Date.UTC(2026, 10, 22, 3, 2))
  const asked: string[] = []
  const ask: Ask = {
    async vector(expr) {
      asked.push(expr)
      return samples.map((sample) => ({ ...sample, at: timing.now() }))
    },
    range: () => Promise.reject(new Error('no range is asked for what is now')),
  }
  const figures = openNowFigures({ ask, every: (read) => poll({ read, interval, timing }) })
  return { figures, timing, asked }
}

const redis = { group: 'apps', kind: 'StatefulSet', namespace: 'shop', name: 'redis' }

test('are asked as instant queries, again and again only while somebody looks', async () => {
  const { figures, timing, asked } = open([
    { labels: { persistentvolumeclaim: 'data-redis-0' }, value: 0.97 },
    { labels: { persistentvolumeclaim: 'data-redis-1' }, value: Number.NaN },
  ])
  const feed = figures.figuresNow(claimQuestion(redis, ''))
  expect(figures.figuresNow(claimQuestion(redis, ''))).toBe(feed)
  const stop = look(feed)
  await timing.advance(1)
  expect(feed.get().data).toEqual(new Map([['data-redis-0', 0.97]]))
  await timing.advance(interval)
  expect(asked).toHaveLength(2)
  stop()
  await timing.advance(5 * interval)
  expect(asked).toHaveLength(2)
})

test('a node has one, of either name', async () => {
  const { figures, timing, asked } = open([{ labels: {}, value: 1_795_000_000 }])
  const feed = figures.figuresNow(bootQuestion('nuc-1', '10.0.0.1'))
  look(feed)
  await timing.advance(1)
  expect(feed.get().data).toEqual(new Map([['', 1_795_000_000]]))
  expect(asked).toEqual([
    String.raw`max(node_boot_time_seconds{instance=~"\\[?(nuc-1|10\\.0\\.0\\.1)\\]?(:\\d+)?"})`,
  ])
})

test('none is a gap that names what is missing', async () => {
  const { figures, timing } = open([])
  const feed = figures.figuresNow(claimQuestion(redis, 'data-redis-0'))
  look(feed)
  await timing.advance(1)
  expect(feed.get()).toMatchObject({
    gap: { reason: 'no-series', detail: 'Prometheus has no kubelet_volume_stats_used_bytes of it' },
  })
})

test('claims are found by who mounts them, and by the names of the spec', () => {
  const object = (kind: string, spec: unknown) => ({
    ...{ pending: false, data: { apiVersion: 'v1', kind, metadata: { name: 'redis' }, spec } },
  })
  const templates = [{ metadata: { name: 'data.v1' } }]
  const scratch = { name: 'scratch', ephemeral: { volumeClaimTemplate: {} } }
  const spec = { replicas: 1, volumeClaimTemplates: templates, template: { spec: { volumes: [scratch] } } }
  const pattern = claimPattern(redis, object('StatefulSet', spec))
  expect(pattern).toBe(String.raw`data\.v1-redis-0|redis-[0-9]+-scratch`)
  const { expr } = claimQuestion(redis, pattern ?? '')
  expect(expr).toContain(
    'kube_pod_spec_volumes_persistentvolumeclaims_info{namespace="shop",pod=~"redis-[0-9]+"}',
  )
  expect(expr).toContain(
    String.raw`{namespace="shop",persistentvolumeclaim=~"data\\.v1-redis-0|redis-[0-9]+-scratch"}`,
  )
  expect(claimPattern(redis, { pending: true })).toBeUndefined()
  expect(claimPattern(redis, { pending: false, gap: { reason: 'forbidden', detail: '' } })).toBe('')
})
