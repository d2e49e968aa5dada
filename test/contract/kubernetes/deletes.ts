// The contract for deletes: what is told of them, what they wait for, and where they are refused.
import { beforeEach, expect, it } from 'vitest'
import { hold, type MakeBed, MERGE, maps, refusal } from './held.ts'

export function describeDeletes(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const { path, map, create, clear } = maps(held, 'deletes')
  beforeEach(() => clear())

  it('says what it removed', async () => {
    const made = await create('a')
    const { status, body } = await held.ask('DELETE', path('a'))
    expect(status).toBe(200)
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: 'a', kind: 'configmaps', uid: made.body.metadata?.uid },
    })
    expect((await held.ask('DELETE', path('a'))).body).toMatchObject(
      refusal(404, 'NotFound', 'configmaps "a" not found'),
    )
  })

  it('of a selection gives back the list', async () => {
    await create('a')
    await create('b')
    const { body } = await clear()
    expect(body.kind).toBe('ConfigMapList')
    expect(body.items).toHaveLength(2)
    expect((await held.ask('GET', path('a'))).status).toBe(404)
  })

  it('waits for finalizers', async () => {
    const plain = map('a')
    await held.ask('POST', path(), {
      body: { ...plain, metadata: { ...plain.metadata, finalizers: ['home.io/wait'] } },
    })
    const { status, body } = await held.ask('DELETE', path('a'))
    expect(status).toBe(200)
    expect(body).toMatchObject({ kind: 'ConfigMap', metadata: { deletionTimestamp: expect.any(String) } })
    expect((await held.ask('GET', path('a'))).status).toBe(200)
    await held.ask('PATCH', path('a'), {
      type: MERGE,
      body: { metadata: { finalizers: null } },
    })
    expect((await held.ask('GET', path('a'))).status).toBe(404)
  })

  it.each([
    [
      { preconditions: { uid: '11111111-1111-1111-1111-111111111111' } },
      /^Operation cannot be fulfilled on ConfigMap "a": the UID in the precondition \(1.*\) does not match the UID in record \(.*\)\. The object might have been deleted and then recreated$/,
    ],
    [
      { preconditions: { resourceVersion: '1' } },
      /^Operation cannot be fulfilled on ConfigMap "a": the ResourceVersion in the precondition \(1\) does not match the ResourceVersion in record \(\d+\)\. The object might have been modified$/,
    ],
  ])('refuses where %o does not hold', async (body, message) => {
    await create('a')
    const answer = await held.ask('DELETE', path('a'), { body })
    expect(answer.body).toMatchObject(refusal(409, 'Conflict', expect.stringMatching(message)))
  })

  it.each([
    [
      'propagationPolicy=Foo',
      422,
      'Invalid',
      'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Foo": supported values: "Foreground", "Background", "Orphan", "nil"',
    ],
    ['gracePeriodSeconds=x', 400, 'BadRequest', 'strconv.ParseInt: parsing "x": invalid syntax'],
  ])('refuses %s', async (query, code, reason, message) => {
    await create('a')
    expect((await held.ask('DELETE', path('a', query))).body).toMatchObject(refusal(code, reason, message))
  })
}
