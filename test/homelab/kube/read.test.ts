// Lists, pages, selectors, single objects: what a reader of the API gets, over HTTPS.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bed, makeBed } from './client.ts'
import { fixtureWorld, PODS, pod } from './world.ts'

const world = fixtureWorld()
let bed: Bed

beforeAll(async () => {
  bed = await makeBed({ world, upstreams: [] })
})
afterAll(() => bed.close())

const names = async (path: string) => {
  const { body } = await bed.as().json(path)
  return body.items?.map((item) => item.metadata?.name)
}

describe('lists', () => {
  it('lists all pods, sorted by namespace and name, with the revision of the store', async () => {
    const { status, body } = await bed.as().json('/api/v1/pods')
    expect(status).toBe(200)
    expect(body.kind).toBe('PodList')
    expect(body.metadata?.resourceVersion).toBe(String(world.store.revision))
    expect(body.items?.map((item) => `${item.metadata?.namespace}/${item.metadata?.name}`)).toEqual([
      'observability/prometheus-0',
      'shop/cart-7d4b9-aaaaa',
      'shop/cart-7d4b9-bbbbb',
      'shop/import-x1',
    ])
  })

  it('leaves kind and apiVersion out of built-in items and keeps them in custom ones', async () => {
    const pods = await bed.as().json('/api/v1/pods')
    expect(pods.body.items?.[0]).not.toHaveProperty('kind')
    const custom = await bed.as().json('/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations')
    expect(custom.body.items?.[0]?.kind).toBe('Kustomization')
  })

  it.each([
    ['labelSelector=app=cart', ['cart-7d4b9-aaaaa', 'cart-7d4b9-bbbbb']],
    ['labelSelector=app==import', ['import-x1']],
    ['labelSelector=app!=cart', ['import-x1']],
    ['labelSelector=tier', ['import-x1']],
    ['labelSelector=!tier', ['cart-7d4b9-aaaaa', 'cart-7d4b9-bbbbb']],
    ['labelSelector=app in (import, other),tier notin (web)', ['import-x1']],
    ['labelSelector=tier notin (batch)', ['cart-7d4b9-aaaaa', 'cart-7d4b9-bbbbb']],
    ['fieldSelector=spec.nodeName=birch', ['cart-7d4b9-bbbbb', 'import-x1']],
    ['fieldSelector=status.phase!=Running', ['import-x1']],
    ['fieldSelector=metadata.name=import-x1,spec.nodeName=ash', []],
    ['labelSelector=app=cart&fieldSelector=spec.nodeName=ash', ['cart-7d4b9-aaaaa']],
  ])('selects by %s', async (query, expected) => {
    const params = new URLSearchParams(
      query.split('&').map((part): [string, string] => {
        const equals = part.indexOf('=')
        return [part.slice(0, equals), part.slice(equals + 1)]
      }),
    )
    expect(await names(`/api/v1/namespaces/shop/pods?${params}`)).toEqual(expected)
  })

  it('refuses a field that the kind cannot be selected by', async () => {
    const { status, body } = await bed.as().json('/api/v1/pods?fieldSelector=spec.color%3Dred')
    expect(status).toBe(400)
    expect(body).toMatchObject({ kind: 'Status', reason: 'BadRequest', code: 400 })
    expect(body.message).toContain('field label not supported: spec.color')
  })

  it('refuses a label selector that cannot be read', async () => {
    const { status } = await bed.as().json('/api/v1/pods?labelSelector=a%20in%20b')
    expect(status).toBe(400)
  })
})

