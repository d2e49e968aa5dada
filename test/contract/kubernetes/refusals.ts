// The contract for what is refused: each way to ask wrongly, and the Status that a client reads for it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cluster } from '#cluster/cluster.ts'
import type { Resource } from '#model/kube.ts'
import { CONFIG_MAPS, type KubernetesBed } from './bed.ts'

const never = new AbortController().signal
const pods: Resource = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true }
const services: Resource = { group: '', version: 'v1', plural: 'services', kind: 'Service', namespaced: true }

interface Case {
  readonly title: string
  readonly method?: string
  readonly path: string
  readonly body?: string
  readonly type?: string
  readonly code: number
  readonly reason?: string
  /** The whole message, or what it has to match. */
  readonly message: string | RegExp
  readonly causes?: readonly object[]
}

/** `{ns}` stands for the namespace that the contract may fill. */
const maps = '/api/v1/namespaces/{ns}/configmaps'
const one = `${maps}/refused`
const pod = '/api/v1/namespaces/{ns}/pods/refused'
const service = '/api/v1/namespaces/{ns}/services/refused'
const reviews = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'

const map = (name: string) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { a: '1' } })

const bad = { code: 400, reason: 'BadRequest' } as const
const invalid = { code: 422, reason: 'Invalid' } as const
const gone = { code: 404, reason: 'NotFound' } as const
const notAllowed = {
  code: 405,
  reason: 'MethodNotAllowed',
  message: 'the server does not allow this method on the requested resource',
} as const
const rejected = {
  ...invalid,
  message: 'the server rejected our request due to an error in our request',
} as const

const paths: readonly Case[] = [
  {
    title: 'a kind that is not served',
    path: '/api/v1/nothings',
    ...gone,
    message: 'the server could not find the requested resource',
  },
  {
    title: 'a version that its group does not have',
    path: '/apis/apps/v9/deployments',
    ...gone,
    message: 'the server could not find the requested resource',
  },
  { title: 'a PUT of a whole collection', method: 'PUT', path: maps, body: '{}', ...notAllowed },
  {
    title: 'a POST without a namespace',
    method: 'POST',
    path: '/api/v1/configmaps',
    body: map('x'),
    ...notAllowed,
  },
]

const lists: readonly Case[] = [
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
    title: 'a field that pods cannot be selected by',
    path: '/api/v1/pods?fieldSelector=spec.foo%3D1',
    ...bad,
    message: 'field label not supported: spec.foo',
  },
  {
    title: 'a field of a kind that has only its name',
    path: `${maps}?fieldSelector=data.x%3D1`,
    ...bad,
    message: '"data.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
  },
  {
    title: 'a limit that is no number',
    path: `${maps}?limit=abc`,
    ...bad,
    message: 'strconv.ParseInt: parsing "abc": invalid syntax',
  },
  {
    title: 'a continue token that is none',
    path: `${maps}?continue=garbage`,
    ...bad,
    message: /^invalid continue token: continue key is not valid: /,
  },
  {
    title: 'a version that is no number',
    path: `${maps}?resourceVersion=abc`,
    ...bad,
    message:
      'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
  },
  {
    title: 'a watch from a version that is no number',
    path: `${maps}?watch=1&resourceVersion=abc`,
    code: 500,
    message: 'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
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
]

const writes: readonly Case[] = [
  {
    title: 'a name with capitals',
    method: 'POST',
    path: maps,
    body: map('Bad_Name'),
    ...invalid,
    message:
      /^ConfigMap "Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain must consist of /,
    causes: [{ field: 'metadata.name', reason: 'FieldValueInvalid' }],
  },
  {
    title: 'an object without a name',
    method: 'POST',
    path: maps,
    body: '{}',
    ...invalid,
    message: 'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    causes: [{ field: 'metadata.name', reason: 'FieldValueRequired' }],
  },
  {
    title: 'an object of another kind',
    method: 'POST',
    path: maps,
    body: '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"x"}}',
    ...bad,
    message: /^Secret in version "v1" cannot be handled as a ConfigMap: /,
  },
  {
    title: 'half an object',
    method: 'POST',
    path: maps,
    body: '{"a":',
    ...bad,
    message:
      /^the object provided is unrecognized \(must be of type ConfigMap\): couldn't get version\/kind; json parse error: /,
  },
  {
    title: 'a body that is no object of any sort',
    method: 'POST',
    path: maps,
    body: 'x',
    type: 'text/plain',
    code: 415,
    reason: 'UnsupportedMediaType',
    message:
      /^the body of the request was in an unknown format - accepted media types include: application\/json, /,
  },
  {
    title: 'a name that is taken',
    method: 'POST',
    path: maps,
    body: map('refused'),
    code: 409,
    reason: 'AlreadyExists',
    message: 'configmaps "refused" already exists',
  },
  {
    title: 'a namespace that is not there',
    method: 'POST',
    path: '/api/v1/namespaces/no-such-namespace/configmaps',
    body: map('x'),
    ...gone,
    message: 'namespaces "no-such-namespace" not found',
  },
  {
    title: 'a dry run of another sort',
    method: 'DELETE',
    path: `${one}?dryRun=foo`,
    ...invalid,
    message:
      'DeleteOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["foo"]: supported values: "All"',
    causes: [{ field: 'dryRun', reason: 'FieldValueNotSupported' }],
  },
  {
    title: 'a delete of another object of that name',
    method: 'DELETE',
    path: one,
    body: '{"preconditions":{"uid":"x"}}',
    code: 409,
    reason: 'Conflict',
    message:
      /^Operation cannot be fulfilled on ConfigMap "refused": the UID in the precondition \(x\) does not match the UID in record \([0-9a-f-]{36}\)\. The object might have been deleted and then recreated$/,
  },
]

