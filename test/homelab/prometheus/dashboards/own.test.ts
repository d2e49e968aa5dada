// The homelab's own dashboards: each can be had in the way in which its resource gives it, and each of their panels
// has data, except those that ask ClickHouse.
import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { core, custom } from '#homelab/world/kinds.ts'
import type { KubeObject } from '#model/kube.ts'
import { type Dashboard, panelsOf } from './dashboard.ts'
import { askedHomelab } from './homelab.ts'

const { world, look } = askedHomelab()
const { store } = world

interface Spec {
  readonly json?: string
  readonly gzipJson?: string
  readonly configMapRef?: { readonly name: string; readonly key: string }
  readonly grafanaCom?: { readonly id: number }
}

interface Status {
  readonly uid?: string
  readonly hash?: string
  readonly lastResync?: string
  readonly contentCache?: string
  readonly conditions?: readonly { readonly type: string; readonly status: string }[]
}

const unpacked = (text: string) => gunzipSync(Buffer.from(text, 'base64')).toString()

function textOf({ metadata, spec, status }: KubeObject): string {
  const { json, gzipJson, configMapRef, grafanaCom } = spec as Spec
  if (json !== undefined) return json
  if (gzipJson !== undefined) return unpacked(gzipJson)
  if (grafanaCom) return unpacked((status as Status).contentCache ?? '')
  const map = store.get(core.configMap, metadata.namespace, configMapRef?.name ?? '')
  const data = (map?.data ?? {}) as Record<string, string>
  return data[configMapRef?.key ?? ''] ?? ''
}

const resources = store.list(custom.dashboard)
const dashboards = resources.map((resource) => ({
  name: resource.metadata.name,
  way: Object.keys(resource.spec as Spec).find((key) =>
    ['json', 'gzipJson', 'configMapRef', 'grafanaCom'].includes(key),
  ),
  text: textOf(resource),
  status: resource.status as Status,
}))

it('there are the six of the stack, given in every way that needs nothing from outside', () => {
  expect(Object.fromEntries(dashboards.map(({ name, way }) => [name, way]))).toEqual({
    'kubernetes-global': 'grafanaCom',
    'node-exporter-full': 'grafanaCom',
    cnpg: 'configMapRef',
    flux: 'json',
    cilium: 'configMapRef',
    'envoy-gateway': 'gzipJson',
  })
  expect(
    resources
      .map(({ spec }) => (spec as Spec).grafanaCom?.id)
      .filter(Boolean)
      .sort(),
  ).toEqual([15757, 1860])
})

it.each(dashboards)('$name says what the operator made of it', ({ text, status }) => {
  const { uid } = JSON.parse(text) as Dashboard
  expect(status.uid).toBe(uid)
  expect(status.hash).toBe(createHash('sha256').update(text).digest('hex'))
  expect(Date.parse(status.lastResync ?? '')).toBeLessThanOrEqual(world.clock.now())
  expect(status.conditions).toMatchObject([{ type: 'DashboardSynchronized', status: 'True' }])
})

it('they use every kind of panel', () => {
  const types = new Set(dashboards.flatMap(({ text }) => panelsOf(JSON.parse(text)).map(({ type }) => type)))
  expect([...types].sort()).toEqual([
    'alertlist',
    'bargauge',
    'gauge',
    'heatmap',
    'stat',
    'table',
    'text',
    'timeseries',
  ])
})

describe('every panel has data', () => {
  it.each(dashboards)('of $name', { timeout: 120_000 }, async ({ text }) => {
    const { full, empty } = await look(JSON.parse(text))
    expect(full.length).toBeGreaterThanOrEqual(10)
    expect(empty.map(({ title, exprs }) => [title, ...exprs])).toEqual([])
  })
})

it('Grafana knows its dashboards and its three data sources', () => {
  const [grafana] = store.list(custom.grafana)
  const { dashboards: known = [], datasources = [] } = (grafana?.status ?? {}) as Record<string, string[]>
  expect(known.map((entry) => entry.split('/')[1]).sort()).toEqual(dashboards.map(({ name }) => name))
  expect(datasources.map((entry) => entry.split('/')[1])).toEqual([
    'prometheus',
    'clickhouse',
    'alertmanager',
  ])
  expect(
    store
      .list(custom.datasource)
      .map(({ metadata }) => metadata.name)
      .sort(),
  ).toEqual(['alertmanager', 'clickhouse', 'prometheus'])
})
