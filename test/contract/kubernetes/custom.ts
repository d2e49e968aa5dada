// The contract for custom kinds: what their definition makes of them in discovery, lists, patches, apply, validation
// and tables.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from '#test/cluster/bed/wait.ts'
import { entriesOf, ownersIn } from './apply.ts'
import { APPLY, hold, type MakeBed, MERGE, refusal, STRATEGIC } from './held.ts'

const text = { type: 'string' }
const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }

const spec = {
  type: 'object',
  properties: {
    watts: { type: 'integer', minimum: 1 },
    room: text,
    tags: { type: 'array', items: text },
    bulbs: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: { type: 'object', required: ['name'], properties: { name: text, kelvin: { type: 'integer' } } },
    },
  },
}

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'lamps.contract.test' },
  spec: {
    group: 'contract.test',
    scope: 'Namespaced',
    names: { plural: 'lamps', singular: 'lamp', kind: 'Lamp', shortNames: ['lp'], categories: ['all'] },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        additionalPrinterColumns: [
          { name: 'Watts', type: 'integer', jsonPath: '.spec.watts' },
          { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
          {
            name: 'Room',
            type: 'string',
            priority: 1,
            jsonPath: '.spec.room',
            description: 'Where it hangs',
          },
          { name: 'Since', type: 'date', jsonPath: '.metadata.creationTimestamp' },
        ],
        schema: { openAPIV3Schema: { type: 'object', properties: { spec, status: open } } },
      },
    ],
  },
}

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'

