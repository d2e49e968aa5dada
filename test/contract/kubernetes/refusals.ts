// The contract for refusals that no other suite looks at so closely: whole messages, and the field in their causes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hold, type MakeBed, never, refusal } from './held.ts'

interface Case {
  readonly title: string
  readonly method?: string
  readonly path: string
  readonly body?: object
  readonly code: number
  readonly reason: string
  readonly message: string | RegExp
  readonly causes?: readonly object[]
}

/** `{ns}` stands for the namespace that the contract may fill. */
const maps = '/api/v1/namespaces/{ns}/configmaps'
const pod = '/api/v1/namespaces/{ns}/pods/refused'

const map = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } })

const bad = { code: 400, reason: 'BadRequest' } as const
const invalid = { code: 422, reason: 'Invalid' } as const

const cases: readonly Case[] = [
  {
    title: 'a POST without a namespace',
    method: 'POST',
    path: '/api/v1/configmaps',
    body: map('x'),
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
  },
  {
    title: 'a label selector with an operator too many',
    path: `${maps}?labelSelector=a%3D%3D%3Db`,
    ...bad,
    message: "unable to parse requirement: found '=', expected: identifier",
  },
  {
    title: 'a label selector without a name',
    path: `${maps}?labelSelector=!!`,
    ...bad,
    message: "unable to parse requirement: found '!', expected: identifier",
  },
  {
    title: 'a match without a version',
    path: `${maps}?resourceVersionMatch=Exact`,
    ...invalid,
    message:
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    causes: [{ field: 'resourceVersionMatch', reason: 'FieldValueForbidden' }],
  },
  {
    title: 'a version of the future',
    path: `${maps}?resourceVersion=99999999`,
    code: 504,
    reason: 'Timeout',
    message: /^Timeout: Too large resource version: 99999999, current: \d+$/,
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
  },
  {
    title: 'an object without a name',
    method: 'POST',
    path: maps,
    body: {},
    ...invalid,
    message: 'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    causes: [{ field: 'metadata.name', reason: 'FieldValueRequired' }],
  },
  {
    title: 'fewer than no lines of log',
    path: `${pod}/log?container=main&tailLines=-1`,
    ...invalid,
    message:
      'PodLogOptions "refused" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0',
    causes: [{ field: 'tailLines', reason: 'FieldValueInvalid' }],
  },
  {
    title: 'a log since no time at all',
    path: `${pod}/log?container=main&sinceSeconds=0`,
    ...invalid,
    message: 'PodLogOptions "refused" is invalid: sinceSeconds: Invalid value: 0: must be greater than 0',
    causes: [{ field: 'sinceSeconds', reason: 'FieldValueInvalid' }],
  },
  {
    title: 'a log since two times',
    path: `${pod}/log?container=main&sinceSeconds=5&sinceTime=2020-01-01T00:00:00Z`,
    ...invalid,
    message:
      'PodLogOptions "refused" is invalid: []: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
    causes: [{ reason: 'FieldValueForbidden' }],
  },
  {
    title: 'a command in one of several containers',
    path: `${pod}/exec?command=ls`,
    ...bad,
    message: 'a container name must be specified for pod refused, choose one of: [main side]',
  },
  {
    title: 'a command in a pod that runs nowhere',
    path: `${pod}/exec?command=ls&container=main`,
    ...bad,
    message: 'pod refused does not have a host assigned',
  },
  {
    title: 'a port of a pod that runs nowhere',
    path: `${pod}/portforward`,
    ...bad,
    message: 'pod refused does not have a host assigned',
  },
  {
    title: 'a port that a Service with nothing behind it does not have',
    path: '/api/v1/namespaces/{ns}/services/refused:81/proxy/',
    code: 503,
    reason: 'ServiceUnavailable',
    message: 'no service port 81 found for service "refused"',
  },
  {
    title: 'a review of nothing',
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: { spec: {} },
    ...invalid,
    message:
      '.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
    causes: [{ field: 'spec.resourceAttributes', reason: 'FieldValueInvalid' }],
  },
]

const core = { group: '', version: 'v1', namespaced: true } as const
const PODS = { ...core, plural: 'pods', kind: 'Pod' } as const
const SERVICES = { ...core, plural: 'services', kind: 'Service' } as const

export function describeRefusals(makeBed: MakeBed): void {
  const held = hold(makeBed)

  beforeAll(async () => {
    const head = { apiVersion: 'v1', metadata: { name: 'refused', namespace: held.bed.namespace } }
    // Nothing of that name runs anywhere.
    const nodeSelector = { 'contract.test/never': 'yes' }
    const containers = ['main', 'side'].map((name) => ({ name, image: 'none' }))
    await held.cluster.apply(PODS, { ...head, kind: 'Pod', spec: { nodeSelector, containers } }, never)
    const spec = { selector: { nobody: 'here' }, ports: [{ port: 80 }] }
    await held.cluster.apply(SERVICES, { ...head, kind: 'Service', spec }, never)
  })
  afterAll(async () => {
    for (const resource of [PODS, SERVICES]) {
      const ref = { group: '', kind: resource.kind, namespace: held.bed.namespace, name: 'refused' }
      await held.cluster.delete(resource, ref, never)
    }
  })

  describe('are whole', () => {
    it.each(cases)('$title', async ({ method = 'GET', path, body, code, reason, message, causes }) => {
      const answer = await held.ask(method, path.replace('{ns}', held.bed.namespace), { body })
      expect(answer.status).toBe(code)
      expect(answer.body).toMatchObject({
        ...refusal(code, reason, typeof message === 'string' ? message : expect.stringMatching(message)),
        ...(causes && { details: { causes } }),
      })
    })
  })
}
