// What the server does wrong when a test asks it to.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createFaults } from '#homelab/kube/faults.ts'
import { type Bed, clientOf, makeBed } from './client.ts'
import { fixtureWorld } from './world.ts'

let bed: Bed
beforeAll(async () => {
  bed = await makeBed({ world: fixtureWorld(), upstreams: [] })
})
afterAll(() => bed.close())
afterEach(() => {
  Object.assign(bed.homelab.faults, createFaults())
})

const faults = () => bed.homelab.faults

it.each([
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [410, 'Expired'],
  [429, 'TooManyRequests'],
  [500, 'InternalError'],
])('answers %i where it is told to, and nowhere else', async (code, reason) => {
  faults().statuses = [{ path: /\/pods/, code, retryAfter: 7 }]
  const { status, body, headers } = await bed.as().json('/api/v1/pods')
  expect(status).toBe(code)
  expect(body).toMatchObject({ kind: 'Status', reason, code })
  expect(headers.get('retry-after')).toBe('7')
  expect((await bed.as().json('/api/v1/nodes')).status).toBe(200)
})

it('refuses new connections', async () => {
  faults().refuse = true
  const fresh = clientOf(bed.homelab.kubeconfig)
  await expect(fresh.fetch('/version')).rejects.toThrow()
  faults().refuse = false
  expect((await fresh.json('/version')).status).toBe(200)
  await fresh.agent.destroy()
})

it('hangs until the client gives up', async () => {
  faults().hang = /\/pods/
  const answer = bed.as().fetch('/api/v1/pods', { signal: AbortSignal.timeout(50) })
  await expect(answer).rejects.toThrow(/timeout/i)
})

it('delays', async () => {
  faults().delay = 40
  const start = performance.now()
  await bed.as().json('/version')
  expect(performance.now() - start).toBeGreaterThan(35)
})

it('cuts a body in half, a stream too', async () => {
  faults().cut = { path: /\/pods/, after: 100 }
  for (const query of ['', '?watch=true']) {
    const answer = await bed.as().fetch(`/api/v1/pods${query}`)
    expect(answer.status).toBe(200)
    await expect(answer.text()).rejects.toThrow(/terminated/)
  }
})

it('sends garbage', async () => {
  faults().garbage = /\/pods/
  const answer = await bed.as().fetch('/api/v1/pods')
  const text = await answer.text()
  expect(() => JSON.parse(text)).toThrow()
  expect(text).toContain('\u001b')
})

it('drops what is connected and takes new connections', async () => {
  const answer = await bed.as().fetch('/api/v1/pods?watch=true')
  bed.homelab.dropConnections()
  await expect(answer.text()).rejects.toThrow(/terminated/)
  expect((await bed.as().json('/version')).status).toBe(200)
})
