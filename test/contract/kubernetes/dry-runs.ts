// The contract for dry runs: every verb says what would be, and nothing is.
import { beforeEach, expect, it } from 'vitest'
import { APPLY, hold, JSON_TYPE, type MakeBed, MERGE, maps, refusal } from './held.ts'

export function describeDryRuns(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const { path, map, create, dataOf, clear } = maps(held, 'dry-runs')
  beforeEach(() => clear())

  const version = async () => (await held.ask('GET', path('a'))).body.metadata?.resourceVersion

  it('of a create makes nothing', async () => {
    const { status, body } = await held.ask('POST', path('', 'dryRun=All'), { body: map('a', { x: '1' }) })
    expect(status).toBe(201)
    expect(body).toMatchObject({ data: { x: '1' }, metadata: { uid: expect.any(String) } })
    expect(body.metadata).not.toHaveProperty('resourceVersion')
    expect((await held.ask('GET', path('a'))).status).toBe(404)
  })

  it.each([
    ['PUT', JSON_TYPE, () => map('a', { x: '9' }), { x: '9' }],
    ['PATCH', MERGE, () => ({ data: { x: '9' } }), { x: '9' }],
    ['PATCH', APPLY, () => map('a', { y: '9' }), { x: '1', y: '9' }],
  ])('of a %s of %s shows what would be', async (method, type, body, expected) => {
    await create('a', { x: '1' })
    const before = await version()
    const answer = await held.ask(method, path('a', 'dryRun=All&fieldManager=dry'), { type, body: body() })
    expect(answer.body.data).toEqual(expected)
    expect(await version()).toBe(before)
    expect(await dataOf('a')).toEqual({ x: '1' })
  })

  it('of a delete leaves the object', async () => {
    await create('a', { x: '1' })
    expect((await held.ask('DELETE', path('a', 'dryRun=All'))).body).toMatchObject({ status: 'Success' })
    expect((await held.ask('DELETE', path('a'), { body: { dryRun: ['All'] } })).body).toMatchObject({
      status: 'Success',
    })
    await held.ask('DELETE', path('', 'dryRun=All&labelSelector=suite%3Ddry-runs'))
    expect(await dataOf('a')).toEqual({ x: '1' })
  })

  it.each([
    ['POST', '', 'CreateOptions'],
    ['PUT', 'a', 'UpdateOptions'],
    ['PATCH', 'a', 'PatchOptions'],
    ['DELETE', 'a', 'DeleteOptions'],
  ])('of a %s is All or nothing', async (method, name, options) => {
    const type = method === 'PATCH' ? MERGE : JSON_TYPE
    const sent = method === 'DELETE' ? {} : { body: map('a'), type }
    const { body } = await held.ask(method, path(name, 'dryRun=Some'), sent)
    expect(body).toMatchObject({
      ...refusal(
        422,
        'Invalid',
        `${options}.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"`,
      ),
      details: {
        group: 'meta.k8s.io',
        kind: options,
        causes: [{ reason: 'FieldValueNotSupported', field: 'dryRun' }],
      },
    })
  })
}
