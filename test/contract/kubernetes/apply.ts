// The contract for server-side apply: who owns which leaf, whose field it is in a conflict, force, and what goes when
// it is no longer applied.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Body } from '#test/homelab/kube/client.ts'
import { APPLY, hold, type MakeBed, MERGE, maps, refusal } from './held.ts'

interface Entry {
  readonly manager: string
  readonly operation: string
  readonly fieldsV1: object
}

/** managedFields, as far as they are looked at here. */
export const entriesOf = (object: Body) => (object.metadata?.managedFields ?? []) as readonly Entry[]

export const ownersIn = (object: Body) =>
  entriesOf(object).map(({ manager, operation, fieldsV1 }) => ({
    [`${manager} ${operation}`]: fieldsV1,
  }))

export function describeApply(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const { path, map, create, dataOf, clear } = maps(held, 'apply')
  const applied = (manager: string, data: Record<string, unknown>, query = '') =>
    held.ask('PATCH', path('a', `fieldManager=${manager}${query}`), { type: APPLY, body: map('a', data) })
  beforeEach(() => clear())

  const labels = { 'f:metadata': { 'f:labels': { 'f:suite': {} } } }
  const data = (...names: string[]) => ({
    'f:data': Object.fromEntries(names.map((name) => [`f:${name}`, {}])),
  })

  it('makes what is not there, and owns the leaves that it names', async () => {
    const { status, body } = await applied('one', { x: '1', y: '2' })
    expect(status).toBe(201)
    expect(ownersIn(body)).toEqual([{ 'one Apply': { ...data('x', 'y'), ...labels } }])
    const [entry] = entriesOf(body)
    expect(entry).toMatchObject({
      apiVersion: 'v1',
      fieldsType: 'FieldsV1',
      time: expect.stringMatching(/Z$/),
    })
    expect(entry).not.toHaveProperty('subresource')
  })

  it('lets several managers own leaves of one object, and share them', async () => {
    await applied('one', { x: '1' })
    const { status, body } = await applied('two', { x: '1', z: '3' })
    expect(status).toBe(200)
    expect(ownersIn(body)).toEqual([
      { 'one Apply': { ...data('x'), ...labels } },
      { 'two Apply': { ...data('x', 'z'), ...labels } },
    ])
    // Shared: it stays until the last one gives it up.
    await applied('one', {})
    expect(await dataOf('a')).toEqual({ x: '1', z: '3' })
    await applied('two', { z: '3' })
    expect(await dataOf('a')).toEqual({ z: '3' })
  })

  it('takes away what its manager no longer names, and leaves what others wrote', async () => {
    await applied('one', { x: '1', y: '2' })
    await held.ask('PATCH', path('a', 'fieldManager=edit'), { type: MERGE, body: { data: { e: '5' } } })
    await applied('one', { y: '2' })
    expect(await dataOf('a')).toEqual({ y: '2', e: '5' })
  })

  it('gives a plain writer what it changed, with the maps that it made', async () => {
    const made = await held.ask('POST', path('', 'fieldManager=maker'), { body: map('a', { x: '1' }) })
    const own = { '.': {}, 'f:x': {} }
    expect(ownersIn(made.body)).toEqual([
      { 'maker Update': { 'f:data': own, 'f:metadata': { 'f:labels': { '.': {}, 'f:suite': {} } } } },
    ])
    const edited = await held.ask('PATCH', path('a', 'fieldManager=edit'), {
      type: MERGE,
      body: { data: { x: '2' } },
    })
    const entries = Object.assign({}, ...ownersIn(edited.body)) as Record<string, object>
    expect(entries['edit Update']).toEqual(data('x'))
    // The map itself, and nothing in it.
    expect(entries['maker Update']).toMatchObject({ 'f:data': {} })
  })

  it('knows an empty map from none', async () => {
    const { body } = await applied('one', {})
    expect(body).not.toHaveProperty('data')
    expect(ownersIn(body)).toEqual([{ 'one Apply': { 'f:data': {}, ...labels } }])
    // Left out as it is, it is not what the other one wants.
    expect((await applied('two', {})).body.message).toBe(
      'Apply failed with 1 conflict: conflict with "one": .data',
    )
  })

  it('names a writer that gives no name by its program', async () => {
    const { body } = await create('a', { x: '1' })
    const [entry] = ownersIn(body)
    expect(Object.keys(entry ?? {})).toEqual(['undici Update'])
  })

  describe('conflicts', () => {
    it('name the manager and the field', async () => {
      await applied('one', { x: '1' })
      const { status, body } = await applied('two', { x: '2' })
      expect(status).toBe(409)
      expect(body).toMatchObject(
        refusal(409, 'Conflict', 'Apply failed with 1 conflict: conflict with "one": .data.x'),
      )
      expect(body.details).toEqual({
        causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.x' }],
      })
      expect(await dataOf('a')).toEqual({ x: '1' })
    })

    it('name the version that a plain writer used', async () => {
      await applied('one', { x: '1' })
      await held.ask('PATCH', path('a', 'fieldManager=edit'), { type: MERGE, body: { data: { x: '5' } } })
      expect((await applied('one', { x: '1' })).body.message).toBe(
        'Apply failed with 1 conflict: conflict with "edit" using v1: .data.x',
      )
    })

    it('of several fields and managers are listed by manager', async () => {
      await applied('one', { x: '1', y: '1' })
      await held.ask('PATCH', path('a', 'fieldManager=edit'), { type: MERGE, body: { data: { z: '1' } } })
      const { body } = await applied('two', { x: '2', y: '2', z: '2' })
      expect(body.message).toBe(
        'Apply failed with 3 conflicts: conflicts with "edit" using v1:\n- .data.z\nconflicts with "one":\n- .data.x\n- .data.y',
      )
      expect(body.details?.causes).toHaveLength(3)
    })

    it('are won by force, which takes the field from its owner', async () => {
      await applied('one', { x: '1' })
      const { status, body } = await applied('two', { x: '2' }, '&force=true')
      expect(status).toBe(200)
      expect(ownersIn(body)).toEqual([{ 'one Apply': labels }, { 'two Apply': { ...data('x'), ...labels } }])
      expect((await applied('one', { x: '1' })).status).toBe(409)
    })

    it('through the client are its conflict, and nothing is taken', async () => {
      const resource = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap', namespaced: true }
      await applied('one', { x: '1' })
      const plain = map('a', { x: '2' })
      const object = { ...plain, metadata: { ...plain.metadata, namespace: held.bed.namespace } }
      await expect(held.cluster.apply(resource, object, new AbortController().signal)).rejects.toMatchObject({
        reason: 'conflict',
        status: 409,
        message: 'Apply failed with 1 conflict: conflict with "one": .data.x',
      })
    })
  })

  describe('refuses', () => {
    const send = (body: unknown, query = 'fieldManager=one') =>
      held.ask('PATCH', path('a', query), { type: APPLY, body })
    it.each([
      ['another kind', () => ({ ...map('a'), kind: 'Secret' }), 'invalid object type: /v1, Kind=Secret'],
      [
        'another version',
        () => ({ ...map('a'), apiVersion: 'v2' }),
        'invalid object type: /v2, Kind=ConfigMap',
      ],
      [
        'another group',
        () => ({ ...map('a'), apiVersion: 'apps/v1', kind: 'Deployment' }),
        'invalid object type: apps/v1, Kind=Deployment',
      ],
      ['no kind at all', () => ({ metadata: { name: 'a' } }), 'invalid object type: /, Kind='],
      ['another name', () => map('b'), 'the name of the object (b) does not match the name on the URL (a)'],
      [
        'managed fields',
        () => ({ ...map('a'), metadata: { name: 'a', managedFields: [{ manager: 'x' }] } }),
        'metadata.managedFields must be nil',
      ],
      [
        'what is no YAML',
        () => '{bad',
        expect.stringMatching(/^error decoding YAML: error converting YAML to JSON: yaml: /),
      ],
      ['a list', () => '- 1', expect.stringMatching(/^error decoding YAML: error unmarshaling JSON: /)],
    ])('%s', async (_what, body, message) => {
      const answer = await send(body())
      expect(answer.status).toBe(400)
      expect(answer.body).toMatchObject(refusal(400, 'BadRequest', message))
    })

    it('a number for a text', async () => {
      const { body } = await send(map('a', { x: 1 }))
      expect(body).toMatchObject({
        code: 500,
        message:
          'failed to create typed patch object (/a; /v1, Kind=ConfigMap): .data.x: expected string, got &value.valueUnstructured{Value:1}',
      })
    })

    it('an older version', async () => {
      await send(map('a'))
      const { body } = await send({ ...map('a'), metadata: { name: 'a', resourceVersion: '1' } })
      expect(body).toMatchObject(
        refusal(409, 'Conflict', expect.stringContaining('the object has been modified')),
      )
    })

    it.each([
      ['no manager', '', 'FieldValueRequired', 'Required value: is required for apply patch'],
      [
        'a manager whose name is too long',
        `fieldManager=${'x'.repeat(129)}`,
        'FieldValueTooLong',
        'Too long: may not be more than 128 bytes',
      ],
    ])('%s', async (_what, query, reason, why) => {
      const { body } = await send(map('a'), query)
      expect(body).toMatchObject({
        ...refusal(422, 'Invalid', `PatchOptions.meta.k8s.io "" is invalid: fieldManager: ${why}`),
        details: { causes: [{ reason, field: 'fieldManager', message: why }] },
      })
    })
  })
}
