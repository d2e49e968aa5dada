// What each call sends and what it makes of the answer: objects, logs, services.
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  asIs,
  collect,
  connectTo,
  failureOf,
  forever,
  kustomizations,
  pods,
  recorder,
  sendJson,
  sendStatus,
  serve,
} from './bed.ts'

const object = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'apps', namespace: 'flux-system' },
}
const ref = {
  group: 'kustomize.toolkit.fluxcd.io',
  kind: 'Kustomization',
  name: 'apps',
  namespace: 'flux-system',
}
const path = '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/apps'

describe('objects', () => {
  test('get', async () => {
    const { cluster, sent } = await recorder((_sent, response) => sendJson(response, object))
    expect(await cluster.get(kustomizations, 'apps', 'flux-system', forever())).toEqual(object)
    expect(sent).toEqual([{ method: 'GET', url: path, type: undefined, body: '' }])
  })

  test('patch: a merge patch as obsdeck', async () => {
    const { cluster, sent } = await recorder((_sent, response) => sendJson(response, object))
    await cluster.patch(kustomizations, ref, { spec: { suspend: true } }, forever())
    expect(sent).toEqual([
      {
        method: 'PATCH',
        url: `${path}?fieldManager=obsdeck`,
        type: 'application/merge-patch+json',
        body: '{"spec":{"suspend":true}}',
      },
    ])
  })

  test('apply: server-side, as obsdeck, never forced, dry where asked', async () => {
    const { cluster, sent } = await recorder((_sent, response) => sendJson(response, object))
    await cluster.apply(kustomizations, object, forever(), { dryRun: true })
    expect(sent).toEqual([
      {
        method: 'PATCH',
        url: `${path}?fieldManager=obsdeck&force=false&dryRun=All`,
        type: 'application/apply-patch+yaml',
        body: JSON.stringify(object),
      },
    ])
  })

  test('delete', async () => {
    const { cluster, sent } = await recorder((_sent, response) =>
      sendJson(response, { kind: 'Status', status: 'Success' }),
    )
    await cluster.delete(kustomizations, ref, forever())
    expect(sent).toMatchObject([{ method: 'DELETE', url: `${path}?propagationPolicy=Background` }])
  })

  test('a conflict is told in the words of the server', async () => {
    const message = 'Apply failed with 1 conflict: conflict with "kubectl": .spec.suspend'
    const { cluster } = await recorder((_sent, response) => sendStatus(response, 409, message))
    expect(await failureOf(cluster.apply(kustomizations, object, forever()))).toMatchObject({
      reason: 'conflict',
      detail: message,
    })
  })

  test('a write is not sent twice on a connection that breaks', async () => {
    let writes = 0
    const bed = await serve((request, response) => {
      if (request.method === 'GET') return sendJson(response, { gitVersion: 'v1' })
      writes += 1
      request.socket.resetAndDestroy()
    })
    const cluster = await connectTo({ server: bed.url })
    await cluster.version(forever())
    expect(await failureOf(cluster.patch(kustomizations, ref, {}, forever()))).toMatchObject({
      reason: 'unreachable',
    })
    expect(writes).toBe(1)
  })
})

describe('logs', () => {
  test('lines, the last without its end too, characters cut between chunks', async () => {
    const bytes = Buffer.from('eins\r\nzwölf\n\nno end 🚢')
    const { cluster, sent } = await recorder((_sent, response) => {
      const at = bytes.indexOf(0xc3) + 1
      response.write(bytes.subarray(0, at), () => response.end(bytes.subarray(at)))
    })
    const query = { namespace: 'shop', pod: 'cart-0', container: 'app', tailLines: 10, timestamps: true }
    expect(await collect(cluster.logs(query, forever()))).toEqual(['eins', 'zwölf', '', 'no end 🚢'])
    expect(sent[0]?.url).toBe(
      '/api/v1/namespaces/shop/pods/cart-0/log?container=app&tailLines=10&timestamps=true',
    )
  })

  test('a line of 3 MiB is cut with a mark, and the next is whole', async () => {
    const { cluster } = await recorder((_sent, response) => response.end(`${'ü'.repeat(1_600_000)}\nnext\n`))
    const [long = '', next] = await collect(cluster.logs({ namespace: 'a', pod: 'b' }, forever()))
    expect(long.endsWith('ü … [line cut at 1 MiB]')).toBe(true)
    expect(Buffer.byteLength(long)).toBeLessThan(1024 * 1024 + 40)
    expect(next).toBe('next')
  })

  test('a pod that is not there', async () => {
    const { cluster } = await recorder((_sent, response) => sendStatus(response, 404, 'pods "b" not found'))
    expect(await failureOf(collect(cluster.logs({ namespace: 'a', pod: 'b' }, forever())))).toMatchObject({
      reason: 'not-found',
    })
  })

  test('following a silent container outlives the time-out, before its first line too', async () => {
    const bed = await serve((_request, response) => {
      setTimeout(() => response.end('late\n'), 300)
    })
    const cluster = await connectTo({ server: bed.url }, { timeout: 100 })
    expect(await collect(cluster.logs({ namespace: 'a', pod: 'b', follow: true }, forever()))).toEqual([
      'late',
    ])
  })
})

