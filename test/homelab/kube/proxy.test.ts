// The service proxy: requests through the API server to what stands behind a Service.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Upstream, UpstreamRequest } from '#homelab/upstream.ts'
import { type Bed, makeBed } from './client.ts'
import { fixtureWorld } from './world.ts'

const seen: UpstreamRequest[] = []
let released = false

async function* slowBody(signal: AbortSignal) {
  yield Buffer.from('first\n')
  await new Promise((resolve) => signal.addEventListener('abort', resolve))
  released = true
}

const prometheus: Upstream = {
  namespace: 'observability',
  service: 'prometheus-operated',
  port: 9090,
  async answer(request, signal) {
    seen.push(request)
    if (request.path === '/stream') return { status: 200, headers: {}, body: slowBody(signal) }
    if (request.path === '/old') return { status: 302, headers: { location: '/new' }, body: '' }
    if (request.path === '/broken') throw new Error('connect: connection refused')
    return { status: 418, headers: { 'content-type': 'text/x-tea' }, body: 'short and stout' }
  },
}

let bed: Bed
beforeAll(async () => {
  bed = await makeBed({ world: fixtureWorld(), upstreams: [prometheus] })
})
afterAll(() => bed.close())

const base = '/api/v1/namespaces/observability/services'
const proxy = (id: string) => `${base}/${id}/proxy`

it.each([
  'prometheus-operated:9090',
  'http:prometheus-operated:9090',
  'prometheus-operated:http',
  'prometheus-operated',
])('finds the server behind %s', async (id) => {
  const answer = await bed.as().fetch(`${proxy(id)}/api/v1/query?query=up%7Bjob%3D%22a%22%7D`)
  expect(answer.status).toBe(418)
  expect(answer.headers.get('content-type')).toBe('text/x-tea')
  expect(await answer.text()).toBe('short and stout')
  expect(seen.at(-1)).toMatchObject({ method: 'GET', path: '/api/v1/query' })
  expect(seen.at(-1)?.params.get('query')).toBe('up{job="a"}')
})

it('passes a POST with its body, and never the caller’s token', async () => {
  await bed.as('no-nodes').fetch(`${proxy('prometheus-operated:9090')}/api/v1/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'query=up',
  })
  expect(seen.at(-1)).toMatchObject({ method: 'POST', body: 'query=up' })
  expect(seen.at(-1)?.headers['content-type']).toBe('application/x-www-form-urlencoded')
  expect(seen.at(-1)?.headers).not.toHaveProperty('authorization')
})

it('streams, and tells the server behind when the client goes', async () => {
  const leave = new AbortController()
  const answer = await bed.as().fetch(`${proxy('prometheus-operated:9090')}/stream`, { signal: leave.signal })
  const reader = answer.body?.getReader()
  const first = await reader?.read()
  expect(Buffer.from(first?.value ?? '').toString()).toBe('first\n')
  leave.abort()
  await expect.poll(() => released).toBe(true)
})

it('keeps a redirect below the proxy', async () => {
  const answer = await bed.as().fetch(`${proxy('prometheus-operated:9090')}/old`, { redirect: 'manual' })
  expect(answer.headers.get('location')).toBe(`${proxy('prometheus-operated:9090')}/new`)
})

it.each([
  [`${base}/nothing:80/proxy/`, 404, 'NotFound', 'services "nothing" not found'],
  [
    '/api/v1/namespaces/shop/services/cart:80/proxy/',
    503,
    'ServiceUnavailable',
    'no endpoints available for service "cart"',
  ],
  [
    `${proxy('prometheus-operated:81')}/`,
    503,
    'ServiceUnavailable',
    'no service port 81 found for service "prometheus-operated"',
  ],
  [
    `${proxy('prometheus-operated:9090')}/broken`,
    503,
    'ServiceUnavailable',
    'error trying to reach service: dial tcp 10.43.0.10:9090: connect: connection refused',
  ],
])('answers %s with a Status body', async (path, code, reason, message) => {
  const { status, body } = await bed.as().json(path)
  expect(status).toBe(code)
  expect(body).toMatchObject({ kind: 'Status', reason, message, code })
})
