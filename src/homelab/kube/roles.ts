// Who may call, and what each may do: users with narrowed rights, as data, in the form of RBAC rules.
import { forbiddenPath, forbiddenResource } from './forbidden.ts'
import type { Target } from './target.ts'

/** A PolicyRule of RBAC; `*` stands for all. */
export interface Rule {
  readonly verbs: readonly string[]
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
}

/** A role takes away from all rights: resources everywhere, or all but one namespace. */
export interface Role {
  readonly name: string
  /** `nodes`, `services/proxy`; a plain name takes its subresources with it. */
  readonly denied: readonly { readonly group: string; readonly resource: string }[]
  /** All rights end at this namespace. */
  readonly onlyNamespace?: string
}

export interface User {
  readonly name: string
  readonly groups: readonly string[]
  readonly role: Role
  /** Bearer token; the administrator has a certificate instead. */
  readonly token?: string
}

export const ADMIN: Role = { name: 'admin', denied: [] }

export const ROLES: readonly Role[] = [
  ADMIN,
  {
    name: 'no-nodes',
    denied: [
      { group: '', resource: 'nodes' },
      { group: 'metrics.k8s.io', resource: 'nodes' },
    ],
  },
  { name: 'no-proxy', denied: [{ group: '', resource: 'services/proxy' }] },
  { name: 'one-namespace', denied: [], onlyNamespace: 'shop' },
  { name: 'no-secrets', denied: [{ group: '', resource: 'secrets' }] },
]

/** What everyone who is known may ask about themselves, whatever the role. */
const REVIEW_GROUPS = ['authorization.k8s.io', 'authentication.k8s.io']

export interface Asked {
  readonly verb: string
  readonly group: string
  /** With the subresource: `pods/log`. */
  readonly resource: string
  readonly namespace?: string | undefined
}

export function allows(role: Role, asked: Asked): boolean {
  if (REVIEW_GROUPS.includes(asked.group) && asked.resource.startsWith('selfsubject')) return true
  if (role.onlyNamespace !== undefined && asked.namespace !== role.onlyNamespace) return false
  // To ask for everything is to ask for what is denied too.
  if (asked.group === '*' && role.denied.length > 0) return false
  return !role.denied.some(({ group, resource }) => {
    if (group !== asked.group) return false
    return asked.resource === '*' || asked.resource === resource || asked.resource.startsWith(`${resource}/`)
  })
}

/** Throws 403 with the API server's words where the user may not. */
export function authorize(user: User, target: Target): void {
  if (!target.isResource) {
    if (user.role.onlyNamespace !== undefined && target.path === '/metrics') {
      throw forbiddenPath(user.name, target.verb, target.path)
    }
    return
  }
  const resource = target.subresource ? `${target.plural}/${target.subresource}` : target.plural
  const asked = { verb: target.verb, group: target.group, resource, namespace: target.namespace }
  if (!allows(user.role, asked)) throw forbiddenResource(user.name, target)
}