const patches: readonly Case[] = [
  {
    title: 'a patch of no known form',
    method: 'PATCH',
    path: one,
    body: '{}',
    code: 415,
    reason: 'UnsupportedMediaType',
    message: '415: Unsupported Media Type',
  },
  {
    title: 'a merge patch on an older version',
    method: 'PATCH',
    path: one,
    type: 'application/merge-patch+json',
    body: '{"metadata":{"resourceVersion":"1"}}',
    code: 409,
    reason: 'Conflict',
    message:
      'Operation cannot be fulfilled on configmaps "refused": the object has been modified; please apply your changes to the latest version and try again',
  },
  {
    title: 'a JSON patch of what is not there',
    method: 'PATCH',
    path: one,
    type: 'application/json-patch+json',
    body: '[{"op":"remove","path":"/data/nope"}]',
    ...rejected,
  },
  {
    title: 'a JSON patch whose test fails',
    method: 'PATCH',
    path: one,
    type: 'application/json-patch+json',
    body: '[{"op":"test","path":"/data/a","value":"9"}]',
    ...rejected,
  },
  {
    title: 'a JSON patch that is no list',
    method: 'PATCH',
    path: one,
    type: 'application/json-patch+json',
    body: '{}',
    ...bad,
    message: /^error decoding patch: json: cannot unmarshal object into Go value of type /,
  },
  {
    title: 'an apply by nobody',
    method: 'PATCH',
    path: one,
    type: 'application/apply-patch+yaml',
    body: map('refused'),
    ...invalid,
    message:
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    causes: [{ field: 'fieldManager', reason: 'FieldValueRequired' }],
  },
]

const beyond: readonly Case[] = [
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
    title: 'a log of so many lines that it is no number',
    path: `${pod}/log?container=main&tailLines=abc`,
    ...bad,
    message: 'strconv.ParseInt: parsing "abc": invalid syntax',
  },
  {
    title: 'a command in one of several containers',
    path: `${pod}/exec?command=ls`,
    ...bad,
    message: 'a container name must be specified for pod refused, choose one of: [main side]',
  },
  {
    title: 'a port-forward without an upgrade',
    path: `${pod}/portforward`,
    ...bad,
    message: 'Upgrade request required',
  },
  {
    title: 'a Service with nothing behind it',
    path: `${service}:80/proxy/`,
    code: 503,
    reason: 'ServiceUnavailable',
    message: 'no endpoints available for service "refused"',
  },
  {
    title: 'a port that a Service does not have',
    path: `${service}:81/proxy/`,
    code: 503,
    reason: 'ServiceUnavailable',
    message: 'no service port 81 found for service "refused"',
  },
  {
    title: 'a port’s name that a Service does not have',
    path: `${service}:web/proxy/`,
    code: 503,
    reason: 'ServiceUnavailable',
    message: 'no endpoints available for service "refused"',
  },
  {
    title: 'a review of nothing',
    method: 'POST',
    path: reviews,
    body: '{"spec":{}}',
    ...invalid,
    message:
      '.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
    causes: [{ field: 'spec.resourceAttributes', reason: 'FieldValueInvalid' }],
  },
]

export function describeRefusals(makeBed: () => Promise<KubernetesBed>): void {
  let bed: KubernetesBed
  let cluster: Cluster

  beforeAll(async () => {
    bed = await makeBed()
    cluster = await bed.connect()
    const metadata = { name: 'refused', namespace: bed.namespace }
    const containers = ['main', 'side'].map((name) => ({ name, image: 'none' }))
    const head = { apiVersion: 'v1', metadata }
    await cluster.apply(CONFIG_MAPS, { ...head, kind: 'ConfigMap', data: { a: '1' } }, never)
    await cluster.apply(pods, { ...head, kind: 'Pod', spec: { containers } }, never)
    const spec = { selector: { nobody: 'here' }, ports: [{ port: 80 }] }
    await cluster.apply(services, { ...head, kind: 'Service', spec }, never)
  })
  afterAll(async () => {
    for (const resource of [CONFIG_MAPS, pods, services]) {
      const ref = { group: '', kind: resource.kind, namespace: bed.namespace, name: 'refused' }
      await cluster?.delete(resource, ref, never)
    }
    await cluster?.close()
    await bed?.close()
  })

  const check = async ({ method = 'GET', path, body, type, code, reason, message, causes }: Case) => {
    const answer = await bed.ask(method, path.replace('{ns}', bed.namespace), body, type)
    expect(answer.body).toMatchObject({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code,
      ...(reason && { reason }),
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      ...(causes && { details: { causes } }),
    })
    expect(answer.status).toBe(code)
  }

  describe('paths', () => void it.each(paths)('$title', check))
  describe('lists', () => void it.each(lists)('$title', check))
  describe('writes', () => void it.each(writes)('$title', check))
  describe('patches', () => void it.each(patches)('$title', check))
  describe('what lies beyond', () => void it.each(beyond)('$title', check))
}
