// The contract for logs: which lines, of which run, since when, how many bytes, and as they come.
import { describe, expect, it } from 'vitest'
import type { LogQuery } from '#cluster/cluster.ts'
import { hold, type MakeBed, never, refusal } from './held.ts'

export function describeLogs(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const place = (query = '') => {
    const { namespace, name } = held.bed.pod
    return `/api/v1/namespaces/${namespace}/pods/${name}/log?${query}`
  }
  const linesOf = async (query: string) => (await held.ask('GET', place(query))).text.split('\n').slice(0, -1)
  const follow = (more: Partial<LogQuery>, signal = never) => {
    const { namespace, name: pod, container } = held.bed.pod
    return held.cluster.logs({ namespace, pod, container, follow: true, ...more }, signal)
  }

  it('are plain text', async () => {
    const { status, type, text } = await held.ask('GET', place())
    expect(status).toBe(200)
    expect(type).toBe('text/plain')
    expect(text.endsWith('\n')).toBe(true)
  })

  it('end with the last lines', async () => {
    const all = await linesOf('')
    expect(all.length).toBeGreaterThan(3)
    expect(await linesOf('tailLines=3')).toEqual(all.slice(-3))
    expect(await linesOf('tailLines=0')).toEqual([])
    expect(await linesOf(`tailLines=${all.length + 10}`)).toEqual(all)
    expect(await linesOf(`container=${held.bed.pod.container}`)).toEqual(all)
  })

  it('begin at a time', async () => {
    const stamped = await linesOf('timestamps=true')
    const third = stamped[2]?.split(' ')[0] ?? ''
    expect(third).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/)
    const plain = await linesOf('')
    expect(stamped[2]).toBe(`${third} ${plain[2]}`)
    // Seconds count: the API server cuts what is finer.
    const asked = `${third.slice(0, 19)}Z`
    expect((await linesOf(`sinceTime=${asked}`)).slice(0, 1)).toEqual([plain[2]])
    expect(await linesOf('sinceTime=2000-01-01T00:00:00Z')).toEqual(plain)
    expect(await linesOf('sinceTime=2100-01-01T00:00:00Z')).toEqual([])
    expect(await linesOf('sinceSeconds=100000')).toEqual(plain)
    expect(await linesOf('sinceSeconds=100000&tailLines=1')).toEqual(plain.slice(-1))
  })

  it('end after so many bytes', async () => {
    const whole = (await held.ask('GET', place())).text
    expect((await held.ask('GET', place('limitBytes=10'))).text).toBe(whole.slice(0, 10))
  })

  it('of the run before are others', async () => {
    const before = await linesOf('previous=true')
    expect(before.length).toBeGreaterThan(0)
    expect(before).not.toEqual(await linesOf(''))
  })

  it('are followed: what there is, then what comes', async () => {
    const left = new AbortController()
    const following = follow({ tailLines: 1 }, left.signal)
    expect((await following.next()).value).toBe((await linesOf('tailLines=1'))[0])
    await held.bed.moreLog()
    const { value, done } = await following.next()
    expect(done).toBe(false)
    expect(value).toMatch(/\S/)
    left.abort()
  })

  it('are followed with their times', async () => {
    const left = new AbortController()
    const [first] = [await follow({ tailLines: 1, timestamps: true }, left.signal).next()]
    expect(first?.value).toMatch(/^\d{4}-\d\d-\d\dT\S+Z /)
    left.abort()
  })

  const invalid = (why: string) => expect.stringMatching(new RegExp(`^PodLogOptions ".+" is invalid: ${why}`))
  it.each([
    [
      'container=nothing',
      400,
      'BadRequest',
      expect.stringMatching(/^container nothing is not valid for pod /),
    ],
    ['tailLines=x', 400, 'BadRequest', 'strconv.ParseInt: parsing "x": invalid syntax'],
    [
      'tailLines=-1',
      422,
      'Invalid',
      invalid('tailLines: Invalid value: -1: must be greater than or equal to 0'),
    ],
    ['limitBytes=0', 422, 'Invalid', invalid('limitBytes: Invalid value: 0: must be greater than 0')],
    ['sinceSeconds=0', 422, 'Invalid', invalid('sinceSeconds: Invalid value: 0: must be greater than 0')],
    [
      'sinceSeconds=5&sinceTime=2026-11-22T20:00:00Z',
      422,
      'Invalid',
      invalid('\\[\\]: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified'),
    ],
    [
      'sinceTime=nope',
      400,
      'BadRequest',
      'parsing time "nope" as "2006-01-02T15:04:05Z07:00": cannot parse "nope" as "2006"',
    ],
  ])('refuse %s', async (query, code, reason, message) => {
    const { status, body } = await held.ask('GET', place(query))
    expect(status).toBe(code)
    expect(body).toMatchObject(refusal(code, reason, message))
  })

  describe('of a pod', () => {
    const pods = () => `/api/v1/namespaces/${held.bed.namespace}/pods`
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'nowhere' },
      spec: {
        nodeSelector: { 'contract.test/never': 'yes' },
        containers: [
          { name: 'a', image: 'one:1' },
          { name: 'b', image: 'two:1' },
        ],
      },
    }

    it('that is not there are refused', async () => {
      const { body } = await held.ask('GET', `${pods()}/gone/log`)
      expect(body).toMatchObject(refusal(404, 'NotFound', 'pods "gone" not found'))
      const query = { namespace: held.bed.namespace, pod: 'gone' }
      await expect(held.cluster.logs(query, never).next()).rejects.toMatchObject({
        reason: 'not-found',
        status: 404,
      })
    })

    it('that runs nowhere are empty, and a container must be named', async () => {
      await held.ask('POST', pods(), { body: pod })
      const own = `${pods()}/nowhere`
      expect((await held.ask('GET', `${own}/log`)).body).toMatchObject(
        refusal(
          400,
          'BadRequest',
          'a container name must be specified for pod nowhere, choose one of: [a b]',
        ),
      )
      for (const query of ['container=a', 'container=a&previous=true']) {
        const { status, text } = await held.ask('GET', `${own}/log?${query}`)
        expect([status, text]).toEqual([204, ''])
      }
      const lines: string[] = []
      const query = { namespace: held.bed.namespace, pod: 'nowhere', container: 'a' }
      for await (const line of held.cluster.logs(query, never)) lines.push(line)
      expect(lines).toEqual([])
      await held.ask('DELETE', own)
    })
  })
}
