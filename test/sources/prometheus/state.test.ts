// Targets, alerts, rules, names: real answers' shapes through the decoders.
import { expect, test } from 'vitest'
import { labels, labelValues, metadata, series } from '#sources/prometheus/names.ts'
import { urlReach } from '#sources/prometheus/reach.ts'
import { alerts, buildinfo, rules, runtimeinfo, targets } from '#sources/prometheus/state.ts'
import { standIn, success } from './stand-in.ts'

const signal = () => AbortSignal.timeout(10_000)

test('targets: up and down, never scraped; one just discovered is neither', async () => {
  const { url, asked } = await standIn(
    success({
      activeTargets: [
        {
          labels: {
            job: 'node-exporter',
            instance: '10.0.0.1:9100',
            namespace: 'observability',
            service: 'ne',
          },
          health: 'up',
          lastError: '',
          lastScrape: '2026-11-22T21:00:00.5Z',
        },
        {
          labels: { job: 'ntfy', instance: '10.0.0.2:80' },
          health: 'down',
          lastError: 'connection refused',
          lastScrape: '0001-01-01T00:00:00Z',
        },
        { labels: { job: 'new', instance: '10.0.0.3:80' }, health: 'unknown', lastError: '' },
      ],
      droppedTargets: [],
    }),
  )
  expect(await targets(urlReach(url), signal())).toEqual([
    {
      job: 'node-exporter',
      instance: '10.0.0.1:9100',
      namespace: 'observability',
      service: 'ne',
      up: true,
      lastScrapeAt: Date.UTC(2026, 10, 22, 21, 0, 0, 500),
    },
    { job: 'ntfy', instance: '10.0.0.2:80', up: false, lastError: 'connection refused' },
  ])
  expect(asked[0]?.params.get('state')).toBe('active')
})

test('alerts: name and severity stand beside the other labels', async () => {
  const { url } = await standIn(
    success({
      alerts: [
        {
          labels: { alertname: 'TargetDown', severity: 'warning', job: 'ntfy' },
          annotations: { summary: 'ntfy is down' },
          state: 'firing',
          activeAt: '2026-11-22T21:00:00Z',
          value: '1e+02',
        },
      ],
    }),
  )
  expect(await alerts(urlReach(url), signal())).toEqual([
    {
      name: 'TargetDown',
      state: 'firing',
      severity: 'warning',
      labels: { job: 'ntfy' },
      annotations: { summary: 'ntfy is down' },
      activeAt: Date.UTC(2026, 10, 22, 21),
      value: 100,
    },
  ])
})

test('rules: alerting with state and duration, recording with its error', async () => {
  const { url } = await standIn(
    success({
      groups: [
        {
          name: 'node',
          rules: [
            {
              type: 'alerting',
              name: 'Down',
              query: 'up == 0',
              duration: 600,
              health: 'ok',
              state: 'inactive',
            },
            { type: 'recording', name: 'a:b', query: 'x', health: 'err', lastError: 'many-to-many' },
          ],
        },
      ],
    }),
  )
  expect(await rules(urlReach(url), signal())).toEqual([
    {
      group: 'node',
      name: 'Down',
      type: 'alerting',
      query: 'up == 0',
      duration: 600,
      health: 'ok',
      state: 'inactive',
    },
    { group: 'node', name: 'a:b', type: 'recording', query: 'x', health: 'err', lastError: 'many-to-many' },
  ])
})

test('an answer without its list is garbage, not "none"', async () => {
  const { url } = await standIn(success({}))
  const reach = urlReach(url)
  await expect(targets(reach, signal())).rejects.toMatchObject({ reason: 'garbage' })
  await expect(alerts(reach, signal())).rejects.toMatchObject({ reason: 'garbage' })
  await expect(rules(reach, signal())).rejects.toMatchObject({ reason: 'garbage' })
  await expect(buildinfo(reach, signal())).rejects.toMatchObject({ reason: 'garbage' })
})

test('build and runtime', async () => {
  const { url } = await standIn(
    success({
      version: '2.55.1',
      revision: 'abc',
      startTime: '2026-11-01T00:00:00Z',
      reloadConfigSuccess: true,
      storageRetention: '14d or 50GiB',
    }),
  )
  expect(await buildinfo(urlReach(url), signal())).toEqual({ version: '2.55.1', revision: 'abc' })
  expect(await runtimeinfo(urlReach(url), signal())).toEqual({
    startedAt: Date.UTC(2026, 10, 1),
    reloadConfigSuccess: true,
    storageRetention: '14d or 50GiB',
  })
})

test('names: metadata, series, label values', async () => {
  const help = await standIn(success({ up: [{ type: 'gauge', help: 'whether', unit: '' }] }))
  expect(await metadata(urlReach(help.url), 100, signal())).toEqual(
    new Map([['up', { type: 'gauge', help: 'whether', unit: '' }]]),
  )
  const found = await standIn(success([{ __name__: 'up', job: 'a' }]))
  const query = { matchers: ['up', 'down{a="b"}'], from: 1_700_000_000_000 }
  expect(await series(urlReach(found.url), query, signal())).toEqual([{ __name__: 'up', job: 'a' }])
  expect(found.asked[0]?.params.getAll('match[]')).toEqual(['up', 'down{a="b"}'])
  expect(found.asked[0]?.params.get('start')).toBe('1700000000')
  const values = await standIn(success(['a', 'b']))
  expect(await labelValues(urlReach(values.url), { label: 'job' }, signal())).toEqual(['a', 'b'])
  expect(values.asked[0]?.path).toBe('/api/v1/label/job/values')
  expect(await labels(urlReach(values.url), { limit: 10 }, signal())).toEqual(['a', 'b'])
  expect(values.asked[1]?.params.get('limit')).toBe('10')
})
