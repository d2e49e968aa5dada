// The contract for whole objects written: what is given back, and what is refused.
import { beforeEach, describe, expect, it } from 'vitest'
import { hold, type MakeBed, maps, refusal } from './held.ts'

export function describeWrites(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const { path, map, create, dataOf, clear } = maps(held, 'writes')
  beforeEach(() => clear())

  describe('a create', () => {
    it('gives the object back with what the server adds', async () => {
      const { status, body } = await create('a', { x: '1' })
      expect(status).toBe(201)
      expect(body).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1', data: { x: '1' } })
      expect(body.metadata).toMatchObject({
        name: 'a',
        namespace: held.bed.namespace,
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        resourceVersion: expect.stringMatching(/^\d+$/),
        creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      })
    })

    it('makes a name where only its beginning is given', async () => {
      const body = { ...map(''), metadata: { generateName: 'writes-', labels: { suite: 'writes' } } }
      const made = await held.ask('POST', path(), { body })
      expect(made.body.metadata?.name).toMatch(/^writes-[a-z0-9]{5}$/)
    })

    it('takes YAML', async () => {
      const body =
        'kind: ConfigMap\napiVersion: v1\nmetadata: {name: a, labels: {suite: writes}}\ndata: {x: "1"}\n'
      expect((await held.ask('POST', path(), { body, type: 'application/yaml' })).status).toBe(201)
      expect(await dataOf('a')).toEqual({ x: '1' })
    })

    it('takes kind and version from its path where the body names none', async () => {
      const body = { metadata: { name: 'a', labels: { suite: 'writes' } } }
      expect((await held.ask('POST', path(), { body })).body).toMatchObject({ kind: 'ConfigMap' })
    })

    it.each([
      ['a name that is taken', () => map('taken'), 409, 'AlreadyExists', 'configmaps "taken" already exists'],
      [
        'no name',
        () => map(''),
        422,
        'Invalid',
        'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
      ],
      [
        'a name that is none',
        () => map('A_B'),
        422,
        'Invalid',
        expect.stringMatching(
          /^ConfigMap "A_B" is invalid: metadata.name: Invalid value: "A_B": a lowercase RFC 1123 subdomain must consist of/,
        ),
      ],
      [
        'another kind',
        () => ({ ...map('a'), kind: 'Secret' }),
        400,
        'BadRequest',
        expect.stringMatching(/^Secret in version "v1" cannot be handled as a ConfigMap: /),
      ],
      [
        'another version',
        () => ({ ...map('a'), apiVersion: 'v2' }),
        400,
        'BadRequest',
        expect.stringMatching(
          /^ConfigMap in version "v2" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "v2"/,
        ),
      ],
      [
        'a number for a text',
        () => map('a', { x: 1 }),
        400,
        'BadRequest',
        'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
      ],
      [
        'another namespace',
        () => ({ ...map('a'), metadata: { name: 'a', namespace: 'elsewhere' } }),
        400,
        'BadRequest',
        'the namespace of the provided object does not match the namespace sent on the request',
      ],
      [
        'what is no JSON',
        () => '{bad',
        400,
        'BadRequest',
        expect.stringMatching(
          /^the object provided is unrecognized \(must be of type ConfigMap\): couldn't get version\/kind; json parse error: /,
        ),
      ],
      ['nothing', () => '', 400, 'BadRequest', expect.stringMatching(/^the object provided is unrecognized/)],
    ])('refuses %s', async (_what, body, code, reason, message) => {
      await create('taken')
      const answer = await held.ask('POST', path(), { body: body() })
      expect(answer.status).toBe(code)
      expect(answer.body).toMatchObject(refusal(code, reason, message))
    })

    it('names the object and its kind in the details', async () => {
      await create('taken')
      expect((await create('taken')).body.details).toEqual({ name: 'taken', kind: 'configmaps' })
      expect((await create('A_B')).body.details).toMatchObject({
        name: 'A_B',
        kind: 'ConfigMap',
        causes: [{ reason: 'FieldValueInvalid', field: 'metadata.name' }],
      })
    })

    it('refuses a key that is none', async () => {
      const { body } = await create('a', { 'b/c': '1' })
      expect(body).toMatchObject({
        ...refusal(
          422,
          'Invalid',
          expect.stringMatching(
            /^ConfigMap "a" is invalid: data\[b\/c\]: Invalid value: "b\/c": a valid config key must consist of /,
          ),
        ),
        details: { causes: [{ reason: 'FieldValueInvalid', field: 'data[b/c]' }] },
      })
    })

    it('refuses a namespace that is not there', async () => {
      const { body } = await held.ask('POST', '/api/v1/namespaces/mars/configmaps', { body: map('a') })
      expect(body).toMatchObject(refusal(404, 'NotFound', 'namespaces "mars" not found'))
    })

    it('refuses more data than an object may have', async () => {
      const { body } = await create('a', { x: 'x'.repeat(1024 * 1024 + 1) })
      expect(body).toMatchObject({
        ...refusal(
          422,
          'Invalid',
          'ConfigMap "a" is invalid: []: Too long: may not be more than 1048576 bytes',
        ),
        details: { causes: [{ reason: 'FieldValueTooLong', field: '[]' }] },
      })
    })
  })

  describe('an update', () => {
    const put = (name: string, body: unknown, query = '') => held.ask('PUT', path(name, query), { body })

    it('replaces the object', async () => {
      await create('a', { x: '1', y: '2' })
      expect((await put('a', map('a', { z: '3' }))).status).toBe(200)
      expect(await dataOf('a')).toEqual({ z: '3' })
    })

    it('changes no version where nothing changes', async () => {
      const { body } = await create('a', { x: '1' })
      const again = await put('a', map('a', { x: '1' }))
      expect(again.body.metadata?.resourceVersion).toBe(body.metadata?.resourceVersion)
    })

    const changed =
      'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again'
    it.each([
      ['what was read too long ago', 'a', { resourceVersion: '1' }, 409, 'Conflict', changed],
      [
        'what means another object of that name',
        'a',
        { uid: '11111111-1111-1111-1111-111111111111' },
        409,
        'Conflict',
        expect.stringMatching(
          /^Operation cannot be fulfilled on configmaps "a": StorageError: invalid object, .*Precondition failed: UID in precondition: 11111111-1111-1111-1111-111111111111, UID in object meta: /,
        ),
      ],
      ['what is not there', 'gone', { name: 'gone' }, 404, 'NotFound', 'configmaps "gone" not found'],
      [
        'another name',
        'a',
        { name: 'b' },
        400,
        'BadRequest',
        'the name of the object (b) does not match the name on the URL (a)',
      ],
    ])('refuses %s', async (_what, name, metadata, code, reason, message) => {
      await create('a')
      const plain = map('a')
      const { status, body } = await put(name, { ...plain, metadata: { ...plain.metadata, ...metadata } })
      expect(status).toBe(code)
      expect(body).toMatchObject(refusal(code, reason, message))
    })
  })
}
