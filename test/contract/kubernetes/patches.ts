// The contract for patches: merge patch, JSON patch, strategic merge patch, and what each refuses.
import { beforeEach, describe, expect, it } from 'vitest'
import { hold, JSON_PATCH, JSON_TYPE, type MakeBed, MERGE, maps, refusal, STRATEGIC } from './held.ts'

export function describePatches(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const { path, create, dataOf, clear } = maps(held, 'patches')
  const patch = (type: string, body: unknown, name = 'a') => held.ask('PATCH', path(name), { type, body })

  beforeEach(async () => {
    await clear()
    expect((await create('a', { x: '1', b: '2', c: '3' }, { 'home.io/old': 'o' })).status).toBe(201)
  })

  const ours = 'the server rejected our request due to an error in our request'

  describe('merge', () => {
    it('adds, replaces, and takes away by null', async () => {
      const { status } = await patch(MERGE, { data: { x: '9', b: null, n: '4' } })
      expect(status).toBe(200)
      expect(await dataOf('a')).toEqual({ x: '9', c: '3', n: '4' })
    })

    it.each([
      ['{bad', 400, 'BadRequest', expect.stringMatching(/^error decoding patch: /)],
      [
        '[1]',
        400,
        'BadRequest',
        'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
      ],
      [{ data: { x: 5 } }, 422, 'Invalid', expect.stringMatching(/^ "" is invalid: patch: Invalid value: /)],
      [{ data: 5 }, 422, 'Invalid', expect.stringMatching(/^ "" is invalid: patch: Invalid value: /)],
      [{ kind: 'Secret' }, 422, 'Invalid', expect.stringMatching(/^ "" is invalid: patch: Invalid value: /)],
      [
        { metadata: { name: 'b' } },
        400,
        'BadRequest',
        'the name of the object (b) does not match the name on the URL (a)',
      ],
      [
        { metadata: { resourceVersion: '1' } },
        409,
        'Conflict',
        expect.stringMatching(
          /^Operation cannot be fulfilled on configmaps "a": the object has been modified; /,
        ),
      ],
    ])('refuses %j', async (body, code, reason, message) => {
      const answer = await patch(MERGE, body)
      expect(answer.status).toBe(code)
      expect(answer.body).toMatchObject(refusal(code, reason, message))
      expect(await dataOf('a')).toEqual({ x: '1', b: '2', c: '3' })
    })

    it('names the patch in the causes', async () => {
      expect((await patch(MERGE, { data: { x: 5 } })).body.details?.causes).toMatchObject([
        { reason: 'FieldValueInvalid', field: 'patch' },
      ])
    })

    it('refuses what is not there', async () => {
      expect((await patch(MERGE, {}, 'gone')).body).toMatchObject(
        refusal(404, 'NotFound', 'configmaps "gone" not found'),
      )
    })
  })

  describe('JSON patch', () => {
    it('runs its operations in order', async () => {
      const { status } = await patch(JSON_PATCH, [
        { op: 'test', path: '/data/x', value: '1' },
        { op: 'copy', from: '/data/x', path: '/data/y' },
        { op: 'move', from: '/data/b', path: '/data/moved' },
        { op: 'remove', path: '/data/c' },
        { op: 'replace', path: '/data/x', value: '9' },
        { op: 'move', from: '/metadata/labels/home.io~1old', path: '/metadata/labels/home.io~1new' },
      ])
      expect(status).toBe(200)
      expect(await dataOf('a')).toEqual({ x: '9', y: '1', moved: '2' })
      expect((await held.ask('GET', path('a'))).body.metadata?.labels).toEqual({
        suite: 'patches',
        'home.io/new': 'o',
      })
    })

    it('adds a field that it is told to replace', async () => {
      expect((await patch(JSON_PATCH, [{ op: 'replace', path: '/data/none', value: '9' }])).status).toBe(200)
      expect(await dataOf('a')).toMatchObject({ none: '9' })
    })

    it.each([
      ['a test that fails', [{ op: 'test', path: '/data/x', value: '9' }]],
      ['a test of nothing', [{ op: 'test', path: '/data/none', value: '9' }]],
      ['a removal of nothing', [{ op: 'remove', path: '/data/none' }]],
      ['a parent that is not there', [{ op: 'add', path: '/none/deep', value: '1' }]],
      ['a move of nothing', [{ op: 'move', from: '/data/none', path: '/data/y' }]],
      ['an operation that there is not', [{ op: 'foo', path: '/data/x', value: '1' }]],
    ])('refuses %s, and all that was before it', async (_what, operations) => {
      const before = { op: 'add', path: '/data/before', value: '1' }
      const { status, body } = await patch(JSON_PATCH, [before, ...operations])
      expect(status).toBe(422)
      expect(body).toMatchObject(refusal(422, 'Invalid', ours))
      expect(await dataOf('a')).not.toHaveProperty('before')
    })

    it.each([
      ['{bad', /^error decoding patch: /],
      [
        { op: 'add', path: '/data/x', value: '1' },
        /^error decoding patch: json: cannot unmarshal object into Go value of type \[\]handlers\.jsonPatchOp$/,
      ],
    ])('refuses %j', async (body, message) => {
      const answer = await patch(JSON_PATCH, body)
      expect(answer.body).toMatchObject(refusal(400, 'BadRequest', expect.stringMatching(message)))
    })
  })

  describe('strategic merge', () => {
    it('merges maps, and replaces one where told', async () => {
      await patch(STRATEGIC, { data: { x: null, n: '4' } })
      expect(await dataOf('a')).toEqual({ b: '2', c: '3', n: '4' })
      await patch(STRATEGIC, { data: { $patch: 'replace', only: '1' } })
      expect(await dataOf('a')).toEqual({ only: '1' })
    })

    it('merges lists by the key of their elements', async () => {
      const place = `/apis/apps/v1/namespaces/${held.bed.namespace}/deployments`
      await held.ask('DELETE', `${place}/patched`)
      const containers = [
        { name: 'main', image: 'one:1', env: [{ name: 'A', value: '1' }], args: ['x', 'y'] },
        { name: 'side', image: 'two:1' },
      ]
      await held.ask('POST', place, { body: deployment('patched', containers) })
      const changed = [
        { name: 'main', env: [{ name: 'B', value: '2' }], args: ['z'] },
        { name: 'side', $patch: 'delete' },
        { name: 'third', image: 'three:1' },
      ]
      const { body } = await held.ask('PATCH', `${place}/patched`, {
        type: STRATEGIC,
        body: { spec: { template: { spec: { containers: changed } } } },
      })
      const after = (body as unknown as ReturnType<typeof deployment>).spec.template.spec.containers
      expect(after.map(({ name }) => name)).toEqual(expect.arrayContaining(['main', 'third']))
      expect(after).toHaveLength(2)
      const main = after.find(({ name }) => name === 'main')
      expect(main).toMatchObject({ image: 'one:1', args: ['z'] })
      expect(main?.env?.map(({ name }) => name).sort()).toEqual(['A', 'B'])
      await held.ask('DELETE', `${place}/patched`)
    })

    it('refuses what is no JSON', async () => {
      expect(await patch(STRATEGIC, '{bad')).toMatchObject({ status: 400, body: { reason: 'BadRequest' } })
    })

    it('refuses a value of another type', async () => {
      expect((await patch(STRATEGIC, { data: { x: 5 } })).body).toMatchObject(
        refusal(422, 'Invalid', expect.stringMatching(/^ "" is invalid: patch: Invalid value: /)),
      )
    })
  })

  it.each([JSON_TYPE, 'text/plain'])('are not %s', async (type) => {
    const { status, body } = await patch(type, { data: {} })
    expect(status).toBe(415)
    expect(body).toMatchObject(refusal(415, 'UnsupportedMediaType', '415: Unsupported Media Type'))
  })

  it('may not be forced', async () => {
    const { body } = await held.ask('PATCH', path('a', 'force=true'), { type: MERGE, body: {} })
    expect(body).toMatchObject(
      refusal(
        422,
        'Invalid',
        'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
      ),
    )
  })
}

interface Container {
  readonly name: string
  readonly image?: string
  readonly args?: readonly string[]
  readonly env?: readonly { readonly name: string; readonly value: string }[]
}

/** Of no replicas: nothing has to run. */
export function deployment(name: string, containers: readonly Container[]) {
  const labels = { app: name }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    },
  }
}
