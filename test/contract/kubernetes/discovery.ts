// The contract for what a server says of itself: version, health, and the kinds that it serves, in both forms.
import { describe, expect, it } from 'vitest'
import type { Body } from '#test/homelab/kube/client.ts'
import { hold, type MakeBed, refusal } from './held.ts'

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'

interface Entry {
  readonly resource: string
  readonly subresources?: readonly { readonly subresource: string }[]
}

export function describeDiscovery(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const get = (path: string, accept?: string) => held.ask('GET', path, accept === undefined ? {} : { accept })

  it('tells its version', async () => {
    const { status, body } = await get('/version')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      major: '1',
      minor: expect.stringMatching(/^\d+$/),
      gitVersion: expect.stringMatching(/^v1\.\d+\.\d+/),
      platform: 'linux/amd64',
    })
  })

  it.each(['/readyz', '/livez', '/healthz', '/readyz/ping'])('%s is ok, in plain text', async (path) => {
    expect(await get(path)).toMatchObject({ status: 200, type: 'text/plain', text: 'ok' })
  })

  describe('in the old form', () => {
    it('lists the versions of the core group', async () => {
      expect((await get('/api')).body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] })
    })

    it('lists the other groups, each with the version that it prefers', async () => {
      const { body } = await get('/apis')
      expect(body).toMatchObject({ kind: 'APIGroupList', apiVersion: 'v1' })
      const version = { groupVersion: 'apps/v1', version: 'v1' }
      const apps = { name: 'apps', versions: [version], preferredVersion: version }
      expect(body.groups).toContainEqual(apps)
      expect((await get('/apis/apps')).body).toEqual({ kind: 'APIGroup', apiVersion: 'v1', ...apps })
    })

    it('lists the kinds of a version, subresources beside them', async () => {
      const { body } = await get('/apis/apps/v1')
      expect(body).toMatchObject({ kind: 'APIResourceList', groupVersion: 'apps/v1' })
      const resources = body.resources as readonly { readonly name: string }[]
      const named = (name: string) => resources.find((one) => one.name === name)
      expect(named('deployments')).toMatchObject({
        singularName: 'deployment',
        namespaced: true,
        kind: 'Deployment',
        verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
        shortNames: ['deploy'],
        categories: ['all'],
      })
      expect(named('deployments/scale')).toMatchObject({ group: 'autoscaling', version: 'v1', kind: 'Scale' })
      expect(named('deployments/status')).toMatchObject({
        kind: 'Deployment',
        verbs: ['get', 'patch', 'update'],
      })
    })
  })

  describe('aggregated', () => {
    const version = async (path: string, group: string | undefined) => {
      const { type, header, body } = await get(path, AGGREGATED)
      expect(type).toBe('application/json')
      expect(header('content-type')).toContain('as=APIGroupDiscoveryList')
      expect(body).toMatchObject({ kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2' })
      const found = body.items?.find(({ metadata }) => metadata?.name === group) as
        | { versions: readonly (Body & { resources: readonly Entry[] })[] }
        | undefined
      return found?.versions[0]
    }

    it('lists the core group without a name', async () => {
      const core = await version('/api', undefined)
      expect(core).toMatchObject({ version: 'v1', freshness: 'Current' })
      expect(core?.resources.find(({ resource }) => resource === 'pods')).toMatchObject({
        responseKind: { group: '', version: '', kind: 'Pod' },
        scope: 'Namespaced',
        singularResource: 'pod',
        shortNames: ['po'],
        categories: ['all'],
      })
      expect(core?.resources.find(({ resource }) => resource === 'configmaps')).not.toHaveProperty(
        'subresources',
      )
    })

    it('names the kind of a subresource where it is another', async () => {
      const apps = await version('/apis', 'apps')
      const entry = apps?.resources.find(({ resource }) => resource === 'deployments')
      expect(entry?.subresources).toEqual(
        expect.arrayContaining([
          {
            subresource: 'scale',
            responseKind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
            verbs: ['get', 'patch', 'update'],
          },
          {
            subresource: 'status',
            responseKind: { group: '', version: '', kind: 'Deployment' },
            verbs: ['get', 'patch', 'update'],
          },
        ]),
      )
    })

    it('is refused in a version that there is not, and given in the next form', async () => {
      const other = AGGREGATED.replace('v=v2', 'v=v9')
      expect((await get('/api', other)).status).toBe(406)
      expect((await get('/api', `${other},application/json`)).body.kind).toBe('APIVersions')
    })
  })

  it('says the same in both forms', async () => {
    const { body } = await get('/api/v1')
    const listed = (body.resources as readonly { readonly name: string }[]).map(({ name }) => name).sort()
    const [core] = (await get('/api', AGGREGATED)).body.items as unknown as readonly {
      versions: readonly { resources: readonly Entry[] }[]
    }[]
    const aggregated = core?.versions[0]?.resources.flatMap(({ resource, subresources = [] }) => [
      resource,
      ...subresources.map(({ subresource }) => `${resource}/${subresource}`),
    ])
    expect(aggregated?.sort()).toEqual(listed)
  })

  it.each([
    ['/apis/nope.io', 404, 'text/plain'],
    ['/apis/nope.io/v1', 404, 'text/plain'],
    ['/apis/nope.io/v1/things', 404, 'text/plain'],
    ['/nope', 404, 'text/plain'],
    ['/readyz/nope', 404, 'text/plain'],
  ])('%s is no page', async (path, status, type) => {
    expect(await get(path)).toMatchObject({ status, type, text: '404 page not found\n' })
  })

  it.each([
    '/api/v2',
    '/apis/apps/v9',
    '/apis/apps/v9/deployments',
    '/api/v1/nothings',
    '/api/v1/namespaces/default/nothings/x',
    '/api/v1/namespaces/default/configmaps/x/scale',
    '/api/v1/namespaces/default/configmaps/x/status',
  ])('%s is no resource', async (path) => {
    const { status, body } = await get(path)
    expect(status).toBe(404)
    expect(body).toMatchObject({
      ...refusal(404, 'NotFound', 'the server could not find the requested resource'),
      details: {},
    })
  })
}
