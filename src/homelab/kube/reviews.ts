// What a user may ask about themselves: SelfSubjectAccessReview, SelfSubjectRulesReview, SelfSubjectReview.

import { parseBody } from './body.ts'
import { type Answer, jsonAnswer, type KindCall } from './call.ts'
import { badRequest } from './errors.ts'
import { invalid, invalidValue } from './invalid.ts'
import { type Fields, fieldsAt, textAt } from './json.ts'
import type { Registry } from './registry.ts'
import { allows, type Rule, type User } from './roles.ts'

/** Answers 201 with the review and its status. */
export function reviewAnswer(call: KindCall): Answer {
  const body = parseBody(call)
  const { kind, group, version } = call.served.resource
  const head = { kind, apiVersion: `${group}/${version}`, metadata: {} }
  const spec = fieldsAt(body, 'spec')
  if (kind === 'SelfSubjectReview') {
    const { name: username, groups } = call.user
    return jsonAnswer({ ...head, status: { userInfo: { username, groups } } }, 201)
  }
  if (kind === 'SelfSubjectAccessReview') {
    checkAttributes(call, spec)
    return jsonAnswer({ ...head, spec, status: accessOf(call.user, spec) }, 201)
  }
  const namespace = textAt(spec, 'namespace')
  if (namespace === '') throw badRequest('no namespace on request')
  // The question is not repeated.
  return jsonAnswer({ ...head, spec: {}, status: rulesOf(call.user, namespace, call.api.registry) }, 201)
}

function checkAttributes({ served: { resource } }: KindCall, spec: Fields): void {
  if ((spec.resourceAttributes === undefined) !== (spec.nonResourceAttributes === undefined)) return
  const why = 'exactly one of nonResourceAttributes or resourceAttributes must be specified'
  const cause = invalidValue('spec.resourceAttributes', spec.resourceAttributes ?? null, why)
  throw invalid({ kind: '', group: resource.group }, '', [cause])
}

function accessOf(user: User, spec: Fields): Fields {
  const path = textAt(spec, 'nonResourceAttributes', 'path')
  if (path) return answerOf(user, path !== '/metrics' || user.role.onlyNamespace === undefined)
  const plain = textAt(spec, 'resourceAttributes', 'resource')
  const subresource = textAt(spec, 'resourceAttributes', 'subresource')
  const allowed = allows(user.role, {
    verb: textAt(spec, 'resourceAttributes', 'verb'),
    group: textAt(spec, 'resourceAttributes', 'group'),
    resource: subresource ? `${plain}/${subresource}` : plain,
    namespace: textAt(spec, 'resourceAttributes', 'namespace') || undefined,
  })
  return answerOf(user, allowed)
}

/** Who is in system:masters is allowed before RBAC is asked. */
function answerOf({ role, name, groups }: User, allowed: boolean): Fields {
  if (!allowed || groups.includes('system:masters')) return { allowed }
  const binding =
    role.onlyNamespace === undefined
      ? `ClusterRoleBinding "${role.name}" of ClusterRole "${role.name}"`
      : `RoleBinding "${role.name}/${role.onlyNamespace}" of ClusterRole "cluster-admin"`
  return { allowed, reason: `RBAC: allowed by ${binding} to User "${name}"` }
}

function rulesOf(user: User, namespace: string, registry: Registry): Fields {
  return {
    resourceRules: resourceRules(user, namespace, registry),
    nonResourceRules: [
      {
        verbs: ['get'],
        nonResourceURLs: [
          '/api',
          '/api/*',
          '/apis',
          '/apis/*',
          '/healthz',
          '/livez',
          '/openapi',
          '/openapi/*',
          '/readyz',
          '/version',
          '/version/',
        ],
      },
    ],
    incomplete: false,
  }
}

/** RBAC has no way to take away: a narrowed role names all that is left. */
function resourceRules(user: User, namespace: string, registry: Registry): readonly Rule[] {
  const { role } = user
  const own: Rule = {
    verbs: ['create'],
    apiGroups: ['authorization.k8s.io', 'authentication.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'selfsubjectreviews'],
  }
  if (role.onlyNamespace !== undefined && role.onlyNamespace !== namespace) return [own]
  if (role.denied.length === 0) return [own, { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }]
  const groups = Map.groupBy(registry.all(), ({ resource }) => resource.group)
  return [
    own,
    ...[...groups].map(([group, served]): Rule => {
      const names = served.flatMap(({ resource, subresources }) => [
        resource.plural,
        ...subresources.map((subresource) => `${resource.plural}/${subresource}`),
      ])
      const allowed = names.filter((resource) => allows(role, { verb: '*', group, resource, namespace }))
      return {
        verbs: ['*'],
        apiGroups: [group],
        resources: allowed.length === names.length ? ['*'] : allowed,
      }
    }),
  ]
}