describe('services', () => {
  const target = { namespace: 'observability', service: 'prometheus-operated', port: 9090 }
  const root = '/api/v1/namespaces/observability/services/prometheus-operated:9090/proxy'

  test('a request goes through the proxy as it is; gzip is undone', async () => {
    const { cluster, sent } = await recorder((_sent, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'x-seen': 'yes' })
      response.end(gzipSync('{"status":"success"}'))
    })
    const request = {
      method: 'POST',
      path: '/api/v1/query?dedup=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'query=up',
    } as const
    const answer = await cluster.serviceFetch(target, request, forever())
    expect(answer).toMatchObject({ status: 200, headers: { 'x-seen': 'yes' } })
    expect(await answer.json()).toEqual({ status: 'success' })
    expect(sent).toEqual([
      {
        method: 'POST',
        url: `${root}/api/v1/query?dedup=1`,
        type: 'application/x-www-form-urlencoded',
        body: 'query=up',
      },
    ])
  })

  test('a scheme and a named port', async () => {
    const { cluster, sent } = await recorder((_sent, response) => response.end('ok'))
    const answer = await cluster.serviceFetch(
      { ...target, port: 'web', scheme: 'https' },
      { path: '/' },
      forever(),
    )
    expect(await answer.text()).toBe('ok')
    expect(sent[0]?.url).toBe(
      '/api/v1/namespaces/observability/services/https:prometheus-operated:web/proxy/',
    )
  })

  test('what the service refuses is an answer', async () => {
    const { cluster } = await recorder((_sent, response) =>
      sendJson(response, { status: 'error', errorType: 'bad_data' }, 400),
    )
    const answer = await cluster.serviceFetch(target, { path: '/api/v1/query' }, forever())
    expect(answer.status).toBe(400)
    expect(await answer.json()).toEqual({ status: 'error', errorType: 'bad_data' })
  })

  test.each([
    [
      403,
      'services "x" is forbidden: User "ben" cannot get resource "services/proxy" in API group "" in the namespace "observability"',
      'forbidden',
      'services/proxy forbidden for ben in observability',
    ],
    [404, 'services "x" not found', 'not-found', 'services "x" not found'],
    [503, 'no endpoints available for service "x"', 'unreachable', 'no endpoints available for service "x"'],
    [
      503,
      'error trying to reach service: dial tcp 10.0.0.1:9090: connect: connection refused',
      'unreachable',
      expect.stringContaining('connection refused'),
    ],
  ])('what the API server refuses is a failure: %i %s', async (code, message, reason, detail) => {
    const { cluster } = await recorder((_sent, response) => sendStatus(response, code, message))
    expect(await failureOf(cluster.serviceFetch(target, { path: '/' }, forever()))).toMatchObject({
      reason,
      detail,
    })
  })

  test('a body can be read as it comes', async () => {
    const go = Promise.withResolvers<void>()
    const { cluster } = await recorder((_sent, response) => {
      response.write('first')
      void go.promise.then(() => response.end('second'))
    })
    const answer = await cluster.serviceFetch(target, { path: '/' }, forever())
    const seen: string[] = []
    for await (const chunk of answer.stream()) {
      seen.push(Buffer.from(chunk).toString())
      go.resolve()
    }
    expect(seen).toEqual(['first', 'second'])
  })
})

test('an empty list is empty only because the server said so', async () => {
  const { cluster } = await recorder((_sent, response) => sendJson(response, {}))
  expect(await failureOf(collect(cluster.list({ resource: pods }, asIs, forever())))).toMatchObject({
    reason: 'garbage',
  })
})
