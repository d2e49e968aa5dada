// The 403 bodies of RBAC, word for word as kube-apiserver writes them.
import { StatusError } from './errors.ts'
import type { Target } from './target.ts'

/** `pods is forbidden: User "ben" cannot list resource "pods" in API group "" at the cluster scope`. */
export function forbiddenResource(user: string, target: Target): StatusError {
  const { plural, group, name, subresource, namespace } = target
  const qualified = group ? `${plural}.${group}` : plural
  const subject = name ? `${qualified} "${name}"` : qualified
  const resource = subresource ? `${plural}/${subresource}` : plural
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope'
  return new StatusError(
    403,
    'Forbidden',
    `${subject} is forbidden: User "${user}" cannot ${target.verb} resource "${resource}" in API group "${group}" ${where}`,
    { ...(name && { name }), ...(group && { group }), kind: plural },
  )
}

/** `forbidden: User "ben" cannot get path "/metrics"`. */
export function forbiddenPath(user: string, verb: string, path: string): StatusError {
  return new StatusError(403, 'Forbidden', `forbidden: User "${user}" cannot ${verb} path "${path}"`, {})
}
