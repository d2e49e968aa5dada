// The contract for what is too old: continue tokens, lists of a version, watches; and how the client goes on.
import { beforeAll, describe, expect, it } from 'vitest'
import type { KubeObject } from '#model/kube.ts'
import { hold, type MakeBed, MERGE, maps, namesOf, never, refusal } from './held.ts'

export function describeExpiry(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const { path, label, create, clear } = maps(held, 'expiry')
  const list = (query: string) =>
    held.ask('GET', path('', `labelSelector=${encodeURIComponent(label)}&${query}`))
  const resource = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap', namespaced: true }
  const whole = { json: (object: KubeObject) => object }
  let token = ''
  let old = ''
  let listing: ReturnType<typeof held.cluster.list<KubeObject>>
  let begun: IteratorResult<{ readonly items: readonly KubeObject[] }>

  // Once for all cases: on a real one it takes a new start of the API server.
  beforeAll(async () => {
    await clear()
    for (const name of ['a', 'b', 'c', 'd']) await create(name, { x: '1' })
    const first = await list('limit=2')
    token = first.body.metadata?.continue ?? ''
    old = first.body.metadata?.resourceVersion ?? ''
    const query = { resource, namespace: held.bed.namespace, labelSelector: label, firstPage: 1, page: 1 }
    listing = held.cluster.list(query, whole, never)
    begun = await listing.next()
    await held.ask('PATCH', path('a'), { type: MERGE, body: { data: { x: '2' } } })
    await create('cc')
    await held.bed.compact()
  })

  describe('a continue token', () => {
    it('that has expired is refused, with one to go on inconsistently', async () => {
      const { status, body } = await list(`limit=2&continue=${token}`)
      expect(status).toBe(410)
      expect(body).toMatchObject(
        refusal(
          410,
          'Expired',
          expect.stringMatching(
            /^The provided continue parameter is too old to display a consistent list result\. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results\. /,
          ),
        ),
      )
      const next = body.metadata?.continue ?? ''
      const rest = await list(`limit=10&continue=${encodeURIComponent(next)}`)
      expect(rest.status).toBe(200)
      expect(namesOf(rest.body)).toEqual(['c', 'cc', 'd'])
    })
  })

  it('a list of an old version is refused', async () => {
    const { status, body } = await list(`resourceVersion=${old}&resourceVersionMatch=Exact`)
    expect(status).toBe(410)
    expect(body).toMatchObject(
      refusal(410, 'Expired', 'The resourceVersion for the provided list is too old.'),
    )
  })

  it('a watch from an old version ends with an event that says so', async () => {
    const { status, text } = await held.ask(
      'GET',
      path('', `watch=1&timeoutSeconds=5&resourceVersion=${old}`),
    )
    expect(status).toBe(200)
    const [event, ...more] = text.split('\n').filter(Boolean)
    expect(more).toEqual([])
    expect(JSON.parse(event ?? '')).toMatchObject({
      type: 'ERROR',
      object: {
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        reason: 'Expired',
        message: expect.stringMatching(new RegExp(`^too old resource version: ${old} \\(\\d+\\)$`)),
        code: 410,
      },
    })
  })

  it('the client begins its list anew where the next page has expired, and says so', async () => {
    const names = (items: readonly KubeObject[]) => items.map(({ metadata }) => metadata.name)
    expect(names(begun.value.items)).toEqual(['a'])
    let since: string[] = []
    let restarts = 0
    for await (const page of listing) {
      if (page.restarted) {
        restarts += 1
        since = []
      }
      since.push(...names(page.items))
    }
    expect(restarts).toBe(1)
    expect(since).toEqual(['a', 'b', 'c', 'cc', 'd'])
  })

  it('the client says that its watch has expired', async () => {
    const events = held.cluster.watch(
      { resource, namespace: held.bed.namespace, resourceVersion: old },
      whole,
      never,
    )
    const first = await events.next()
    expect(first).toMatchObject({
      done: true,
      value: { reason: 'expired', error: { status: 410, reason: 'expired' } },
    })
  })
}
