// Objects as text, made once for each version of an object and kept while it lives.
import type { KubeObject } from '#model/kube.ts'
import { perObject } from './per-object.ts'
import type { Served } from './registry.ts'

/** The object without kind and apiVersion, as JSON. */
const body = perObject(({ kind: _kind, apiVersion: _version, ...rest }: KubeObject) => JSON.stringify(rest))

export function apiVersion(served: Served): string {
  const { group, version } = served.resource
  return group ? `${group}/${version}` : version
}

/** One object by itself. */
export function objectText(served: Served, object: KubeObject): string {
  return `{"kind":"${served.resource.kind}","apiVersion":"${apiVersion(served)}",${body(object).slice(1)}`
}

/** One object in a list: built-in kinds do not repeat kind and apiVersion there, custom ones do. */
export function itemText(served: Served, object: KubeObject): string {
  return served.custom ? objectText(served, object) : body(object)
}
