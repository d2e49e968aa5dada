// The contract for the service proxy: what reaches the server behind a Service, what comes back and how, and what is
// said where nothing answers.
import { describe, expect, it } from 'vitest'
import type { ServiceRequest, ServiceTarget } from '#cluster/cluster.ts'
import { hold, type MakeBed, never, refusal } from './held.ts'
import { LARGE } from './upstream.ts'

export function describeProxy(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const ask = (request: ServiceRequest, target: ServiceTarget = held.bed.upstream.target) =>
    held.cluster.serviceFetch(target, request, never)
  const place = (id: string, path = '/echo') =>
    `/api/v1/namespaces/${held.bed.upstream.target.namespace}/services/${id}/proxy${path}`
  const name = () => held.bed.upstream.target.service

  it('passes a GET on, with its query as it is', async () => {
    const answer = await ask({ path: '/echo?query=up%7Ba%3D%22b%22%7D&n=1&n=2&empty=' })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      method: 'GET',
      path: '/echo',
      query: 'query=up%7Ba%3D%22b%22%7D&n=1&n=2&empty=',
    })
  })

  it('passes a POST on, with its body and type', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await ask({ method: 'POST', path: '/echo?a=1', headers, body: 'query=up&time=5' })
    expect(await answer.json()).toMatchObject({
      method: 'POST',
      query: 'a=1',
      body: 'query=up&time=5',
      type: 'application/x-www-form-urlencoded',
    })
  })

  it('finds the port by number and by name, with the scheme and without', async () => {
    const { target, portName } = held.bed.upstream
    for (const port of [target.port, portName]) {
      for (const scheme of [undefined, 'http' as const]) {
        const answer = await ask({ path: '/echo' }, { ...target, port, ...(scheme && { scheme }) })
        expect(answer.status, `${scheme} ${port}`).toBe(200)
      }
    }
  })

  it('passes on what the server refuses, in its own words', async () => {
    const refused = await ask({ path: '/refuses' })
    expect([refused.status, await refused.text()]).toEqual([422, 'the upstream says no'])
    const missing = await ask({ path: '/nothing' })
    expect([missing.status, await missing.text()]).toEqual([404, 'no such page'])
  })

  it('leads a redirect back through itself', async () => {
    const answer = await ask({ path: '/moved' })
    expect(answer.status).toBe(302)
    expect(answer.headers.location).toMatch(
      new RegExp(`/api/v1/namespaces/[^/]+/services/${name()}:[^/]+/proxy/echo\\?moved=1$`),
    )
  })

  it('passes an answer on piece by piece', async () => {
    const answer = await ask({ path: '/pieces' })
    const seen: string[] = []
    for await (const piece of answer.stream()) {
      seen.push(Buffer.from(piece).toString())
      // The second comes only after the first was seen here.
      if (seen.length === 1) await ask({ path: '/release' })
    }
    expect(seen.join('')).toBe('first\nsecond\n')
    expect(seen[0]).toBe('first\n')
  })

  it('passes some megabytes on, whole', async () => {
    const parts: Uint8Array[] = []
    for await (const part of (await ask({ path: '/large' })).stream()) parts.push(part)
    expect(Buffer.concat(parts).equals(LARGE)).toBe(true)
  })

  it('does not make an answer whole that the server did not end', async () => {
    // It may end before its head is there, or after.
    const whole = async () => (await ask({ path: '/dies' })).text()
    await expect(whole()).rejects.toMatchObject({ reason: 'unreachable' })
  })

  describe('says that', () => {
    it('nothing listens', async () => {
      const { closed } = held.bed.upstream
      await expect(ask({ path: '/' }, closed)).rejects.toMatchObject({
        reason: 'unreachable',
        status: 503,
        message: expect.stringMatching(/^error trying to reach service: /),
      })
      const { body } = await held.ask('GET', place(`${closed.service}:${closed.port}`))
      expect(body).toMatchObject(
        refusal(503, 'ServiceUnavailable', expect.stringMatching(/^error trying to reach service: /)),
      )
    })

    it('there is no pod', async () => {
      const { empty } = held.bed.upstream
      for (const id of [empty.service, `${empty.service}:${empty.port}`, `http:${empty.service}:wrong`]) {
        const { status, body } = await held.ask('GET', place(id))
        expect(status).toBe(503)
        expect(body).toMatchObject(
          refusal(503, 'ServiceUnavailable', `no endpoints available for service "${empty.service}"`),
        )
      }
      await expect(ask({ path: '/' }, empty)).rejects.toMatchObject({ reason: 'unreachable', status: 503 })
    })

    it('there is no such port', async () => {
      const wrong = await held.ask('GET', place(`${name()}:wrong`))
      expect(wrong.body).toMatchObject(
        refusal(503, 'ServiceUnavailable', `no endpoints available for service "${name()}:wrong"`),
      )
      const number = await held.ask('GET', place(`${name()}:9999`))
      expect(number.body).toMatchObject(
        refusal(503, 'ServiceUnavailable', `no service port 9999 found for service "${name()}"`),
      )
    })

    it('there is no such Service, however it is named', async () => {
      for (const id of ['gone', 'gone:80', 'http:gone:80']) {
        const { body } = await held.ask('GET', place(id))
        expect(body).toMatchObject(refusal(404, 'NotFound', 'services "gone" not found'))
        expect(body.details).toEqual({ name: 'gone', kind: 'services' })
      }
    })

    it('a name is none', async () => {
      expect((await held.ask('GET', place('a:b:c'))).body).toMatchObject(
        refusal(400, 'BadRequest', 'invalid service request "a:b:c"'),
      )
    })

    it('the user may not', async () => {
      const { body } = await held.ask('GET', place(`${name()}:80`), { as: 'no-proxy' })
      expect(body).toMatchObject(
        refusal(
          403,
          'Forbidden',
          `services "${name()}:80" is forbidden: User "no-proxy" cannot get resource "services/proxy" in API group "" in the namespace "${held.bed.upstream.target.namespace}"`,
        ),
      )
    })
  })
}
