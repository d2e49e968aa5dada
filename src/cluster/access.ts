// Whether we may: the rules of a namespace in one question where the server knows them all, else one question each.
// Answers are kept for a minute and asked for once, however many keys want to know.

import { callJson } from './api.ts'
import type { Access, AccessAnswer } from './cluster.ts'
import { type Fields, fields, items, text, texts } from './fields.ts'
import type { Transport } from './transport.ts'
import { untilAborted } from './until-aborted.ts'
import { oneLine } from './wire.ts'

const kept = 60_000

export type Can = (access: Access, signal: AbortSignal) => Promise<AccessAnswer>

export function accessReviewer(transport: Transport): Can {
  const rules = remember<Rules>()
  const single = remember<AccessAnswer>()
  return async (access, signal) => {
    const { namespace } = access
    if (namespace !== undefined) {
      const known = rules(namespace, (own) => askRules(transport, namespace, own))
      const { complete, rules: list } = await untilAborted(known, signal, transport.server)
      if (complete) return judge(list, access)
    }
    const answer = single(JSON.stringify(access), (own) => askSingle(transport, access, own))
    return untilAborted(answer, signal, transport.server)
  }
}

/** Keeps what was asked for a minute; a failure is not kept. The question outlives whoever asked it first. */
function remember<T>() {
  const memory = new Map<string, { readonly at: number; readonly answer: Promise<T> }>()
  const own = new AbortController().signal
  return (key: string, ask: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const known = memory.get(key)
    if (known && Date.now() - known.at < kept) return known.answer
    const answer = ask(own)
    memory.set(key, { at: Date.now(), answer })
    answer.catch(() => memory.delete(key))
    return answer
  }
}

interface Rules {
  /** False where an authorizer of the server cannot list its rules (webhooks, the node authorizer). */
  readonly complete: boolean
  readonly rules: readonly Fields[]
}

async function askRules(transport: Transport, namespace: string, signal: AbortSignal): Promise<Rules> {
  const status = await review(transport, 'SelfSubjectRulesReview', { namespace }, signal)
  return { complete: status.incomplete === false, rules: items(status.resourceRules).map(fields) }
}

async function askSingle(transport: Transport, access: Access, signal: AbortSignal): Promise<AccessAnswer> {
  const [resource, subresource] = access.resource.split('/')
  const { verb, group, namespace, name } = access
  const resourceAttributes = { verb, group, resource, subresource, namespace, name }
  const status = await review(transport, 'SelfSubjectAccessReview', { resourceAttributes }, signal)
  const allowed = status.allowed === true
  const reason = oneLine(text(status.reason) ?? '') || (allowed ? undefined : refusal(access))
  return reason === undefined ? { allowed } : { allowed, reason }
}

async function review(
  transport: Transport,
  kind: string,
  spec: object,
  signal: AbortSignal,
): Promise<Fields> {
  const path = `/apis/authorization.k8s.io/v1/${kind.toLowerCase()}s`
  const body = JSON.stringify({ apiVersion: 'authorization.k8s.io/v1', kind, spec })
  const headers = { 'content-type': 'application/json' }
  return fields(fields(await callJson(transport, { method: 'POST', path, headers, body }, signal)).status)
}

/** RBAC's own matching (pkg/apis/rbac/v1 EvaluationHelpers): `*`, exact, and `*` before a subresource. */
function judge(rules: readonly Fields[], access: Access): AccessAnswer {
  const allowed = rules.some(
    (rule) =>
      has(rule.verbs, access.verb) &&
      has(rule.apiGroups, access.group) &&
      hasResource(rule.resources, access.resource) &&
      hasName(rule.resourceNames, access.name),
  )
  return allowed ? { allowed } : { allowed, reason: refusal(access) }
}

function has(list: unknown, wanted: string): boolean {
  return items(list).some((one) => one === '*' || one === wanted)
}

function hasResource(list: unknown, wanted: string): boolean {
  const subresource = wanted.split('/')[1]
  return has(list, wanted) || (subresource !== undefined && texts(list).includes(`*/${subresource}`))
}

function hasName(list: unknown, wanted: string | undefined): boolean {
  const names = texts(list)
  return names.length === 0 || (wanted !== undefined && names.includes(wanted))
}

function refusal({ verb, resource, namespace }: Access): string {
  return `no role allows to ${verb} ${resource} ${namespace === undefined ? 'cluster-wide' : `in ${namespace}`}`
}
