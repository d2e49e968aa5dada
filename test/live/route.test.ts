// The way to Prometheus: a URL, the service proxy, a port-forward, each with its reason, and what happens when one fails.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import type { ServiceAnswer, ServiceTarget } from '#cluster/cluster.ts'
import { openPrometheus, openRoute } from '#live/route.ts'
import type { KubeObject } from '#model/kube.ts'
import { SourceError } from '#model/reading.ts'
import { standIn, success } from '#test/sources/prometheus/stand-in.ts'
import { listing, prometheusPod, prometheusService, standInCluster } from './stand-in-cluster.ts'

const signal = () => AbortSignal.timeout(10_000)
const ask = { path: '/api/v1/query?query=up' }
const objects = { services: [prometheusService], pods: [prometheusPod] }

function answer(status: number, body: string): ServiceAnswer {
  return {
    status,
    headers: {},
    text: async () => body,
    json: async () => JSON.parse(body),
    async *stream() {
      yield new TextEncoder().encode(body)
    },
  }
}

const good = () => answer(200, '{"status":"success","data":{}}')

test('the proxy is taken where it is allowed, and found once for many', async () => {
  const targets: ServiceTarget[] = []
  let lists = 0
  const list = listing(objects)
  const cluster = standInCluster({
    list: (query, decoder, end) => {
      lists += 1
      return list(query, decoder, end)
    },
    serviceFetch: async (target) => {
      targets.push(target)
      return good()
    },
  })
  const route = openRoute({ cluster })
  await Promise.all([1, 2, 3].map(() => route.reach(ask, signal())))
  expect(lists).toBe(1)
  expect(targets).toHaveLength(3)
  expect(targets[0]).toEqual({
    namespace: 'observability',
    service: 'prometheus-operated',
    port: 'http-web',
  })
  expect(route.state.get()).toEqual({ route: 'proxy', why: 'service observability/prometheus-operated' })
  await route.close()
})

test('a URL needs no cluster', async () => {
  const { url } = await standIn(success({}))
  const route = openRoute({ cluster: standInCluster({}), prometheusUrl: url })
  expect((await route.reach(ask, signal())).status).toBe(200)
  expect(route.state.get()?.route).toBe('direct')
})

test('a forbidden proxy leads to a port-forward, and says why', async () => {
  const { url } = await standIn(success({}))
  const forwards: [string, string, number][] = []
  let closed = 0
  const cluster = standInCluster({
    list: listing(objects),
    can: async (access) => ({ allowed: access.resource !== 'services/proxy' }),
    forward: async (namespace, pod, port) => {
      forwards.push([namespace, pod, port])
      return {
        port: Number(new URL(url).port),
        close: async () => {
          closed += 1
        },
      }
    },
  })
  const route = openRoute({ cluster })
  const heard: (string | undefined)[] = []
  route.state.subscribe(() => heard.push(route.state.get()?.route))
  expect((await route.reach(ask, signal())).status).toBe(200)
  expect(forwards).toEqual([['observability', 'prometheus-0', 9090]])
  expect(route.state.get()?.why).toBe(
    'services/proxy forbidden for ben in observability, port-forward to pod prometheus-0 used',
  )
  expect(heard).toEqual(['forward'])
  await route.close()
  expect(closed).toBe(1)
})

const refusals: readonly [string, () => Promise<ServiceAnswer>][] = [
  [
    'thrown as a Status',
    async () => {
      throw new SourceError(
        { reason: 'forbidden', detail: 'services/proxy forbidden for ben' },
        { status: 403 },
      )
    },
  ],
  ['answered by something on the way', async () => answer(405, '<html>no</html>')],
]

test.each(refusals)('a proxy that refuses is left for a port-forward: %s', async (_, serviceFetch) => {
  const { url } = await standIn(success({}))
  const cluster = standInCluster({
    list: listing(objects),
    serviceFetch,
    forward: async () => ({ port: Number(new URL(url).port), close: async () => undefined }),
  })
  const route = openRoute({ cluster })
  expect((await route.reach(ask, signal())).status).toBe(200)
  expect(route.state.get()?.route).toBe('forward')
})

test('an error of Prometheus itself is no refusal of the proxy', async () => {
  const own = '{"status":"error","errorType":"timeout","error":"too slow"}'
  const cluster = standInCluster({ list: listing(objects), serviceFetch: async () => answer(503, own) })
  const route = openRoute({ cluster })
  const got = await route.reach(ask, signal())
  expect([got.status, await got.text()]).toEqual([503, own])
  expect(route.state.get()?.route).toBe('proxy')
})

