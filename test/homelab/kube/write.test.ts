// Writes: create, update, the patches, apply with its conflicts, scale, delete; dry runs change nothing.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { manualClock } from '#homelab/clock.ts'
import { type Bed, type Body, makeBed } from './client.ts'
import { CONFIG_MAPS, DEPLOYMENTS, fixtureWorld, PODS, pod, REPLICA_SETS, START } from './world.ts'

const clock = manualClock(START)
const world = fixtureWorld({ clock })
let bed: Bed
beforeAll(async () => {
  bed = await makeBed({ world, upstreams: [] })
})
afterAll(() => bed.close())

const MAPS = '/api/v1/namespaces/shop/configmaps'
const CART = '/apis/apps/v1/namespaces/shop/deployments/cart'
const MERGE = 'application/merge-patch+json'

const send = (method: string, path: string, body: unknown, type = 'application/json') =>
  bed.as().json(path, {
    method,
    headers: { 'content-type': type },
    body: JSON.stringify(body),
  })

const map = (name: string, data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
})

const dataOf = (name: string) => world.store.get(CONFIG_MAPS, 'shop', name)?.data

beforeEach(() => {
  for (const object of world.store.list(CONFIG_MAPS, 'shop')) {
    world.store.remove(CONFIG_MAPS, 'shop', object.metadata.name)
  }
})

describe('create', () => {
  it('stores a new object with uid, time, revision and its manager', async () => {
    const { status, body } = await send('POST', `${MAPS}?fieldManager=obsdeck`, map('a', { x: '1' }))
    expect(status).toBe(201)
    expect(body.metadata).toMatchObject({
      name: 'a',
      namespace: 'shop',
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      creationTimestamp: '2026-11-22T20:00:00Z',
      resourceVersion: String(world.store.revision),
      managedFields: [{ manager: 'obsdeck', operation: 'Update', fieldsV1: { 'f:data': { 'f:x': {} } } }],
    })
  })

  it.each([
    [
      'a name that is taken',
      MAPS,
      map('taken', {}),
      409,
      'AlreadyExists',
      'configmaps "taken" already exists',
    ],
    [
      'a namespace that is not',
      '/api/v1/namespaces/mars/configmaps',
      map('a', {}),
      404,
      'NotFound',
      'namespaces "mars" not found',
    ],
    ['no name', MAPS, map('', {}), 422, 'Invalid', 'name or generateName is required'],
    ['a name that is none', MAPS, map('A_B', {}), 422, 'Invalid', 'Invalid value: "A_B"'],
    [
      'another kind',
      MAPS,
      { ...map('a', {}), kind: 'Secret' },
      400,
      'BadRequest',
      'cannot be handled as a ConfigMap',
    ],
    [
      'another namespace',
      MAPS,
      { ...map('a', {}), metadata: { name: 'a', namespace: 'default' } },
      400,
      'BadRequest',
      'does not match the namespace',
    ],
  ])('refuses %s', async (_what, path, body, code, reason, message) => {
    await send('POST', MAPS, map('taken', {}))
    const answer = await send('POST', path, body)
    expect(answer.status).toBe(code)
    expect(answer.body.reason).toBe(reason)
    expect(answer.body.message).toContain(message)
  })

  it('stores nothing in a dry run', async () => {
    const before = world.store.revision
    const { status, body } = await send('POST', `${MAPS}?dryRun=All`, map('a', { x: '1' }))
    expect(status).toBe(201)
    expect(body.data).toEqual({ x: '1' })
    expect(world.store.revision).toBe(before)
  })
})

describe('update', () => {
  it('replaces, and refuses what was read too long ago', async () => {
    const { body } = await send('POST', MAPS, map('a', { x: '1' }))
    const read = body as Body & { metadata: object }
    expect((await send('PUT', `${MAPS}/a`, { ...read, data: { y: '2' } })).status).toBe(200)
    expect(dataOf('a')).toEqual({ y: '2' })
    const late = await send('PUT', `${MAPS}/a`, { ...read, data: { z: '3' } })
    expect(late.status).toBe(409)
    expect(late.body.message).toBe(
      'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
    )
  })
})

