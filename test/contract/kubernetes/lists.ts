// The contract for lists: pages of one moment, how many are left, versions, and what is refused.
import { beforeAll, describe, expect, it } from 'vitest'
import { hold, type MakeBed, maps, namesOf, refusal } from './held.ts'

export function describeLists(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const { path, label, create, clear, map } = maps(held, 'lists')
  const list = (query: string) =>
    held.ask('GET', path('', `labelSelector=${encodeURIComponent(label)}&${query}`))

  beforeAll(async () => {
    await clear()
    for (const name of ['c', 'a', 'e', 'b', 'd']) await create(name)
  })

  it('come sorted by name, with the version that they are of', async () => {
    const { body } = await list('')
    expect(namesOf(body)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(body).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1' })
    expect(body.metadata?.resourceVersion).toMatch(/^\d+$/)
  })

  it('leave kind and version out of the items', async () => {
    const [first] = (await list('')).body.items ?? []
    expect(first).not.toHaveProperty('kind')
    expect(first).not.toHaveProperty('apiVersion')
  })

  describe('in pages', () => {
    it('go on where the last one ended, at the version of the first', async () => {
      const first = await list('limit=2')
      await create('bb')
      const second = await list(`limit=2&continue=${first.body.metadata?.continue}`)
      const third = await list(`limit=2&continue=${second.body.metadata?.continue}`)
      expect([first, second, third].map(({ body }) => namesOf(body))).toEqual([['a', 'b'], ['c', 'd'], ['e']])
      expect(second.body.metadata?.resourceVersion).toBe(first.body.metadata?.resourceVersion)
      expect(third.body.metadata?.continue ?? '').toBe('')
      await held.ask('DELETE', path('bb'))
    })

    it('say how many are left, but not with a selector', async () => {
      const all = (await held.ask('GET', path())).body.items?.length ?? 0
      expect((await held.ask('GET', path('', 'limit=1'))).body.metadata?.remainingItemCount).toBe(all - 1)
      expect((await list('limit=1')).body.metadata).not.toHaveProperty('remainingItemCount')
    })

    it('are one where the limit is none', async () => {
      for (const limit of ['0', '-1']) {
        expect(namesOf((await list(`limit=${limit}`)).body)).toHaveLength(5)
      }
    })
  })

  describe('of a version', () => {
    it('are of that one exactly where asked', async () => {
      const before = (await list('')).body.metadata?.resourceVersion
      await create('f')
      const fresh = await list(`resourceVersion=${before}&resourceVersionMatch=NotOlderThan`)
      await held.ask('DELETE', path('f'))
      expect(namesOf(fresh.body)).toContain('f')
    })

    it('that is still to come end in a time-out that says to come back', async () => {
      const { status, body, header } = await list('resourceVersion=999999999')
      expect(status).toBe(504)
      expect(body).toMatchObject({
        ...refusal(
          504,
          'Timeout',
          expect.stringMatching(/^Timeout: Too large resource version: 999999999, current: \d+$/),
        ),
        details: { causes: [{ reason: 'ResourceVersionTooLarge' }], retryAfterSeconds: 1 },
      })
      expect(header('retry-after')).toBe('1')
    })
  })

  it.each([
    ['limit=x', 400, 'BadRequest', 'strconv.ParseInt: parsing "x": invalid syntax'],
    [
      'resourceVersion=abc',
      400,
      'BadRequest',
      'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    ],
    [
      'continue=abc',
      400,
      'BadRequest',
      expect.stringMatching(/^invalid continue token: continue key is not valid: /),
    ],
    [
      'resourceVersionMatch=Exact',
      422,
      'Invalid',
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    ],
    [
      'resourceVersion=5&resourceVersionMatch=Foo',
      422,
      'Invalid',
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Unsupported value: "Foo": supported values: "Exact", "NotOlderThan", ""',
    ],
    [
      'resourceVersion=0&resourceVersionMatch=Exact',
      422,
      'Invalid',
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    ],
    [
      'sendInitialEvents=true',
      422,
      'Invalid',
      'ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list',
    ],
  ])('refuse %s', async (query, code, reason, message) => {
    const { status, body } = await list(query)
    expect(status).toBe(code)
    expect(body).toMatchObject(refusal(code, reason, message))
  })

  it('take no version beside a continue token', async () => {
    const token = (await list('limit=1')).body.metadata?.continue
    const { body } = await list(`limit=1&continue=${token}&resourceVersion=5`)
    expect(body).toMatchObject(
      refusal(400, 'BadRequest', 'specifying resource version is not allowed when using continue'),
    )
  })

  it('through the client are whole, page by page', async () => {
    const seen: string[][] = []
    const remaining: unknown[] = []
    const resource = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap', namespaced: true }
    const query = { resource, namespace: held.bed.namespace, labelSelector: label, firstPage: 2, page: 2 }
    const decoder = { json: (object: ReturnType<typeof map>) => object.metadata.name }
    for await (const page of held.cluster.list(query, decoder as never, new AbortController().signal)) {
      seen.push([...page.items] as string[])
      remaining.push(page.remaining)
    }
    expect(seen).toEqual([['a', 'b'], ['c', 'd'], ['e']])
    expect(remaining).toEqual([undefined, undefined, undefined])
  })
}