test('neither way allowed: both are named, with what to allow', async () => {
  const cluster = standInCluster({ list: listing(objects), can: async () => ({ allowed: false }) })
  await expect(openRoute({ cluster }).reach(ask, signal())).rejects.toMatchObject({
    reason: 'forbidden',
    detail:
      'services/proxy forbidden for ben in observability, and pods/portforward forbidden for ben in observability',
    fix: expect.stringContaining('services/proxy'),
  })
})

test('a forward whose pod went away is looked for anew, from the proxy on', async () => {
  let allowed = false
  const cluster = standInCluster({
    list: listing(objects),
    can: async (access) => ({ allowed: allowed || access.resource !== 'services/proxy' }),
    forward: async () => ({ port: 1, close: async () => undefined }),
    serviceFetch: async () => good(),
  })
  const route = openRoute({ cluster })
  await expect(route.reach(ask, signal())).rejects.toMatchObject({ reason: 'unreachable' })
  expect(route.state.get()).toBeUndefined()
  allowed = true
  expect((await route.reach(ask, signal())).status).toBe(200)
  expect(route.state.get()?.route).toBe('proxy')
})

test('a forward outlives the time allowed for finding it, and ends with the route', async () => {
  const { url } = await standIn(success({}))
  let given: AbortSignal | undefined
  const cluster = standInCluster({
    list: listing(objects),
    can: async (access) => ({ allowed: access.resource !== 'services/proxy' }),
    forward: async (_namespace, _pod, _port, signal) => {
      given = signal
      return { port: Number(new URL(url).port), close: async () => undefined }
    },
  })
  const timeout = 500
  const route = openRoute({ cluster, timeout })
  await route.reach(ask, signal())
  // Set later than the search's own limit, this one passes after it.
  await once(AbortSignal.timeout(timeout), 'abort')
  expect(given?.aborted).toBe(false)
  await route.close()
  expect(given?.aborted).toBe(true)
})

test('a command does not wait for ever for a URL that takes requests and answers none', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const address = silent.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const parts = { cluster: standInCluster({}), prometheusUrl: `http://127.0.0.1:${port}`, timeout: 100 }
  try {
    await expect(openPrometheus(parts, signal())).rejects.toMatchObject({ reason: 'timeout' })
  } finally {
    silent.closeAllConnections()
    silent.close()
  }
})

test('no Prometheus in the cluster', async () => {
  const route = openRoute({ cluster: standInCluster({ list: listing({}) }) })
  await expect(route.reach(ask, signal())).rejects.toMatchObject({ reason: 'not-installed' })
})

test('services may be listed in some namespaces only', async () => {
  const list = listing(objects)
  const cluster = standInCluster({
    list: (query, decoder, end) => {
      if (query.namespace === undefined)
        throw new SourceError({ reason: 'forbidden', detail: 'services forbidden for ben cluster-wide' })
      return list(query, decoder, end)
    },
    serviceFetch: async () => good(),
  })
  const route = openRoute({ cluster })
  expect((await route.reach(ask, signal())).status).toBe(200)
})

test('the operator’s own Service is preferred; one without a fitting port is none', async () => {
  const labels = { 'app.kubernetes.io/name': 'prometheus' }
  const service = (name: string, port: object): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'monitoring', labels },
    spec: { selector: labels, ports: [port] },
  })
  const adapter = service('a-adapter', { name: 'https', port: 443, targetPort: 6443 })
  const plain = service('prometheus-server', { port: 9090, targetPort: 9090 })
  const seen: ServiceTarget[] = []
  const serviceFetch = async (target: ServiceTarget) => {
    seen.push(target)
    return good()
  }
  for (const services of [
    [adapter, plain],
    [adapter, plain, prometheusService],
  ]) {
    const cluster = standInCluster({ list: listing({ services }), serviceFetch })
    await openRoute({ cluster }).reach(ask, signal())
  }
  expect(seen).toEqual([
    { namespace: 'monitoring', service: 'prometheus-server', port: 9090 },
    { namespace: 'observability', service: 'prometheus-operated', port: 'http-web' },
  ])
})

test('one caller giving up does not end the search for the others', async () => {
  const gate = Promise.withResolvers<void>()
  const list = listing(objects)
  const cluster = standInCluster({
    list: async function* (query, decoder, end) {
      await gate.promise
      yield* list(query, decoder, end)
    },
    serviceFetch: async () => good(),
  })
  const route = openRoute({ cluster })
  const leaving = new AbortController()
  const left = route.reach(ask, leaving.signal)
  const stays = route.reach(ask, signal())
  leaving.abort(new Error('left'))
  await expect(left).rejects.toThrow('left')
  gate.resolve()
  expect((await stays).status).toBe(200)
})