describe('patches', () => {
  it('merges, and takes away by null', async () => {
    await send('POST', MAPS, map('a', { x: '1', y: '2' }))
    const { status } = await send('PATCH', `${MAPS}/a`, { data: { x: null, z: '3' } }, MERGE)
    expect(status).toBe(200)
    expect(dataOf('a')).toEqual({ y: '2', z: '3' })
  })

  it('leaves the revision alone where nothing changes', async () => {
    const { body } = await send('POST', MAPS, map('a', { x: '1' }))
    const again = await send('PATCH', `${MAPS}/a`, { data: { x: '1' } }, MERGE)
    expect(again.body.metadata?.resourceVersion).toBe(body.metadata?.resourceVersion)
  })

  it('runs a JSON patch, and refuses one whose test fails', async () => {
    await send('POST', MAPS, map('a', { x: '1', gone: '2' }))
    const type = 'application/json-patch+json'
    const operations = [
      { op: 'test', path: '/data/x', value: '1' },
      { op: 'remove', path: '/data/gone' },
      { op: 'add', path: '/data/n', value: '4' },
    ]
    expect((await send('PATCH', `${MAPS}/a`, operations, type)).status).toBe(200)
    expect(dataOf('a')).toEqual({ x: '1', n: '4' })
    const refused = await send('PATCH', `${MAPS}/a`, [{ op: 'test', path: '/data/x', value: '9' }], type)
    expect(refused.status).toBe(422)
  })

  it('merges containers by name in a strategic patch, and counts the generation', async () => {
    const before = world.store.get(DEPLOYMENTS, 'shop', 'cart')?.metadata.generation as number
    const patch = {
      spec: { template: { spec: { containers: [{ name: 'main', env: [{ name: 'A', value: 'b' }] }] } } },
    }
    const { body } = await send('PATCH', CART, patch, 'application/strategic-merge-patch+json')
    expect(body).toMatchObject({
      metadata: { generation: before + 1 },
      spec: {
        template: {
          spec: {
            containers: [{ name: 'main', image: 'registry.home/shop/main:1.4.2', env: [{ name: 'A' }] }],
          },
        },
      },
    })
  })

  it('keeps status and the rest apart', async () => {
    await send('PATCH', CART, { status: { replicas: 77 } }, MERGE)
    expect(world.store.get(DEPLOYMENTS, 'shop', 'cart')?.status).toMatchObject({ replicas: 2 })
    await send('PATCH', `${CART}/status`, { status: { replicas: 3 }, spec: { replicas: 99 } }, MERGE)
    expect(world.store.get(DEPLOYMENTS, 'shop', 'cart')).toMatchObject({
      spec: { replicas: 2 },
      status: { replicas: 3 },
    })
  })

  it('has no strategic patch for custom kinds', async () => {
    const { status } = await send(
      'PATCH',
      '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/default/kustomizations/apps',
      { spec: { suspend: true } },
      'application/strategic-merge-patch+json',
    )
    expect(status).toBe(415)
  })
})

