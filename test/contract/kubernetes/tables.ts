// The contract for the other forms of an answer: tables with the columns that clients show, and metadata alone.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Body } from '#test/homelab/kube/client.ts'
import { hold, type MakeBed, maps, refusal } from './held.ts'

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io'
const partial = (kind: string) => `application/json;as=${kind};v=v1;g=meta.k8s.io`

interface Column {
  readonly name: string
  readonly type: string
  readonly format: string
  readonly priority: number
}

const columnsOf = (table: Body) => table.columnDefinitions as readonly Column[]
export function describeTables(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const { path, label, create, clear } = maps(held, 'tables')
  const selected = () => path('', `labelSelector=${encodeURIComponent(label)}`)
  const table = (place: string) => held.ask('GET', place, { accept: TABLE })

  beforeAll(async () => {
    await clear()
    await create('a', { x: '1', y: '2' })
    await create('b')
  })

  it('have a row an object, with its metadata beside the cells', async () => {
    const { body } = await table(selected())
    expect(body).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { resourceVersion: expect.stringMatching(/^\d+$/) },
    })
    expect(body.rows).toMatchObject([
      {
        cells: ['a', 2, expect.stringMatching(/^\d+s$/)],
        object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: 'a' } },
      },
      { cells: ['b', 0, expect.any(String)], object: { metadata: { name: 'b' } } },
    ])
  })

  it('say what the cells of a column are', async () => {
    const [name, data] = columnsOf((await table(selected())).body)
    expect(name).toMatchObject({ type: 'string', format: 'name' })
    expect(data).toMatchObject({ type: 'string', format: '' })
  })

  it('come of one object too, and in pages', async () => {
    expect((await table(path('a'))).body).toMatchObject({
      kind: 'Table',
      rows: [{ object: { metadata: { name: 'a' } } }],
    })
    const first = (await table(`${selected()}&limit=1`)).body
    expect(first.rows).toHaveLength(1)
    const second = (await table(`${selected()}&limit=1&continue=${first.metadata?.continue}`)).body
    expect(second.rows).toMatchObject([{ object: { metadata: { name: 'b' } } }])
  })

  describe('include', () => {
    it('the object, its metadata or nothing, as asked', async () => {
      const objectIn = async (include: string) =>
        ((await table(path('a', `includeObject=${include}`))).body.rows as { object: unknown }[])[0]?.object
      expect(await objectIn('Object')).toMatchObject({
        kind: 'ConfigMap',
        apiVersion: 'v1',
        data: { x: '1' },
      })
      expect(await objectIn('Metadata')).not.toHaveProperty('data')
      expect(await objectIn('None')).toBeNull()
    })

    it('nothing else', async () => {
      const { status, body } = await table(path('a', 'includeObject=Nope'))
      expect(status).toBe(400)
      expect(body).toMatchObject(
        refusal(
          400,
          'BadRequest',
          `Unable to convert to Table as requested: includeObject: Invalid value: "Nope": must be 'Metadata', 'Object', 'None', or empty`,
        ),
      )
    })
  })

  describe('metadata alone', () => {
    it('comes of a list', async () => {
      const { body } = await held.ask('GET', selected(), { accept: partial('PartialObjectMetadataList') })
      expect(body).toMatchObject({
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        items: [
          { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: 'a' } },
          { metadata: { name: 'b' } },
        ],
      })
      expect(body.items?.[0]).not.toHaveProperty('data')
    })

    it('comes of one object', async () => {
      const { body } = await held.ask('GET', path('a'), { accept: partial('PartialObjectMetadata') })
      expect(body).toMatchObject({ kind: 'PartialObjectMetadata', metadata: { name: 'a' } })
    })

    it('is refused where one object is asked for as a list', async () => {
      const { status, body } = await held.ask('GET', path('a'), {
        accept: partial('PartialObjectMetadataList'),
      })
      expect(status).toBe(406)
      expect(body).toMatchObject(
        refusal(
          406,
          'NotAcceptable',
          expect.stringMatching(
            /^you requested PartialObjectMetadataList, but the requested object is not a list/,
          ),
        ),
      )
    })
  })

  it('gives the next form that is accepted', async () => {
    const { body } = await held.ask('GET', path('a'), {
      accept: 'application/json;as=Nope;v=v1;g=meta.k8s.io, application/json',
    })
    expect(body.kind).toBe('ConfigMap')
  })
}
