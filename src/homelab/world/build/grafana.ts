// Grafana as its operator runs it: the instance, its data sources, and the six dashboards, each by another of the ways
// in which the operator can be given one.
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { dashboardText } from '#homelab/dashboards.ts'
import { type ObjectStore, stamp } from '#homelab/store.ts'
import { core, custom } from '#homelab/world/kinds.ts'
import { ownerLabels } from './meta.ts'
import { kustomization, NAMESPACE, putCustomResource, trueConditions } from './put-custom.ts'

const owner = kustomization('observability-dashboards')
const instanceSelector = { matchLabels: { dashboards: 'grafana' } }
const packed = (text: string): string => gzipSync(text).toString('base64')
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

const applied = (type: string, what: string, at: number) => [
  {
    type,
    status: 'True',
    reason: 'ApplySuccessful',
    message: `${what} was successfully applied to 1 instances`,
    observedGeneration: 1,
    lastTransitionTime: stamp(at),
  },
]

interface Content {
  readonly spec: Readonly<Record<string, unknown>>
  /** What the operator keeps of what it fetched from outside. */
  readonly status?: Readonly<Record<string, unknown>>
}

/** From grafana.com by number: the operator keeps a copy, so that it need not ask again. */
const fromGrafanaCom =
  (id: number, revision: number) =>
  (text: string, at: number): Content => ({
    spec: { grafanaCom: { id, revision } },
    status: {
      contentCache: packed(text),
      contentTimestamp: stamp(at),
      contentUrl: `https://grafana.com/api/dashboards/${id}/revisions/${revision}/download`,
    },
  })

const dashboards: readonly (readonly [
  name: string,
  folder: string,
  content: (text: string, at: number, name: string) => Content,
])[] = [
  ['kubernetes-global', 'Kubernetes', fromGrafanaCom(15_757, 43)],
  ['node-exporter-full', 'Kubernetes', fromGrafanaCom(1860, 42)],
  ['cnpg', 'Databases', (_text, _at, name) => byConfigMap(name)],
  ['flux', 'Flux', (json) => ({ spec: { json } })],
  ['cilium', 'Network', (_text, _at, name) => byConfigMap(name)],
  ['envoy-gateway', 'Network', (text) => ({ spec: { gzipJson: packed(text) } })],
]

const byConfigMap = (name: string): Content => ({
  spec: { configMapRef: { name: `${name}-dashboard`, key: `${name}.json` } },
})

/** `at` is when everything was made, `now` when the operator last looked. */
export function putGrafana(store: ObjectStore, at: number, now: number): void {
  const put = (one: Omit<Parameters<typeof putCustomResource>[2], 'owner'>) =>
    putCustomResource(store, at, { owner, ...one })
  const lastResync = stamp(now)
  const found: string[] = []
  for (const [name, folder, contentOf] of dashboards) {
    const text = dashboardText(name)
    const { spec, status } = contentOf(text, at, name)
    if (spec.configMapRef) putDashboardMap(store, name, text, at)
    const { uid } = /"uid": "(?<uid>[^"]+)"/.exec(text)?.groups ?? {}
    found.push(`${NAMESPACE}/${name}/${uid}`)
    put({
      resource: custom.dashboard,
      name,
      spec: { allowCrossNamespaceImport: true, folder, instanceSelector, resyncPeriod: '10m0s', ...spec },
      status: {
        ...status,
        conditions: applied('DashboardSynchronized', 'Dashboard', at),
        hash: hashOf(text),
        lastResync,
        uid,
      },
    })
  }
  const sources = datasources.map((datasource) => {
    const { name } = datasource
    const spec = { allowCrossNamespaceImport: true, datasource, instanceSelector, resyncPeriod: '10m0s' }
    const hash = hashOf(JSON.stringify(datasource))
    const conditions = applied('DatasourceSynchronized', 'Datasource', at)
    put({ resource: custom.datasource, name, spec, status: { conditions, hash, lastResync, uid: name } })
    return `${NAMESPACE}/${name}/${name}`
  })
  put({
    resource: custom.grafana,
    name: 'grafana',
    labels: { dashboards: 'grafana' },
    spec: { version: '13.1.3', config: { auth: { disable_login_form: 'false' } } },
    status: {
      stage: 'complete',
      stageStatus: 'success',
      adminUrl: 'http://grafana-service.observability:3000',
      version: '13.1.3',
      conditions: trueConditions(at, 'GrafanaReady'),
      dashboards: found,
      datasources: sources,
    },
  })
}

function putDashboardMap(store: ObjectStore, name: string, text: string, at: number): void {
  store.put(core.configMap, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `${name}-dashboard`,
      namespace: NAMESPACE,
      creationTimestamp: stamp(at),
      labels: { ...ownerLabels(owner), grafana_dashboard: '1' },
    },
    data: { [`${name}.json`]: text },
  })
}

const datasources = [
  {
    name: 'prometheus',
    uid: 'prometheus',
    type: 'prometheus',
    access: 'proxy',
    url: 'http://prometheus-operated:9090',
    isDefault: true,
    jsonData: { httpMethod: 'POST', timeInterval: '30s' },
  },
  {
    name: 'clickhouse',
    uid: 'clickhouse',
    type: 'grafana-clickhouse-datasource',
    access: 'proxy',
    jsonData: {
      host: 'clickstack',
      port: 8123,
      protocol: 'http',
      username: 'app',
      defaultDatabase: 'default',
    },
  },
  {
    name: 'alertmanager',
    uid: 'alertmanager',
    type: 'alertmanager',
    access: 'proxy',
    url: 'http://alertmanager-operated:9093',
    jsonData: { implementation: 'prometheus' },
  },
] as const
