// What the server has and what we may: discovery, tables of any kind, access reviews.
import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { failureOf, forever, kustomizations, recorder, type Sent, sendJson, sendStatus } from './bed.ts'

describe('table', () => {
  test('columns, cells and metadata, over pages', async () => {
    const columnDefinitions = [
      { name: 'Name', type: 'string', priority: 0, description: 'd' },
      { name: 'Age', type: 'string', priority: 1 },
    ]
    const row = (name: string) => ({
      cells: [name, null, { odd: 1 }],
      object: {
        metadata: {
          name,
          namespace: 'shop',
          uid: `u-${name}`,
          creationTimestamp: '2026-01-02T03:04:05Z',
          labels: { app: 'x' },
        },
      },
    })
    const { cluster, sent } = await recorder((one, response) => {
      if (one.url?.includes('continue'))
        sendJson(response, {
          kind: 'Table',
          metadata: { resourceVersion: '4' },
          columnDefinitions: null,
          rows: [row('b')],
        })
      else
        sendJson(response, {
          kind: 'Table',
          metadata: { resourceVersion: '4', continue: 't' },
          columnDefinitions,
          rows: [row('a')],
        })
    })
    const table = await cluster.table({ resource: kustomizations }, forever())
    expect(table).toMatchObject({
      columns: [
        { name: 'Name', type: 'string', priority: 0, description: 'd' },
        { name: 'Age', type: 'string', priority: 1 },
      ],
      rows: [
        {
          uid: 'u-a',
          name: 'a',
          namespace: 'shop',
          createdAt: Date.UTC(2026, 0, 2, 3, 4, 5),
          labels: { app: 'x' },
          cells: ['a', null, '{"odd":1}'],
        },
        { name: 'b' },
      ],
      resourceVersion: '4',
    })
    expect(sent[0]?.url).toContain('includeObject=Metadata')
  })
})

describe('discovery', () => {
  const resource = {
    resource: 'pods',
    responseKind: { kind: 'Pod' },
    scope: 'Namespaced',
    shortNames: ['po'],
    categories: ['all'],
    verbs: ['list'],
  }

  test('aggregated: preferred versions, kinds of one version only, stale groups by name', async () => {
    const groups = [
      {
        metadata: { name: 'batch' },
        versions: [
          {
            version: 'v1',
            freshness: 'Current',
            resources: [{ ...resource, resource: 'jobs', responseKind: { kind: 'Job' } }],
          },
          {
            version: 'v1beta1',
            freshness: 'Current',
            resources: [
              { ...resource, resource: 'jobs' },
              { ...resource, resource: 'old', responseKind: { kind: 'Old' } },
            ],
          },
        ],
      },
      {
        metadata: { name: 'metrics.k8s.io' },
        versions: [{ version: 'v1beta1', freshness: 'Stale', resources: [] }],
      },
    ]
    const { cluster } = await recorder((sent, response) => {
      const items =
        sent.url === '/api'
          ? [{ metadata: {}, versions: [{ version: 'v1', resources: [resource] }] }]
          : groups
      sendJson(response, { kind: 'APIGroupDiscoveryList', items })
    })
    const { resources, failed } = await cluster.discover(forever())
    expect(resources).toMatchObject([
      {
        group: '',
        version: 'v1',
        plural: 'pods',
        kind: 'Pod',
        namespaced: true,
        shortNames: ['po'],
        categories: ['all'],
        verbs: ['list'],
      },
      { group: 'batch', version: 'v1', plural: 'jobs', kind: 'Job' },
      { group: 'batch', version: 'v1beta1', plural: 'old', kind: 'Old' },
    ])
    expect(failed).toEqual(['metrics.k8s.io/v1beta1'])
  })

  test('group by group where the server cannot: one that fails is named, the rest is there', async () => {
    const { cluster } = await recorder((sent, response) => {
      const version = { groupVersion: 'apps/v1', version: 'v1' }
      const broken = { groupVersion: 'm/v1', version: 'v1' }
      if (sent.url === '/api') sendJson(response, { kind: 'APIVersions', versions: ['v1'] })
      else if (sent.url === '/apis')
        sendJson(response, {
          kind: 'APIGroupList',
          groups: [
            { name: 'apps', versions: [version], preferredVersion: version },
            { name: 'm', versions: [broken], preferredVersion: broken },
          ],
        })
      else if (sent.url === '/api/v1')
        sendJson(response, {
          resources: [
            { name: 'pods', kind: 'Pod', namespaced: true, verbs: ['get'] },
            { name: 'pods/log', kind: 'Pod' },
          ],
        })
      else if (sent.url === '/apis/apps/v1')
        sendJson(response, {
          resources: [{ name: 'deployments', kind: 'Deployment', namespaced: true, verbs: ['get'] }],
        })
      else sendStatus(response, 503, 'the server is currently unable to handle the request')
    })
    const { resources, failed } = await cluster.discover(forever())
    expect(resources.map(({ group, plural }) => `${group}/${plural}`)).toEqual(['/pods', 'apps/deployments'])
    expect(failed).toEqual(['m/v1'])
  })
})

