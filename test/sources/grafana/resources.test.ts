// Dashboards of the cluster: GrafanaDashboard resources in each of their forms, and labelled ConfigMaps.
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Cluster } from '#cluster/cluster.ts'
import type { KubeObject } from '#model/kube.ts'
import { type GapReason, SourceError } from '#model/reading.ts'
import { loadDashboard } from '#sources/grafana/load.ts'
import { listDashboards } from '#sources/grafana/resources.ts'
import { listing, standInCluster } from '#test/live/stand-in-cluster.ts'

const signal = () => AbortSignal.timeout(10_000)

const json = (title: string, more: object = {}) =>
  JSON.stringify({ title, uid: `uid-${title}`, panels: [], ...more })
const packed = (text: string) => gzipSync(text).toString('base64')

function resource(name: string, spec: object, status: object = {}): KubeObject {
  return {
    apiVersion: 'grafana.integreatly.org/v1beta1',
    kind: 'GrafanaDashboard',
    metadata: { name, namespace: 'obs' },
    spec,
    status,
  }
}

function configMap(name: string, data: Record<string, string>, more: object = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'obs', labels: { grafana_dashboard: '1' }, ...more },
    data,
  }
}

function cluster(
  grafanadashboards: readonly KubeObject[],
  configmaps: readonly KubeObject[] = [],
  parts: Partial<Cluster> = {},
): Cluster {
  return standInCluster({
    list: listing({ grafanadashboards, configmaps }),
    get: async ({ plural }, name) => {
      const all = plural === 'configmaps' ? configmaps : grafanadashboards
      const found = all.find((one) => one.metadata.name === name)
      if (!found) throw new SourceError({ reason: 'not-found', detail: `${plural} ${name} not found` })
      return found
    },
    ...parts,
  })
}

const forms: readonly KubeObject[] = [
  resource('a-json', { json: json('Open', { gnetId: 7 }), folder: 'Nodes' }, { uid: 'given' }),
  resource('b-gzip', { gzipJson: packed(json('Packed')), folderRef: 'apps' }),
  resource('c-map', { configMapRef: { name: 'cilium', key: 'cilium.json' } }),
  resource('d-url', { url: 'https://example.org/d.json' }, { contentCache: packed(json('Fetched')) }),
  resource('e-com', { grafanaCom: { id: 1860, revision: 45 } }, { contentCache: packed(json('Node')) }),
  resource('f-waits', { grafanaCom: { id: 15757 } }),
  resource('g-jsonnet', { jsonnet: 'local x = 1; {}' }),
  resource('h-nothing', {}),
]
const cilium = configMap('cilium', { 'cilium.json': json('Cilium') })

test('each form is listed by what is known of it, by title', async () => {
  const { entries, gaps, notes } = await listDashboards(cluster(forms, [cilium]), signal())
  expect(entries.map(({ name, title, how }) => [name, title, how])).toEqual([
    ['c-map', 'Cilium', { kind: 'configmap', name: 'cilium', key: 'cilium.json' }],
    [
      'f-waits',
      undefined,
      {
        kind: 'none',
        why: 'the operator has not fetched it from grafana.com 15757 (no status.contentCache)',
      },
    ],
    ['d-url', 'Fetched', { kind: 'copy', origin: 'https://example.org/d.json' }],
    [
      'g-jsonnet',
      undefined,
      { kind: 'none', why: 'it is written in Jsonnet, which only the operator evaluates' },
    ],
    ['h-nothing', undefined, { kind: 'none', why: 'it has no content' }],
    ['e-com', 'Node', { kind: 'copy', origin: 'grafana.com 1860 revision 45' }],
    ['a-json', 'Open', { kind: 'json' }],
    ['b-gzip', 'Packed', { kind: 'gzip' }],
  ])
  expect(entries.find(({ name }) => name === 'a-json')).toMatchObject({
    uid: 'given',
    gnetId: 7,
    folder: 'Nodes',
  })
  expect(entries.find(({ name }) => name === 'b-gzip')).toMatchObject({ uid: 'uid-Packed', folder: 'apps' })
  expect(entries.find(({ name }) => name === 'e-com')).toMatchObject({ gnetId: 1860 })
  expect([...gaps, ...notes]).toEqual([])
})

test('each is read from where it stands; nothing that is not in the cluster', async () => {
  const home = cluster(forms, [cilium])
  const { entries } = await listDashboards(home, signal())
  const said = await Promise.all(
    entries.map(async (entry) => {
      try {
        return [entry.name, (await loadDashboard(home, entry, signal())).title]
      } catch (error) {
        if (error instanceof SourceError) return [entry.name, `${error.reason}: ${error.detail}`]
        throw error
      }
    }),
  )
  expect(Object.fromEntries(said)).toEqual({
    'a-json': 'Open',
    'b-gzip': 'Packed',
    'c-map': 'Cilium',
    'd-url': 'Fetched',
    'e-com': 'Node',
    'f-waits':
      'not-found: dashboard obs/f-waits: the operator has not fetched it from grafana.com 15757 (no status.contentCache)',
    'g-jsonnet':
      'not-found: dashboard obs/g-jsonnet: it is written in Jsonnet, which only the operator evaluates',
    'h-nothing': 'not-found: dashboard obs/h-nothing: it has no content',
  })
})

