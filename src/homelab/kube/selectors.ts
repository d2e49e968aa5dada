// Label and field selectors: parsed from their text once, then asked of every object.
import type { KubeObject, Resource } from '#model/kube.ts'
import { badRequest } from './errors.ts'
import { at } from './json.ts'
import { parseLabelSelector } from './label-selector.ts'
import type { Served } from './registry.ts'

export type Test = (object: KubeObject) => boolean

/** Throws 400 with the API server's words where it cannot be read. */
function labelTest(selector: string): Test | undefined {
  const tests = parseLabelSelector(selector)
  if (tests.length === 0) return undefined
  return (object) => {
    const labels = object.metadata.labels ?? {}
    return tests.every((test) => test(labels))
  }
}

type Paths = Readonly<Record<string, readonly string[]>>

const META: Paths = {
  'metadata.name': ['metadata', 'name'],
  'metadata.namespace': ['metadata', 'namespace'],
}

const paths = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, name.split('.')]))

const CORE_EVENT = {
  ...paths(
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'type',
  ),
  source: ['source', 'component'],
}

const NEW_EVENT = paths(
  'regarding.kind',
  'regarding.namespace',
  'regarding.name',
  'regarding.uid',
  'regarding.apiVersion',
  'regarding.resourceVersion',
  'regarding.fieldPath',
  'reason',
  'reportingController',
  'type',
)

/** The kinds that can be selected by more than their name, or by less than the others. */
const FIELDS: Readonly<Record<string, Paths>> = {
  Pod: paths(
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ),
  Node: paths('spec.unschedulable'),
  Namespace: paths('status.phase'),
  ReplicationController: paths('status.replicas'),
  Secret: paths('type'),
  Service: paths('spec.clusterIP', 'spec.type'),
  Job: paths('status.successful'),
}

const CLUSTER_WIDE = new Set(['Node', 'Namespace'])

/** What a kind can be selected by. */
function selectable({ group, kind }: Resource): Paths {
  const own = kind === 'Event' ? (group === '' ? CORE_EVENT : NEW_EVENT) : FIELDS[kind]
  return CLUSTER_WIDE.has(kind) ? { 'metadata.name': ['metadata', 'name'], ...own } : { ...META, ...own }
}

/** `status.phase=Running,spec.nodeName!=a`. */
function fieldTest(served: Served, selector: string): Test | undefined {
  if (selector.trim() === '') return undefined
  const known = selectable(served.resource)
  const tests = selector.split(',').map((item): Test => {
    const match = /^\s*([^=!\s]+)\s*(==|=|!=)\s*(.*?)\s*$/.exec(item)
    if (!match) throw badRequest(`invalid selector: '${item}'; can't understand '${item}'`)
    const [, key = '', op, value = ''] = match
    const path = known[key]
    if (!path) throw unknownField(served, key)
    const wanted = op !== '!='
    return (object) => (String(at(object, ...path) ?? missing(key)) === value) === wanted
  })
  return (object) => tests.every((test) => test(object))
}

/** Kinds with fields of their own, and custom ones, say it in other words than the rest. */
function unknownField({ resource, custom }: Served, key: string) {
  if (custom || resource.kind === 'Event' || FIELDS[resource.kind])
    return badRequest(`field label not supported: ${key}`)
  return badRequest(
    `${JSON.stringify(key)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
  )
}

/** An unset boolean compares as `false`, any other unset field as empty. */
const missing = (key: string) => (key === 'spec.unschedulable' || key === 'spec.hostNetwork' ? 'false' : '')

/** Both selectors of a request as one test; undefined where everything passes. */
export function selectorTest(served: Served, params: URLSearchParams): Test | undefined {
  const labels = labelTest(params.get('labelSelector') ?? '')
  const fields = fieldTest(served, params.get('fieldSelector') ?? '')
  if (!labels) return fields
  if (!fields) return labels
  return (object) => labels(object) && fields(object)
}