describe('apply', () => {
  const apply = (manager: string, body: unknown, query = '') =>
    send('PATCH', `${MAPS}/a?fieldManager=${manager}${query}`, body, 'application/apply-patch+yaml')

  it('creates, then merges, and takes away what its manager no longer wants', async () => {
    expect((await apply('one', map('a', { x: '1', y: '2' }))).status).toBe(201)
    expect((await apply('two', map('a', { z: '3' }))).status).toBe(200)
    expect(dataOf('a')).toEqual({ x: '1', y: '2', z: '3' })
    await apply('one', map('a', { x: '1' }))
    expect(dataOf('a')).toEqual({ x: '1', z: '3' })
  })

  it('refuses another manager’s field, names it, and takes it with force', async () => {
    await apply('one', map('a', { x: '1' }))
    const refused = await apply('two', map('a', { x: '2' }))
    expect(refused.status).toBe(409)
    expect(refused.body.message).toBe('Apply failed with 1 conflict: conflict with "one": .data.x')
    expect(refused.body.details?.causes).toEqual([
      { reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.x' },
    ])
    expect((await apply('two', map('a', { x: '2' }), '&force=true')).status).toBe(200)
    expect(dataOf('a')).toEqual({ x: '2' })
    expect((await apply('one', map('a', { x: '1' }))).status).toBe(409)
  })

  it('conflicts with a plain write too', async () => {
    await apply('one', map('a', { x: '1' }))
    await send('PATCH', `${MAPS}/a?fieldManager=kubectl-edit`, { data: { x: '5' } }, MERGE)
    const refused = await apply('one', map('a', { x: '1' }))
    expect(refused.body.message).toContain('conflict with "kubectl-edit" using v1: .data.x')
  })

  it('shares a field that two want alike', async () => {
    await apply('one', map('a', { x: '1' }))
    expect((await apply('two', map('a', { x: '1' }))).status).toBe(200)
    await apply('one', map('a', {}))
    expect(dataOf('a')).toEqual({ x: '1' })
  })

  it('changes nothing in a dry run, and nothing where nothing changes', async () => {
    const first = await apply('one', map('a', { x: '1' }))
    const again = await apply('one', map('a', { x: '1' }))
    expect(again.body.metadata?.resourceVersion).toBe(first.body.metadata?.resourceVersion)
    const dry = await apply('one', map('a', { x: '7' }), '&dryRun=All')
    expect(dry.body.data).toEqual({ x: '7' })
    expect(dataOf('a')).toEqual({ x: '1' })
  })

  it('wants a manager', async () => {
    const { status } = await send('PATCH', `${MAPS}/a`, map('a', {}), 'application/apply-patch+yaml')
    expect(status).toBe(422)
  })
})

it('scales', async () => {
  const { body } = await send('PATCH', `${CART}/scale`, { spec: { replicas: 5 } }, MERGE)
  expect(body).toMatchObject({ kind: 'Scale', spec: { replicas: 5 }, status: { selector: 'app=cart' } })
  expect(world.store.get(DEPLOYMENTS, 'shop', 'cart')?.spec).toMatchObject({ replicas: 5 })
  await send('PATCH', `${CART}/scale`, { spec: { replicas: 2 } }, MERGE)
})

describe('delete', () => {
  it('removes at once what needs no grace', async () => {
    await send('POST', MAPS, map('a', {}))
    const { status, body } = await send('DELETE', `${MAPS}/a`, {})
    expect(status).toBe(200)
    expect(body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'a', kind: 'configmaps' },
    })
    expect(dataOf('a')).toBeUndefined()
  })

  it('marks a running pod, and removes it when its grace is over at the latest', async () => {
    world.store.put(PODS, pod('shop', 'leaving', 'ash', { labels: {} }))
    const { body } = await send('DELETE', '/api/v1/namespaces/shop/pods/leaving', {})
    expect(body).toMatchObject({ kind: 'Pod', metadata: { deletionGracePeriodSeconds: 30 } })
    expect(world.store.get(PODS, 'shop', 'leaving')).toBeDefined()
    clock.advance(30_000)
    expect(world.store.get(PODS, 'shop', 'leaving')).toBeUndefined()
  })

  it('keeps an object until its finalizers are gone', async () => {
    await send('POST', MAPS, { ...map('a', { x: '1' }), metadata: { name: 'a', finalizers: ['home/wait'] } })
    await send('DELETE', `${MAPS}/a`, {})
    expect(world.store.get(CONFIG_MAPS, 'shop', 'a')?.metadata.deletionTimestamp).toBeDefined()
    await send('PATCH', `${MAPS}/a`, { metadata: { finalizers: null } }, MERGE)
    expect(dataOf('a')).toBeUndefined()
  })

  it('takes what hangs on the object with it, or leaves it, as asked', async () => {
    const other = fixtureWorld({ clock })
    const second = await makeBed({ world: other, upstreams: [] })
    try {
      const remove = (propagationPolicy: string) =>
        second.as().json(CART, {
          method: 'DELETE',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ propagationPolicy }),
        })
      const deployment = other.store.get(DEPLOYMENTS, 'shop', 'cart')
      await remove('Orphan')
      expect(other.store.get(REPLICA_SETS, 'shop', 'cart-7d4b9')?.metadata.ownerReferences).toEqual([])
      if (deployment) other.store.put(DEPLOYMENTS, deployment)
      const set = other.store.get(REPLICA_SETS, 'shop', 'cart-7d4b9')
      const uid = other.store.get(DEPLOYMENTS, 'shop', 'cart')?.metadata.uid ?? ''
      if (!set) throw new Error('no ReplicaSet')
      const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart', uid }]
      other.store.put(REPLICA_SETS, { ...set, metadata: { ...set.metadata, ownerReferences } })
      await remove('Background')
      expect(other.store.get(REPLICA_SETS, 'shop', 'cart-7d4b9')).toBeUndefined()
      expect(other.store.get(PODS, 'shop', 'cart-7d4b9-aaaaa')?.metadata.deletionTimestamp).toBeDefined()
    } finally {
      await second.close()
    }
  })

  it('removes nothing in a dry run', async () => {
    await send('POST', MAPS, map('a', { x: '1' }))
    expect((await send('DELETE', `${MAPS}/a?dryRun=All`, {})).status).toBe(200)
    expect(dataOf('a')).toEqual({ x: '1' })
  })
})