test('what the resource says about data sources stands for the inputs', async () => {
  const inputs = [{ name: 'DS_X', type: 'datasource', pluginId: 'prometheus' }]
  const datasources = [{ inputName: 'DS_X', datasourceName: 'Prometheus' }, { inputName: 7 }]
  const home = cluster([resource('x', { json: json('X', { __inputs: inputs }), datasources })])
  const [entry] = (await listDashboards(home, signal())).entries
  if (!entry) throw new Error('no entry')
  const { variables } = await loadDashboard(home, entry, signal())
  expect(variables).toMatchObject([{ name: 'DS_X', current: ['Prometheus'] }])
})

test('ConfigMaps on their own: one goes by its name, several by their keys, with a folder', async () => {
  const home = cluster(
    [],
    [
      configMap('one', { 'a.json': json('A') }, { annotations: { grafana_folder: 'Kubernetes' } }),
      configMap('two', { 'b.json': json('B'), 'c.json': 'no JSON', 'notes.txt': 'x' }),
    ],
  )
  const { entries } = await listDashboards(home, signal())
  expect(entries.map(({ name, title, folder }) => [name, title, folder])).toEqual([
    ['one', 'A', 'Kubernetes'],
    ['b', 'B', undefined],
    ['c', undefined, undefined],
  ])
  const [one, , broken] = entries
  if (!one || !broken) throw new Error('three entries')
  expect((await loadDashboard(home, one, signal())).title).toBe('A')
  await expect(loadDashboard(home, broken, signal())).rejects.toMatchObject({ reason: 'invalid' })
})

test('only what is labelled is asked for', async () => {
  const asked: string[] = []
  const list = listing({})
  const home = cluster([], [], {
    list: (query, decoder, until) => {
      asked.push(`${query.resource.plural} ${query.labelSelector ?? ''}`)
      return list(query, decoder, until)
    },
  })
  await listDashboards(home, signal())
  expect(asked.sort()).toEqual(['configmaps grafana_dashboard=1', 'grafanadashboards '])
})

test('a key that is not there, a ConfigMap that is not there, what cannot be unpacked', async () => {
  const wrong = [
    resource('a', { configMapRef: { name: 'cilium', key: 'other.json' } }),
    resource('b', { configMapRef: { name: 'gone', key: 'x.json' } }),
    resource('c', { gzipJson: 'bm90IGd6aXA=' }),
    resource('d', { gzipJson: packed(' '.repeat(9_000_000)) }),
  ]
  const home = cluster(wrong, [cilium])
  const { entries } = await listDashboards(home, signal())
  const load = async (name: string) => {
    const entry = entries.find((one) => one.name === name)
    if (!entry) throw new Error(name)
    return loadDashboard(home, entry, signal())
  }
  await expect(load('a')).rejects.toMatchObject({
    reason: 'not-found',
    detail: 'configmap obs/cilium has no key other.json (keys: cilium.json)',
  })
  await expect(load('b')).rejects.toMatchObject({ reason: 'not-found' })
  await expect(load('c')).rejects.toMatchObject({ reason: 'garbage' })
  await expect(load('d')).rejects.toMatchObject({ reason: 'garbage' })
})

/** Lists of resources fail with this wherever `where` says so. */
function failing(reason: GapReason, where: (namespace: string | undefined) => boolean): Partial<Cluster> {
  const list = listing({
    grafanadashboards: forms,
    namespaces: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'obs' } }],
  })
  return {
    list: async function* (query, decoder, until) {
      if (query.resource.plural === 'grafanadashboards' && where(query.namespace))
        throw new SourceError({ reason, detail: reason })
      yield* list(query, decoder, until)
    },
    can: async ({ namespace }) => ({ allowed: namespace === 'obs' }),
  }
}

test('without the operator there are simply none; any other failure is a gap beside what was listed', async () => {
  const always = () => true
  expect(await listDashboards(cluster([], [], failing('not-found', always)), signal())).toEqual({
    entries: [],
    gaps: [],
    notes: [],
  })
  expect((await listDashboards(cluster([], [], failing('timeout', always)), signal())).gaps).toEqual([
    { reason: 'timeout', detail: 'timeout' },
  ])
})

test('where the whole cluster is forbidden the namespaces that are allowed are listed, and that is said', async () => {
  const found = await listDashboards(
    cluster(
      [],
      [],
      failing('forbidden', (namespace) => namespace === undefined),
    ),
    signal(),
  )
  expect(found.entries).toHaveLength(forms.length)
  expect(found.notes).toEqual(['grafanadashboards: 1 of 2 namespaces, the others are forbidden for ben'])
  expect(found.gaps).toEqual([])
})
