// The contract for watches: what they begin with, resume from and end with, in every form; and what is refused.
import { beforeEach, describe, expect, it } from 'vitest'
import { type Body, lines } from '#test/homelab/kube/client.ts'
import { hold, type MakeBed, MERGE, maps, refusal } from './held.ts'

export function describeWatches(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const { path, label, create, clear } = maps(held, 'watches')
  const watchPath = (query: string) => path('', `watch=1&labelSelector=${encodeURIComponent(label)}&${query}`)
  const version = async () => (await held.ask('GET', path())).body.metadata?.resourceVersion

  /** The first events of a watch, while something is done; then it is left. */
  async function watched(query: string, count: number, act = async () => {}, accept?: string) {
    const left = new AbortController()
    const answer = await held.bed.wire().fetch(watchPath(query), {
      signal: left.signal,
      headers: accept === undefined ? {} : { accept },
    })
    expect(answer.status).toBe(200)
    const seen: Body[] = []
    await act()
    if (count > 0) {
      for await (const event of lines(answer.body)) {
        seen.push(event)
        if (seen.length === count) break
      }
    }
    left.abort()
    return seen
  }
  const brief = ({ type, object }: Body) => `${type} ${object?.metadata?.name}`

  beforeEach(() => clear())

  it('begin with what there is where no version is named', async () => {
    await create('a')
    await create('b')
    const seen = await watched('', 3, async () => void (await create('c')))
    expect(seen.map(brief)).toEqual(['ADDED a', 'ADDED b', 'ADDED c'])
    expect(seen[0]?.object).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1' })
  })

  it('resume after a version, in order, with the version of each change', async () => {
    const from = await version()
    await create('a', { x: '1' })
    await held.ask('PATCH', path('a'), { type: MERGE, body: { data: { x: '2' } } })
    await held.ask('DELETE', path('a'))
    const seen = await watched(`resourceVersion=${from}`, 3)
    expect(seen.map(brief)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a'])
    const versions = seen.map(({ object }) => Number(object?.metadata?.resourceVersion))
    expect(versions).toEqual([...versions].sort((one, other) => one - other))
    expect(new Set(versions).size).toBe(3)
    expect(seen[2]?.object).toMatchObject({ data: { x: '2' } })

    const later = await watched(`resourceVersion=${versions[0]}`, 2)
    expect(later.map(brief)).toEqual(['MODIFIED a', 'DELETED a'])
  })

  it('end by themselves when their time is over', async () => {
    const { status, text } = await held.ask(
      'GET',
      watchPath(`timeoutSeconds=1&resourceVersion=${await version()}`),
    )
    expect(status).toBe(200)
    expect(text).toBe('')
  })

  it('tell when the initial events are over, if bookmarks are allowed', async () => {
    await create('a')
    const initial = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan'
    const [added, bookmark] = await watched(`${initial}&allowWatchBookmarks=true`, 2)
    expect(added && brief(added)).toBe('ADDED a')
    expect(bookmark).toMatchObject({
      type: 'BOOKMARK',
      object: {
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } },
      },
    })
    expect(bookmark?.object?.metadata?.resourceVersion).toMatch(/^\d+$/)
    expect(bookmark?.object?.metadata).not.toHaveProperty('name')

    const { text } = await held.ask('GET', watchPath(`${initial}&timeoutSeconds=1`))
    expect(text).not.toContain('BOOKMARK')
  })

  it('tell of objects as tables, with columns in the first only', async () => {
    await create('a', { x: '1' })
    await create('b')
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io'
    const [first, second] = await watched('', 2, undefined, accept)
    const table = { kind: 'Table', apiVersion: 'meta.k8s.io/v1' }
    expect(first?.object).toMatchObject({ ...table, rows: [{ object: { metadata: { name: 'a' } } }] })
    expect(first?.object?.columnDefinitions).toContainEqual(expect.objectContaining({ name: 'Data' }))
    expect(second?.object).toMatchObject({ ...table, rows: [{ object: { metadata: { name: 'b' } } }] })
    expect(second?.object?.columnDefinitions ?? []).toEqual([])
  })

  it('tell of objects by their metadata alone', async () => {
    await create('a', { x: '1' })
    const accept = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io'
    const [event] = await watched('', 1, undefined, accept)
    expect(event?.object).toMatchObject({ kind: 'PartialObjectMetadata', metadata: { name: 'a' } })
    expect(event?.object).not.toHaveProperty('data')
  })

  it('of one name are a get', async () => {
    await create('a')
    expect((await held.ask('GET', path('a', 'watch=1'))).body).toMatchObject({ kind: 'ConfigMap' })
  })

  describe('are refused before they begin', () => {
    const match = 'ListOptions.meta.k8s.io "" is invalid:'
    it.each([
      [
        'resourceVersion=abc',
        500,
        undefined,
        'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
      ],
      [
        'fieldSelector=x%3D1',
        400,
        'BadRequest',
        expect.stringContaining('"x" is not a known field selector'),
      ],
      [
        'sendInitialEvents=true',
        422,
        'Invalid',
        `${match} resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan`,
      ],
      [
        'resourceVersion=5&resourceVersionMatch=NotOlderThan',
        422,
        'Invalid',
        `${match} resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided`,
      ],
    ])('with %s', async (query, code, reason, message) => {
      const { status, body } = await held.ask('GET', watchPath(query))
      expect(status).toBe(code)
      expect(body).toMatchObject({ kind: 'Status', status: 'Failure', code, message })
      expect(body.reason).toBe(reason)
    })

    it('with a form that there is not', async () => {
      const { status, body } = await held.ask('GET', watchPath(''), { accept: 'text/html' })
      expect(status).toBe(406)
      expect(body).toMatchObject(
        refusal(406, 'NotAcceptable', expect.stringMatching(/^406: Not Acceptable\n/)),
      )
    })
  })
}