describe('access', () => {
  const rules = [
    { verbs: ['get', 'list'], apiGroups: [''], resources: ['pods', '*/proxy'] },
    { verbs: ['*'], apiGroups: ['apps'], resources: ['*'] },
    { verbs: ['patch'], apiGroups: [''], resources: ['configmaps'], resourceNames: ['one'] },
  ]
  const answerWith = (incomplete: boolean) => (sent: Sent, response: ServerResponse) => {
    if (sent.url?.endsWith('selfsubjectrulesreviews'))
      sendJson(response, { status: { incomplete, resourceRules: rules } }, 201)
    else sendJson(response, { status: { allowed: true, reason: 'RBAC: allowed' } }, 201)
  }

  test('judged by the rules of the namespace, asked for once', async () => {
    const { cluster, sent } = await recorder(answerWith(false))
    const can = async (verb: string, group: string, resource: string, name?: string) =>
      (await cluster.can({ verb, group, resource, namespace: 'shop', ...(name && { name }) }, forever()))
        .allowed
    expect(
      await Promise.all([
        can('list', '', 'pods'),
        can('delete', '', 'pods'),
        can('get', '', 'pods/log'),
        can('get', '', 'services/proxy'),
      ]),
    ).toEqual([true, false, false, true])
    expect([
      await can('patch', 'apps', 'deployments/scale'),
      await can('patch', '', 'configmaps', 'one'),
      await can('patch', '', 'configmaps'),
    ]).toEqual([true, true, false])
    expect(sent).toHaveLength(1)
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      kind: 'SelfSubjectRulesReview',
      spec: { namespace: 'shop' },
    })
    const refused = await cluster.can(
      { verb: 'delete', group: '', resource: 'pods', namespace: 'shop' },
      forever(),
    )
    expect(refused).toEqual({ allowed: false, reason: 'no role allows to delete pods in shop' })
  })

  test('asked one by one where the rules are not all known, and kept', async () => {
    const { cluster, sent } = await recorder(answerWith(true))
    const access = { verb: 'create', group: '', resource: 'services/proxy', namespace: 'shop' }
    expect(await cluster.can(access, forever())).toEqual({ allowed: true, reason: 'RBAC: allowed' })
    await cluster.can(access, forever())
    expect(sent).toHaveLength(2)
    expect(JSON.parse(sent[1]?.body ?? '').spec.resourceAttributes).toEqual({
      verb: 'create',
      group: '',
      resource: 'services',
      subresource: 'proxy',
      namespace: 'shop',
    })
  })

  test('cluster-wide questions are asked one by one; a failure is not kept', async () => {
    let asked = 0
    const { cluster } = await recorder((_sent, response) => {
      asked += 1
      if (asked === 1) sendStatus(response, 500, 'no')
      else sendJson(response, { status: { allowed: false } }, 201)
    })
    const access = { verb: 'list', group: '', resource: 'nodes' }
    expect(await failureOf(cluster.can(access, forever()))).toMatchObject({ reason: 'server-error' })
    expect(await cluster.can(access, forever())).toEqual({
      allowed: false,
      reason: 'no role allows to list nodes cluster-wide',
    })
  })
})
