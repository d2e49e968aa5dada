// GET of one object.
import type { KubeObject } from '#model/kube.ts'
import type { Call, KindCall } from './call.ts'
import { noSuchResource, notFound } from './errors.ts'

/** The object that a call names; throws 404 with the API server's words. */
export function readObject(call: KindCall): KubeObject {
  const { served, target } = call
  const name = target.name ?? ''
  const found = served.get(served.resource.namespaced ? target.namespace : undefined, name)
  if (!found) throw notFound(served.resource, name)
  return found
}

/** The call with its kind; throws 404 where no such kind is served. */
export function kindOf(call: Call): KindCall {
  const { target, api } = call
  const served = api.registry.find(target.group, target.version, target.plural)
  if (!served) throw noSuchResource()
  const { subresource } = target
  const known = subresource === undefined || served.subresources.includes(subresource)
  if (!known) throw noSuchResource()
  return { ...call, served }
}
