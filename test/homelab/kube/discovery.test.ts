// What the server says it serves.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Bed, type Body, makeBed } from './client.ts'
import { fixtureWorld, KUSTOMIZATIONS } from './world.ts'

const world = fixtureWorld()
let bed: Bed
beforeAll(async () => {
  bed = await makeBed({ world, upstreams: [] })
})
afterAll(() => bed.close())

it.each(['/healthz', '/livez', '/readyz'])('%s is ok', async (path) => {
  const answer = await bed.as().fetch(path)
  expect(await answer.text()).toBe('ok')
})

it('names its version', async () => {
  const { body } = await bed.as().json('/version')
  expect(body).toMatchObject({ major: '1', minor: '36', gitVersion: 'v1.36.3' })
})

it('lists groups and the kinds of each, custom ones with their short names', async () => {
  const groups = await bed.as().json('/apis')
  const names = (groups.body.groups as Body[]).map((group) => group.name)
  expect(names).toContain('apps')
  expect(names).toContain('metrics.k8s.io')
  expect(names).toContain(KUSTOMIZATIONS.group)
  const { body } = await bed.as().json('/apis/apps/v1')
  const resources = body.resources as { name: string; shortNames?: string[] }[]
  expect(resources.find(({ name }) => name === 'deployments')?.shortNames).toEqual(['deploy'])
  expect(resources.map(({ name }) => name)).toContain('deployments/scale')
})

it.each(['/api', '/apis'])('answers %s in the aggregated form', async (path) => {
  const { body, headers } = await bed.as().json(path, {
    headers: {
      accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json',
    },
  })
  expect(headers.get('content-type')).toBe(
    'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  )
  expect(body).toMatchObject({ kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2' })
  const versions = body.items?.flatMap((group) => group.versions as { resources: { resource: string }[] }[])
  const names = versions?.flatMap(({ resources }) => resources.map(({ resource }) => resource))
  expect(names).toContain(path === '/api' ? 'pods' : 'kustomizations')
})

it('serves a kind as soon as its definition is created', async () => {
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'lamps.home.io' },
    spec: {
      group: 'home.io',
      scope: 'Namespaced',
      names: { plural: 'lamps', kind: 'Lamp', shortNames: ['lp'] },
      versions: [{ name: 'v1', served: true, storage: true }],
    },
  }
  expect((await bed.as().fetch('/apis/home.io/v1/lamps')).status).toBe(404)
  await bed.as().json('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(definition),
  })
  const { status, body } = await bed.as().json('/apis/home.io/v1/lamps')
  expect(status).toBe(200)
  expect(body).toMatchObject({ kind: 'LampList', items: [] })
})

it('answers metrics of nodes and pods from the world’s signals', async () => {
  const nodes = await bed.as().json('/apis/metrics.k8s.io/v1beta1/nodes')
  // birch: 0.5 of its own and one running pod of 0.25; 1 GiB of its own and 64 MiB.
  expect(nodes.body.items?.find((item) => item.metadata?.name === 'birch')).toMatchObject({
    usage: { cpu: '750000000n', memory: `${1024 * 1024 + 64 * 1024}Ki` },
  })
  const pods = await bed.as().json('/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods')
  expect(pods.body.items?.[0]).toMatchObject({
    kind: 'PodMetrics',
    metadata: { name: 'cart-7d4b9-aaaaa' },
    containers: [{ name: 'main', usage: { cpu: '250000000n', memory: `${64 * 1024}Ki` } }],
  })
})
