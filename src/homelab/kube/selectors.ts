// Label and field selectors: parsed from their text once, then asked of every object.
import type { KubeObject, Resource } from '#model/kube.ts'
import { badRequest } from './errors.ts'
import { at } from './json.ts'

export type Test = (object: KubeObject) => boolean

type LabelTest = (labels: Readonly<Record<string, string>>) => boolean

const ITEM =
  /^\s*(?:(!)\s*([\w./-]+)|([\w./-]+)\s*(?:(==|=|!=)\s*([\w.-]*)|\s(notin|in)\s*\(([^()]*)\))?)\s*(?:,|$)/

/** As much of a requirement as can be read: what follows is what it fails at. */
const BEGINNING = /^\s*(?:!|[\w./-]+\s*(?:==|=|!=|\s(?:notin|in)\s*\()?)?\s*/

/** `a=b,c!=d,e in (f,g),h notin (i),j,!k`. Throws 400 with the API server's words where it cannot be read. */
function labelTest(selector: string): Test | undefined {
  if (selector.trim() === '') return undefined
  const tests: LabelTest[] = []
  let rest = selector
  while (rest !== '') {
    const match = ITEM.exec(rest)
    if (!match) throw unreadable(rest)
    tests.push(requirement(match))
    rest = rest.slice(match[0].length)
  }
  return (object) => {
    const labels = object.metadata.labels ?? {}
    return tests.every((test) => test(labels))
  }
}

function unreadable(rest: string): Error {
  const left = rest.replace(BEGINNING, '')
  const found = /^(?:==|!=|[^\s\w]|[\w./-]+)/.exec(left)?.[0] ?? ''
  return badRequest(`unable to parse requirement: found '${found}', expected: identifier`)
}

function requirement(match: RegExpExecArray): LabelTest {
  const [, , absent, key = '', op, value = '', set, members = ''] = match
  if (absent !== undefined) return (labels) => labels[absent] === undefined
  if (op === '!=') return (labels) => labels[key] !== value
  if (op !== undefined) return (labels) => labels[key] === value
  if (set === undefined) return (labels) => labels[key] !== undefined
  const values = new Set(members.split(',').map((member) => member.trim()))
  const isIn: LabelTest = (labels) => labels[key] !== undefined && values.has(labels[key])
  return set === 'in' ? isIn : (labels) => !isIn(labels)
}

const META: Readonly<Record<string, readonly string[]>> = {
  'metadata.name': ['metadata', 'name'],
  'metadata.namespace': ['metadata', 'namespace'],
}

const paths = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, name.split('.')]))

/** What each kind can be selected by beside its name; other fields are refused. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
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
  Event: {
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
    'regarding.kind': ['regarding', 'kind'],
    'regarding.namespace': ['regarding', 'namespace'],
    'regarding.name': ['regarding', 'name'],
    'regarding.uid': ['regarding', 'uid'],
    reportingController: ['reportingController'],
  },
  Node: paths('spec.unschedulable'),
  Namespace: paths('status.phase'),
  Secret: paths('type'),
  Job: paths('status.successful'),
  ReplicaSet: paths('status.replicas'),
}

/** `status.phase=Running,spec.nodeName!=a`. */
function fieldTest(resource: Resource, selector: string): Test | undefined {
  if (selector.trim() === '') return undefined
  const tests = selector.split(',').map((item): Test => {
    const match = /^\s*([^=!\s]+)\s*(==|=|!=)\s*(.*?)\s*$/.exec(item)
    if (!match) throw badRequest(`invalid selector: '${item}'; can't understand '${item}'`)
    const [, key = '', op, value = ''] = match
    const own = FIELDS[resource.kind]
    const path = META[key] ?? own?.[key]
    if (!path) {
      throw badRequest(
        own
          ? `field label not supported: ${key}`
          : `"${key}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
      )
    }
    const wanted = op !== '!='
    return (object) => (String(at(object, ...path) ?? missing(key)) === value) === wanted
  })
  return (object) => tests.every((test) => test(object))
}

/** An unset boolean compares as `false`, any other unset field as empty. */
const missing = (key: string) => (key === 'spec.unschedulable' || key === 'spec.hostNetwork' ? 'false' : '')

/** Both selectors of a request as one test; undefined where everything passes. */
export function selectorTest(resource: Resource, params: URLSearchParams): Test | undefined {
  const labels = labelTest(params.get('labelSelector') ?? '')
  const fields = fieldTest(resource, params.get('fieldSelector') ?? '')
  if (!labels) return fields
  if (!fields) return labels
  return (object) => labels(object) && fields(object)
}
