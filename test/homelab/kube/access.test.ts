// Who may do what: authentication, narrowed roles, and what users may ask about themselves.

import { fetch } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bed, makeBed } from './client.ts'
import { fixtureWorld } from './world.ts'

let bed: Bed
beforeAll(async () => {
  bed = await makeBed({ world: fixtureWorld(), upstreams: [] })
})
afterAll(() => bed.close())

describe('authentication', () => {
  it('knows no one without credentials or with a wrong token', async () => {
    for (const headers of [{ authorization: 'Bearer wrong' }, { authorization: 'Basic YTpi' }]) {
      const { status, body } = await bed.as().json('/api/v1/pods', { headers })
      expect(status).toBe(401)
      expect(body).toEqual({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'Unauthorized',
        reason: 'Unauthorized',
        code: 401,
      })
    }
  })

  it('has a certificate that only its own authority vouches for', async () => {
    await expect(fetch(`${bed.homelab.url}/version`)).rejects.toThrow()
  })
})

describe('roles', () => {
  it.each([
    [
      'no-nodes',
      '/api/v1/nodes',
      'nodes is forbidden: User "no-nodes" cannot list resource "nodes" in API group "" at the cluster scope',
    ],
    [
      'no-proxy',
      '/api/v1/namespaces/shop/services/http:cart:80/proxy/',
      'services "http:cart:80" is forbidden: User "no-proxy" cannot get resource "services/proxy" in API group "" in the namespace "shop"',
    ],
    [
      'one-namespace',
      '/api/v1/pods',
      'pods is forbidden: User "one-namespace" cannot list resource "pods" in API group "" at the cluster scope',
    ],
    [
      'one-namespace',
      '/apis/apps/v1/namespaces/default/deployments/cart',
      'deployments.apps "cart" is forbidden: User "one-namespace" cannot get resource "deployments" in API group "apps" in the namespace "default"',
    ],
    [
      'no-secrets',
      '/api/v1/namespaces/shop/secrets?watch=true',
      'secrets is forbidden: User "no-secrets" cannot watch resource "secrets" in API group "" in the namespace "shop"',
    ],
  ])('%s is refused %s', async (user, path, message) => {
    const { status, body } = await bed.as(user).json(path)
    expect(status).toBe(403)
    expect(body).toMatchObject({ status: 'Failure', reason: 'Forbidden', code: 403, message })
  })

  it.each([
    ['no-nodes', '/api/v1/pods'],
    ['no-proxy', '/api/v1/namespaces/shop/services/cart'],
    ['one-namespace', '/api/v1/namespaces/shop/pods'],
    ['one-namespace', '/apis'],
    ['no-secrets', '/api/v1/nodes'],
  ])('%s may %s', async (user, path) => {
    expect((await bed.as(user).json(path)).status).toBe(200)
  })
})

describe('reviews', () => {
  const ask = (user: string, kind: string, group: string, spec: object) =>
    bed.as(user).json(`/apis/${group}/v1/${kind.toLowerCase()}s`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ apiVersion: `${group}/v1`, kind, spec }),
    })
  const can = async (user: string, resourceAttributes: object) => {
    const { status, body } = await ask(user, 'SelfSubjectAccessReview', 'authorization.k8s.io', {
      resourceAttributes,
    })
    expect(status).toBe(201)
    return (body.status as unknown as { allowed: boolean }).allowed
  }

  it.each([
    ['admin', { verb: 'delete', resource: 'nodes' }, true],
    ['no-nodes', { verb: 'list', resource: 'nodes' }, false],
    ['no-nodes', { verb: 'list', group: 'metrics.k8s.io', resource: 'nodes' }, false],
    ['no-nodes', { verb: 'list', resource: 'pods' }, true],
    ['no-proxy', { verb: 'get', resource: 'services', subresource: 'proxy', namespace: 'shop' }, false],
    ['no-proxy', { verb: 'get', resource: 'services', namespace: 'shop' }, true],
    ['one-namespace', { verb: 'get', resource: 'pods', namespace: 'shop' }, true],
    ['one-namespace', { verb: 'get', resource: 'pods', namespace: 'default' }, false],
    ['one-namespace', { verb: 'get', resource: 'pods' }, false],
  ])('%s, asked for %o: %s', async (user, attributes, allowed) => {
    expect(await can(user, attributes)).toBe(allowed)
  })

  it('lists rules that name what a narrowed role may still do', async () => {
    const { body } = await ask('no-proxy', 'SelfSubjectRulesReview', 'authorization.k8s.io', {
      namespace: 'shop',
    })
    const status = body.status as unknown as {
      incomplete: boolean
      resourceRules: { apiGroups: string[]; resources: string[] }[]
    }
    expect(status.incomplete).toBe(false)
    const core = status.resourceRules.find(({ apiGroups }) => apiGroups.includes(''))
    expect(core?.resources).toContain('services')
    expect(core?.resources).toContain('pods/log')
    expect(core?.resources).not.toContain('services/proxy')
    const apps = status.resourceRules.find(({ apiGroups }) => apiGroups.includes('apps'))
    expect(apps?.resources).toEqual(['*'])
  })

  it('tells users who they are', async () => {
    const { body } = await ask('no-nodes', 'SelfSubjectReview', 'authentication.k8s.io', {})
    expect(body.status).toEqual({
      userInfo: { username: 'no-nodes', groups: ['system:authenticated'] },
    })
  })
})
