// What an object may not say, whatever its types: names, sizes, numbers, fields that may not change, and what the
// schema of a custom kind forbids.
import { isDeepStrictEqual } from 'node:util'
import type { KubeObject } from '#model/kube.ts'
import type { KindCall } from './call.ts'
import { invalid, invalidValue, required, tooLong } from './invalid.ts'
import { at, fieldsAt, listAt } from './json.ts'
import { schemaCauses } from './schema.ts'
import { CONFIG_KEY, SUBDOMAIN } from './syntax.ts'

type Cause = Parameters<typeof invalid>[2][number]

/** All values of a ConfigMap or a Secret together. */
const MOST_DATA = 1024 * 1024

/** RBAC's own kinds may have colons in their names. */
const FREE_NAMES = new Set(['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'])

/** Throws 422 with a cause for each field. */
export function validate(call: KindCall, live: KubeObject | undefined, object: KubeObject): void {
  const { resource, schema } = call.served
  const causes = [
    ...(live ? [] : nameCauses(object)),
    ...dataCauses(object),
    ...workloadCauses(live, object),
    ...(schema ? schemaCauses(object, schema) : []),
  ]
  if (causes.length > 0) throw invalid(resource, object.metadata.name, causes)
}

function nameCauses({ kind, metadata: { name } }: KubeObject): readonly Cause[] {
  if (name === '') return [required('metadata.name', 'name or generateName is required')]
  if (FREE_NAMES.has(kind) || (SUBDOMAIN.pattern.test(name) && name.length <= 253)) return []
  return [invalidValue('metadata.name', name, SUBDOMAIN.words)]
}

function dataCauses(object: KubeObject): readonly Cause[] {
  if (object.kind !== 'ConfigMap' && object.kind !== 'Secret') return []
  const values = [
    ...Object.values(fieldsAt(object, 'data')),
    ...Object.values(fieldsAt(object, 'binaryData')),
  ]
  const size = values.reduce<number>((sum, value) => sum + Buffer.byteLength(String(value)), 0)
  const keys = Object.keys(fieldsAt(object, 'data'))
  const wrong = keys.filter((key) => !CONFIG_KEY.pattern.test(key))
  if (wrong.length > 0) return wrong.map((key) => invalidValue(`data[${key}]`, key, CONFIG_KEY.words))
  return size > MOST_DATA ? [tooLong(object.kind === 'ConfigMap' ? '[]' : 'data', MOST_DATA)] : []
}

function workloadCauses(live: KubeObject | undefined, object: KubeObject): readonly Cause[] {
  if (!object.apiVersion.startsWith('apps/')) return []
  const replicas = at(object, 'spec', 'replicas')
  const selector = at(object, 'spec', 'selector')
  const moved = live !== undefined && !isDeepStrictEqual(selector, at(live, 'spec', 'selector'))
  const nameless = listAt(object, 'spec', 'template', 'spec', 'containers').flatMap((container, index) =>
    container.name ? [] : [required(`spec.template.spec.containers[${index}].name`)],
  )
  return [
    ...(typeof replicas === 'number' && replicas < 0
      ? [invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0')]
      : []),
    ...nameless,
    ...(moved ? [invalidValue('spec.selector', selector, 'field is immutable')] : []),
  ]
}