describe('pages', () => {
  it('go on where the last one ended, of the same moment, until there is no more', async () => {
    const first = await bed.as().json('/api/v1/pods?limit=3')
    expect(first.body.items).toHaveLength(3)
    expect(first.body.metadata?.remainingItemCount).toBe(1)
    world.store.put(PODS, pod('shop', 'zebra', 'ash', { labels: {} }))
    const token = encodeURIComponent(String(first.body.metadata?.continue))
    const second = await bed.as().json(`/api/v1/pods?limit=3&continue=${token}`)
    expect(second.body.items?.map((item) => item.metadata?.name)).toEqual(['import-x1'])
    expect(second.body.metadata?.resourceVersion).toBe(first.body.metadata?.resourceVersion)
    expect(second.body.metadata?.continue).toBeUndefined()
    world.store.remove(PODS, 'shop', 'zebra')
  })

  it('do not count what a selector leaves', async () => {
    const { body } = await bed.as().json('/api/v1/pods?limit=1&labelSelector=app%3Dcart')
    expect(body.items).toHaveLength(1)
    expect(body.metadata?.continue).toBeTruthy()
    expect(body.metadata).not.toHaveProperty('remainingItemCount')
  })

  it('expire with 410 after a compaction', async () => {
    const first = await bed.as().json('/api/v1/pods?limit=1')
    world.store.put(PODS, pod('shop', 'zebra', 'ash', { labels: {} }))
    world.store.compact()
    const token = encodeURIComponent(String(first.body.metadata?.continue))
    const { status, body } = await bed.as().json(`/api/v1/pods?limit=1&continue=${token}`)
    world.store.remove(PODS, 'shop', 'zebra')
    expect(status).toBe(410)
    expect(body).toMatchObject({ kind: 'Status', status: 'Failure', reason: 'Expired', code: 410 })
    expect(body.message).toContain('The provided continue parameter is too old')
  })

  it('refuse a token that is none', async () => {
    const { status, body } = await bed.as().json('/api/v1/pods?limit=1&continue=hello')
    expect(status).toBe(400)
    expect(body.message).toContain('continue key is not valid')
  })
})

describe('versions', () => {
  it('refuses a version ahead of the cluster', async () => {
    const { status, body } = await bed.as().json(`/api/v1/pods?resourceVersion=${world.store.revision + 100}`)
    expect(status).toBe(504)
    expect(body.details?.causes?.[0]?.reason).toBe('ResourceVersionTooLarge')
  })

  it('refuses resourceVersionMatch without a version', async () => {
    const { status } = await bed.as().json('/api/v1/pods?resourceVersionMatch=Exact')
    expect(status).toBe(422)
  })
})

describe('single objects', () => {
  it('gets a pod whole', async () => {
    const { status, body } = await bed.as().json('/api/v1/namespaces/shop/pods/import-x1')
    expect(status).toBe(200)
    expect(body).toMatchObject({ kind: 'Pod', apiVersion: 'v1', metadata: { name: 'import-x1' } })
  })

  it('says which one is not there', async () => {
    const { status, body } = await bed.as().json('/apis/apps/v1/namespaces/shop/deployments/none')
    expect(status).toBe(404)
    expect(body).toMatchObject({
      message: 'deployments.apps "none" not found',
      reason: 'NotFound',
      details: { name: 'none', group: 'apps', kind: 'deployments' },
    })
  })

  it('says when there is no such kind', async () => {
    const { status, body } = await bed.as().json('/api/v1/namespaces/shop/gadgets')
    expect(status).toBe(404)
    expect(body.message).toBe('the server could not find the requested resource')
  })

  it('serves events in their new form too', async () => {
    const { body } = await bed.as().json('/apis/events.k8s.io/v1/namespaces/shop/events/import-x1.1')
    expect(body).toMatchObject({
      apiVersion: 'events.k8s.io/v1',
      note: 'Back-off pulling image',
      regarding: { name: 'import-x1' },
      reportingController: 'kubelet',
      deprecatedCount: 3,
    })
  })
})

it('shrinks a large body with gzip where the client takes it', async () => {
  const large = fixtureWorld({ morePods: 200 })
  const other = await makeBed({ world: large, upstreams: [] })
  try {
    const answer = await other.as().fetch('/api/v1/pods', { headers: { 'accept-encoding': 'gzip' } })
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    const body = (await answer.json()) as { items: unknown[] }
    expect(body.items).toHaveLength(204)
  } finally {
    await other.close()
  }
})
