// The contract for questions about one's own rights: one at a time, all of a namespace, and who one is.
import { describe, expect, it } from 'vitest'
import { hold, type MakeBed, never, refusal } from './held.ts'

const authorization = '/apis/authorization.k8s.io/v1'

export function describeReviews(makeBed: MakeBed): void {
  const held = hold(makeBed)
  const access = (spec: object, as?: string) =>
    held.ask('POST', `${authorization}/selfsubjectaccessreviews`, {
      body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec },
      ...(as !== undefined && { as }),
    })
  const rules = (spec: object, as?: string) =>
    held.ask('POST', `${authorization}/selfsubjectrulesreviews`, {
      body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec },
      ...(as !== undefined && { as }),
    })

  describe('one question', () => {
    it('is answered yes without a reason to who is above RBAC', async () => {
      const { status, body } = await access({ resourceAttributes: { verb: 'list', resource: 'pods' } })
      expect(status).toBe(201)
      expect(body).toMatchObject({ kind: 'SelfSubjectAccessReview', apiVersion: 'authorization.k8s.io/v1' })
      expect(body.status).toEqual({ allowed: true })
    })

    it.each([
      [
        'no-nodes',
        { verb: 'list', resource: 'pods' },
        'RBAC: allowed by ClusterRoleBinding "no-nodes" of ClusterRole "no-nodes" to User "no-nodes"',
      ],
      [
        'one-namespace',
        { verb: 'list', resource: 'pods', namespace: 'shop' },
        'RBAC: allowed by RoleBinding "one-namespace/shop" of ClusterRole "cluster-admin" to User "one-namespace"',
      ],
    ])('of %s about %j is answered yes, and by which role', async (as, resourceAttributes, reason) => {
      expect((await access({ resourceAttributes }, as)).body.status).toEqual({ allowed: true, reason })
    })

    it.each([
      ['no-nodes', { verb: 'list', resource: 'nodes' }],
      ['no-nodes', { verb: '*', group: '*', resource: '*' }],
      ['no-proxy', { verb: 'get', resource: 'services', subresource: 'proxy', namespace: 'observability' }],
      ['no-secrets', { verb: 'get', resource: 'secrets', namespace: 'shop' }],
      ['one-namespace', { verb: 'list', resource: 'pods' }],
      ['one-namespace', { verb: 'list', resource: 'pods', namespace: 'default' }],
    ])('of %s about %j is answered no', async (as, resourceAttributes) => {
      expect((await access({ resourceAttributes }, as)).body.status).toEqual({ allowed: false })
    })

    it('can be about a path', async () => {
      const about = async (path: string) =>
        (await access({ nonResourceAttributes: { verb: 'get', path } }, 'one-namespace')).body.status
      expect(await about('/metrics')).toEqual({ allowed: false })
      expect(await about('/version')).toMatchObject({ allowed: true })
    })

    it('must be about something', async () => {
      const { body } = await access({})
      expect(body).toMatchObject(
        refusal(
          422,
          'Invalid',
          '.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
        ),
      )
    })

    it('is asked, never read', async () => {
      const { body } = await held.ask('GET', `${authorization}/selfsubjectaccessreviews`)
      expect(body).toMatchObject(refusal(405, 'MethodNotAllowed', expect.any(String)))
    })
  })

  describe('all rules of a namespace', () => {
    const everything = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }

    it('are complete, and everything to the administrator', async () => {
      const { status, body } = await rules({ namespace: 'shop' })
      expect(status).toBe(201)
      expect(body).toMatchObject({ kind: 'SelfSubjectRulesReview', spec: {}, status: { incomplete: false } })
      expect((body.status as unknown as Status).resourceRules).toContainEqual(everything)
    })

    it('end at the namespace of a user who has one', async () => {
      const own = (await rules({ namespace: 'shop' }, 'one-namespace')).body.status as unknown as Status
      expect(own.resourceRules).toContainEqual(everything)
      const other = (await rules({ namespace: 'default' }, 'one-namespace')).body.status as unknown as Status
      expect(other.resourceRules.flatMap(({ resources }) => resources).sort()).toEqual([
        'selfsubjectaccessreviews',
        'selfsubjectreviews',
        'selfsubjectrulesreviews',
      ])
      expect(other.incomplete).toBe(false)
      expect(other.nonResourceRules.flatMap(({ nonResourceURLs }) => nonResourceURLs)).toEqual(
        expect.arrayContaining(['/api', '/api/*', '/apis', '/healthz', '/livez', '/readyz', '/version']),
      )
    })

    it('name what is left where something is denied', async () => {
      const { resourceRules } = (await rules({ namespace: 'shop' }, 'no-secrets')).body
        .status as unknown as Status
      const core = resourceRules.find(({ apiGroups }) => apiGroups.includes(''))
      expect(core?.resources).toEqual(expect.arrayContaining(['pods', 'pods/log', 'services/proxy']))
      expect(core?.resources).not.toContain('secrets')
      expect(core?.resources).not.toContain('*')
    })

    it('want a namespace', async () => {
      expect((await rules({})).body).toMatchObject(refusal(400, 'BadRequest', 'no namespace on request'))
    })
  })

  it('tell who one is', async () => {
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }
    const place = '/apis/authentication.k8s.io/v1/selfsubjectreviews'
    const { status, body } = await held.ask('POST', place, { body: review, as: 'no-nodes' })
    expect(status).toBe(201)
    expect(body.status).toMatchObject({
      userInfo: { username: 'no-nodes', groups: ['system:authenticated'] },
    })
    expect((await held.ask('POST', place, { body: review })).body.status).toMatchObject({
      userInfo: { username: 'admin', groups: ['system:masters', 'system:authenticated'] },
    })
  })

  it('are answered by the client alike, from one question or from all rules', async () => {
    for (const { context, denied } of held.bed.narrowed) {
      const cluster = await held.bed.connect(context)
      expect(await cluster.can(denied, never), context).toEqual({
        allowed: false,
        reason: expect.any(String),
      })
      const pods = { verb: 'list', group: '', resource: 'pods', namespace: 'shop' }
      expect(await cluster.can(pods, never), context).toMatchObject({ allowed: true })
      await cluster.close()
    }
  })
}

interface Status {
  readonly incomplete: boolean
  readonly resourceRules: readonly {
    readonly verbs: readonly string[]
    readonly apiGroups: readonly string[]
    readonly resources: readonly string[]
  }[]
  readonly nonResourceRules: readonly { readonly nonResourceURLs: readonly string[] }[]
}
