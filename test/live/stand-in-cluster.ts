// A Cluster of which a test says only what it needs; anything else that is called fails the test.
import type { Cluster } from '#cluster/cluster.ts'
import type { KubeObject } from '#model/kube.ts'

export function standInCluster(parts: Partial<Cluster>): Cluster {
  const refuse = (name: string) => () => {
    throw new Error(`${name} was not expected`)
  }
  return {
    context: 'home',
    contexts: ['home', 'lab'],
    server: 'https://127.0.0.1:6443',
    user: 'ben',
    namespace: 'default',
    version: refuse('version'),
    discover: refuse('discover'),
    list: refuse('list'),
    watch: refuse('watch'),
    table: refuse('table'),
    get: refuse('get'),
    patch: refuse('patch'),
    apply: refuse('apply'),
    delete: refuse('delete'),
    logs: refuse('logs'),
    exec: refuse('exec'),
    serviceFetch: refuse('serviceFetch'),
    forward: refuse('forward'),
    can: async () => ({ allowed: true }),
    close: async () => undefined,
    ...parts,
  }
}

/** `list` over these objects by plural, with label selectors of the form `a=b` and `metadata.name=x`. */
export function listing(objects: Readonly<Record<string, readonly KubeObject[]>>): Cluster['list'] {
  return async function* (query, decoder) {
    const wanted = (query.labelSelector ?? '').split(',').filter((text) => text !== '')
    const named = query.fieldSelector?.replace('metadata.name=', '')
    const items = (objects[query.resource.plural] ?? []).filter(
      (object) =>
        (named === undefined || object.metadata.name === named) &&
        (query.namespace === undefined || object.metadata.namespace === query.namespace) &&
        wanted.every((text) => {
          const [label = '', value] = text.split('=')
          return object.metadata.labels?.[label] === value
        }),
    )
    yield { items: items.map(decoder.json), resourceVersion: '1' }
  }
}

export const prometheusService: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'prometheus-operated',
    namespace: 'observability',
    labels: { 'operated-prometheus': 'true' },
  },
  spec: {
    selector: { 'app.kubernetes.io/name': 'prometheus' },
    ports: [{ name: 'http-web', port: 9090, targetPort: 'http-web' }],
  },
}

export const prometheusPod: KubeObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'prometheus-0',
    namespace: 'observability',
    labels: { 'app.kubernetes.io/name': 'prometheus' },
  },
  spec: { containers: [{ name: 'prometheus', ports: [{ name: 'http-web', containerPort: 9090 }] }] },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
}
