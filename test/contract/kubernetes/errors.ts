// The contract for refusals that belong to no verb: who one is, what one may, which method, which form, how much.
import { describe, expect, it } from 'vitest'
import { hold, JSON_TYPE, type MakeBed, MERGE, maps, refusal } from './held.ts'

export function describeErrors(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const { path, map } = maps(held, 'errors')

  it('401: a token that is none', async () => {
    const answer = await held.bed
      .wire('no-nodes')
      .fetch(path(), { headers: { authorization: 'Bearer nonsense' } })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toEqual({ ...refusal(401, 'Unauthorized', 'Unauthorized'), metadata: {} })
  })

  describe('403', () => {
    const cluster = 'at the cluster scope'
    it.each([
      ['GET', '/api/v1/nodes', 'no-nodes', 'nodes', 'list', 'nodes', '', cluster],
      ['GET', '/api/v1/nodes/x', 'no-nodes', 'nodes "x"', 'get', 'nodes', '', cluster],
      ['GET', '/api/v1/pods?watch=1', 'one-namespace', 'pods', 'watch', 'pods', '', cluster],
      ['GET', '/api/v1/namespaces', 'one-namespace', 'namespaces', 'list', 'namespaces', '', cluster],
      [
        'GET',
        '/api/v1/namespaces/default',
        'one-namespace',
        'namespaces "default"',
        'get',
        'namespaces',
        '',
        'in the namespace "default"',
      ],
      [
        'GET',
        '/api/v1/namespaces/shop/secrets/x',
        'no-secrets',
        'secrets "x"',
        'get',
        'secrets',
        '',
        'in the namespace "shop"',
      ],
      [
        'DELETE',
        '/apis/apps/v1/namespaces/default/deployments',
        'one-namespace',
        'deployments.apps',
        'deletecollection',
        'deployments',
        'apps',
        'in the namespace "default"',
      ],
      [
        'PATCH',
        '/apis/apps/v1/namespaces/default/deployments/x/scale',
        'one-namespace',
        'deployments.apps "x"',
        'patch',
        'deployments/scale',
        'apps',
        'in the namespace "default"',
      ],
      [
        'GET',
        '/api/v1/namespaces/default/pods/x/log',
        'one-namespace',
        'pods "x"',
        'get',
        'pods/log',
        '',
        'in the namespace "default"',
      ],
    ])('%s %s as %s', async (method, place, as, subject, verb, resource, group, where) => {
      const sent = method === 'PATCH' ? { body: {}, type: MERGE } : {}
      const { status, body } = await held.ask(method, place, { as, ...sent })
      expect(status).toBe(403)
      expect(body).toMatchObject(
        refusal(
          403,
          'Forbidden',
          `${subject} is forbidden: User "${as}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`,
        ),
      )
    })

    it('names what it is about in the details', async () => {
      const { body } = await held.ask('GET', '/apis/apps/v1/namespaces/default/deployments/x', {
        as: 'one-namespace',
      })
      expect(body.details).toEqual({ name: 'x', group: 'apps', kind: 'deployments' })
    })

    it('of a path', async () => {
      const { body } = await held.ask('GET', '/metrics', { as: 'one-namespace' })
      expect(body).toMatchObject({
        ...refusal(403, 'Forbidden', 'forbidden: User "one-namespace" cannot get path "/metrics"'),
        details: {},
      })
    })

    it('is told by the client in its own words', async () => {
      const cluster = await held.bed.connect('no-nodes')
      const nodes = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false }
      await expect(cluster.get(nodes, 'x', undefined, new AbortController().signal)).rejects.toMatchObject({
        reason: 'forbidden',
        status: 403,
        message: 'nodes forbidden for no-nodes cluster-wide',
      })
      await cluster.close()
    })
  })

  it('404: an object that is not there', async () => {
    const { body } = await held.ask('GET', path('gone'))
    expect(body).toEqual({
      ...refusal(404, 'NotFound', 'configmaps "gone" not found'),
      metadata: {},
      details: { name: 'gone', kind: 'configmaps' },
    })
  })

  it.each([
    ['PUT', () => path()],
    ['PATCH', () => path()],
    ['POST', () => path('a')],
    ['POST', () => '/api/v1'],
    ['DELETE', () => '/api/v1/namespaces'],
    ['OPTIONS', () => path()],
  ])('405: %s where it is no verb', async (method, place) => {
    const sent =
      method === 'OPTIONS' || method === 'DELETE'
        ? {}
        : { body: map('a'), type: method === 'PATCH' ? MERGE : JSON_TYPE }
    const { status, body } = await held.ask(method, place(), sent)
    expect(status).toBe(405)
    expect(body).toMatchObject({
      ...refusal(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource'),
      details: {},
    })
  })

  describe('406', () => {
    it('names what can be had where the media type is not known', async () => {
      const { status, body } = await held.ask('GET', path(), { accept: 'text/html' })
      expect(status).toBe(406)
      expect(body).toMatchObject({
        ...refusal(
          406,
          'NotAcceptable',
          '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf, application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch',
        ),
        details: {},
      })
    })

    it('names what is accepted where the form is not known', async () => {
      const { body } = await held.ask('GET', path(), {
        accept: 'application/json;as=Nope;v=v1;g=meta.k8s.io',
      })
      expect(body).toMatchObject(
        refusal(
          406,
          'NotAcceptable',
          'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
        ),
      )
    })
  })

  it('413: a body that is too large', async () => {
    const { status, body } = await held.ask('POST', path(), {
      body: map('a', { x: 'x'.repeat(3 * 1024 * 1024) }),
    })
    expect(status).toBe(413)
    expect(body).toMatchObject(
      refusal(413, 'RequestEntityTooLarge', 'Request entity too large: limit is 3145728'),
    )
  })

  it('415: a body in an unknown form', async () => {
    const { status, body } = await held.ask('POST', path(), { body: 'x: y', type: 'text/plain' })
    expect(status).toBe(415)
    expect(body).toMatchObject(
      refusal(
        415,
        'UnsupportedMediaType',
        'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
      ),
    )
  })

  it('429: an eviction that a disruption budget forbids', async () => {
    const { target, pod } = held.bed.upstream
    const budgets = `/apis/policy/v1/namespaces/${target.namespace}/poddisruptionbudgets`
    const labels = (await held.ask('GET', `/api/v1/namespaces/${target.namespace}/pods/${pod}`)).body.metadata
      ?.labels
    const budget = {
      metadata: { name: 'contract' },
      spec: { minAvailable: 1, selector: { matchLabels: labels } },
    }
    await held.ask('POST', budgets, {
      body: { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', ...budget },
    })
    try {
      const eviction = {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name: pod, namespace: target.namespace },
      }
      const place = `/api/v1/namespaces/${target.namespace}/pods/${pod}/eviction?dryRun=All`
      const { status, body } = await held.ask('POST', place, { body: eviction })
      expect(status).toBe(429)
      expect(body).toMatchObject({
        ...refusal(
          429,
          'TooManyRequests',
          "Cannot evict pod as it would violate the pod's disruption budget.",
        ),
        details: {
          causes: [
            {
              reason: 'DisruptionBudget',
              message: expect.stringMatching(/^The disruption budget contract /),
            },
          ],
        },
      })
    } finally {
      await held.ask('DELETE', `${budgets}/contract`)
    }
  })

  it('422: more than one field of a workload', async () => {
    const place = `/apis/apps/v1/namespaces/${held.bed.namespace}/deployments`
    const labels = { app: 'bad' }
    const containers = [{ image: 'one:1' }]
    const spec = {
      replicas: -1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    }
    const { status, body } = await held.ask('POST', place, {
      body: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'bad' }, spec },
    })
    expect(status).toBe(422)
    expect(body.message).toMatch(/^Deployment\.apps "bad" is invalid: \[spec\.replicas: Invalid value: -1: /)
    expect(body.details).toMatchObject({ name: 'bad', group: 'apps', kind: 'Deployment' })
    expect(body.details?.causes).toEqual(
      expect.arrayContaining([
        {
          reason: 'FieldValueInvalid',
          message: 'Invalid value: -1: must be greater than or equal to 0',
          field: 'spec.replicas',
        },
        {
          reason: 'FieldValueRequired',
          message: 'Required value',
          field: 'spec.template.spec.containers[0].name',
        },
      ]),
    )
  })
}