export function describeCustom(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const place = (rest = '') => `/apis/contract.test/v1/namespaces/${held.bed.namespace}/lamps${rest}`
  const lamp = (given: object, rest: object = {}) => ({
    apiVersion: 'contract.test/v1',
    kind: 'Lamp',
    metadata: { name: 'desk' },
    spec: given,
    ...rest,
  })
  const applied = (manager: string, given: object, query = '') =>
    held.ask('PATCH', place(`/desk?fieldManager=${manager}${query}`), { type: APPLY, body: lamp(given) })
  const merged = (body: object, rest = '') => held.ask('PATCH', place(`/desk${rest}`), { type: MERGE, body })

  beforeAll(async () => {
    await held.ask('DELETE', `${definitions}/${definition.metadata.name}`)
    await until(
      'the definition to be gone',
      20_000,
      async () => (await held.ask('GET', place())).status === 404,
    )
    await held.ask('POST', definitions, { body: definition })
    await until('lamps to be served', 20_000, async () => (await held.ask('GET', place())).status === 200)
  })
  beforeEach(async () => {
    await held.ask('DELETE', place('/desk'))
  })
  afterAll(async () => {
    await held.ask('DELETE', `${definitions}/${definition.metadata.name}`)
    await until('the kind to be gone', 20_000, async () => (await held.ask('GET', place())).status === 404)
  })

  it('are served as their definition says', async () => {
    await until('discovery to know them', 20_000, async () => {
      const { resources } = await held.cluster.discover(new AbortController().signal)
      return resources.some(({ plural }) => plural === 'lamps')
    })
    const { resources } = await held.cluster.discover(new AbortController().signal)
    expect(resources.find(({ plural }) => plural === 'lamps')).toMatchObject({
      group: 'contract.test',
      version: 'v1',
      kind: 'Lamp',
      namespaced: true,
      shortNames: ['lp'],
      categories: ['all'],
    })
  })

  it('have their kind in the items of a list', async () => {
    await applied('one', { watts: 5 })
    const { body } = await held.ask('GET', place())
    expect(body).toMatchObject({
      kind: 'LampList',
      items: [{ kind: 'Lamp', apiVersion: 'contract.test/v1', metadata: { name: 'desk' } }],
    })
  })

  it('are told apart by name and namespace alone', async () => {
    await applied('one', { room: 'hall' })
    expect((await held.ask('GET', place('?fieldSelector=metadata.name%3Ddesk'))).body.items).toHaveLength(1)
    expect((await held.ask('GET', place('?fieldSelector=spec.room%3Dhall'))).body).toMatchObject(
      refusal(400, 'BadRequest', 'field label not supported: spec.room'),
    )
  })

  it('name their group where they are not there', async () => {
    const { body } = await held.ask('GET', place('/gone'))
    expect(body).toMatchObject(refusal(404, 'NotFound', 'lamps.contract.test "gone" not found'))
    expect(body.details).toEqual({ name: 'gone', group: 'contract.test', kind: 'lamps' })
  })

  it('have no strategic merge patch', async () => {
    await applied('one', { watts: 5 })
    const { status, body } = await held.ask('PATCH', place('/desk'), { type: STRATEGIC, body: {} })
    expect(status).toBe(415)
    expect(body).toMatchObject(
      refusal(
        415,
        'UnsupportedMediaType',
        'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
      ),
    )
  })

  it('are refused in another version', async () => {
    const body = { ...lamp({}), apiVersion: 'contract.test/v2' }
    const answer = await held.ask('PATCH', place('/desk?fieldManager=one'), { type: APPLY, body })
    expect(answer.body).toMatchObject(
      refusal(400, 'BadRequest', 'invalid object type: contract.test/v2, Kind=Lamp'),
    )
  })

  describe('are checked against their schema', () => {
    beforeEach(async () => {
      await applied('one', { watts: 5 })
    })

    it.each([
      [
        { watts: 0 },
        'FieldValueInvalid',
        'spec.watts: Invalid value: 0: spec.watts in body should be greater than or equal to 1',
      ],
      [
        { watts: 'x' },
        'FieldValueTypeInvalid',
        'spec.watts: Invalid value: "string": spec.watts in body must be of type integer: "string"',
      ],
    ])('by a patch: %j', async (given, reason, message) => {
      const { status, body } = await merged({ spec: given })
      expect(status).toBe(422)
      expect(body).toMatchObject(refusal(422, 'Invalid', `Lamp.contract.test "desk" is invalid: ${message}`))
      expect(body.details).toMatchObject({
        name: 'desk',
        group: 'contract.test',
        kind: 'Lamp',
        causes: [{ reason, field: 'spec.watts' }],
      })
    })

    it('by an apply, when it is forced', async () => {
      const { body } = await applied('two', { watts: 0 }, '&force=true')
      expect(body).toMatchObject({ reason: 'Invalid', details: { causes: [{ field: 'spec.watts' }] } })
    })

    it('and lose what it does not declare', async () => {
      const { body } = await merged({ spec: { extra: 6, room: 'hall' } })
      expect(body.spec).toEqual({ watts: 5, room: 'hall' })
    })
  })

  it('keep status and spec apart, and count the spec alone', async () => {
    const made = await applied('one', { watts: 5 })
    expect(made.body.metadata?.generation).toBe(1)
    const ready = { conditions: [{ type: 'Ready', status: 'True' }] }
    expect((await merged({ status: ready })).body).not.toHaveProperty('status')
    const { body } = await merged({ status: ready, spec: { watts: 9 } }, '/status?fieldManager=ctl')
    expect(body).toMatchObject({ status: ready, spec: { watts: 5 }, metadata: { generation: 1 } })
    const own = entriesOf(body).find(({ manager }) => manager === 'ctl')
    expect(own).toMatchObject({
      operation: 'Update',
      subresource: 'status',
      fieldsV1: { 'f:status': { 'f:conditions': {} } },
    })
    expect((await merged({ spec: { watts: 9 } })).body.metadata?.generation).toBe(2)
  })

  describe('are applied', () => {
    it('by the leaves of their schema: lists that are maps by key, others as a whole', async () => {
      const { status, body } = await applied('one', {
        watts: 5,
        tags: ['a', 'b'],
        bulbs: [{ name: 'x', kelvin: 1 }],
      })
      expect(status).toBe(201)
      expect(ownersIn(body)).toEqual([
        {
          'one Apply': {
            'f:spec': {
              'f:watts': {},
              'f:tags': {},
              'f:bulbs': { 'k:{"name":"x"}': { '.': {}, 'f:name': {}, 'f:kelvin': {} } },
            },
          },
        },
      ])
    })

    it('with conflicts in an atomic list and in an element', async () => {
      await applied('one', { tags: ['a'], bulbs: [{ name: 'x', kelvin: 1 }] })
      const { body } = await applied('two', { tags: ['c'], bulbs: [{ name: 'x', kelvin: 2 }] })
      expect(body.details?.causes?.map(({ field }) => field).sort()).toEqual([
        '.spec.bulbs[name="x"].kelvin',
        '.spec.tags',
      ])
    })

    it('by several managers, each with elements of its own', async () => {
      await applied('one', { bulbs: [{ name: 'x', kelvin: 1 }] })
      const both = await applied('two', { bulbs: [{ name: 'y', kelvin: 3 }] })
      expect(both.body.spec).toEqual({
        bulbs: [
          { name: 'x', kelvin: 1 },
          { name: 'y', kelvin: 3 },
        ],
      })
      expect((await applied('one', {})).body.spec).toEqual({ bulbs: [{ name: 'y', kelvin: 3 }] })
    })
  })

  it('have the columns of their definition', async () => {
    await applied('one', { watts: 5, room: 'hall' })
    await merged({ status: { conditions: [{ type: 'Ready', status: 'True' }] } }, '/status')
    const resource = {
      group: 'contract.test',
      version: 'v1',
      plural: 'lamps',
      kind: 'Lamp',
      namespaced: true,
    }
    const { columns, rows } = await held.cluster.table(
      { resource, namespace: held.bed.namespace },
      new AbortController().signal,
    )
    expect(columns.map(({ name, type, priority }) => [name, type, priority])).toEqual([
      ['Name', 'string', 0],
      ['Watts', 'integer', 0],
      ['Ready', 'string', 0],
      ['Room', 'string', 1],
      ['Since', 'date', 0],
    ])
    expect(columns[1]?.description).toBe(
      'Custom resource definition column (in JSONPath format): .spec.watts',
    )
    expect(columns[3]?.description).toBe('Where it hangs')
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['desk', 5, 'True', 'hall', expect.stringMatching(/^\d+s$/)],
    ])
  })
}
