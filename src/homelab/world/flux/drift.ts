// What a Kustomization takes back: fields that it once applied and that somebody else has changed since. Fields that
// it never said are nobody's business but theirs.
import { managedFields, type Owner, ownersOf } from '#homelab/kube/ownership.ts'
import type { ObjectStore } from '#homelab/store.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import type { FluxObject } from './objects.ts'

const manager = 'kustomize-controller'
const own = (owner: Owner) => owner.manager === manager && owner.subresource === ''
const foreign = (owner: Owner) => owner.manager !== manager && owner.subresource === ''

/** Puts back what the Kustomization applied; gives what changed, as kustomize-controller names it. */
export function takeBack(store: ObjectStore, kustomization: FluxObject): string[] {
  const kinds = new Map(store.resources.map((resource) => [`${resource.group}_${resource.kind}`, resource]))
  return (kustomization.status?.inventory?.entries ?? []).flatMap(({ id }) => {
    const [, namespace = '', name = '', kind = ''] = /^([^_]*)_(.*)_([^_]*_[^_]*)$/.exec(id) ?? []
    const resource = kinds.get(kind)
    const plain = name.replaceAll('__', ':')
    const object = resource && store.get(resource, namespace || undefined, plain)
    if (!resource || !object || !ownersOf(object).some(foreign)) return []
    const restored = restore(store, resource, object)
    if (restored === undefined) return []
    store.put(resource, restored)
    return [`${resource.kind}/${namespace ? `${namespace}/` : ''}${plain} configured`]
  })
}

function restore(store: ObjectStore, resource: Resource, object: KubeObject): KubeObject | undefined {
  const versions = versionsOf(store, resource, object)
  const taken = ownersOf(object)
    .filter(foreign)
    .flatMap(({ paths }) => [...paths])
  const restored = new Map<string, unknown>()
  for (const path of taken) {
    const declared = versions.findLast(
      (version) => !ownersOf(version).some((one) => foreign(one) && one.paths.has(path)),
    )
    const said = declared && ownersOf(declared).find(own)
    const field = said && [...said.paths].find((one) => one === path || path.startsWith(`${one}\n`))
    if (field === undefined) continue
    const value = valueAt(declared, field)
    if (JSON.stringify(value) !== JSON.stringify(valueAt(object, field))) restored.set(field, value)
  }
  if (restored.size === 0) return undefined
  const owners = ownersOf(object).map((owner) => ({
    ...owner,
    paths: own(owner)
      ? new Set([...owner.paths, ...restored.keys()])
      : new Set([...owner.paths].filter((path) => !covers([...restored.keys()], path))),
  }))
  let result = object
  for (const [path, value] of restored) result = withValue(result, steps(path), value) as KubeObject
  const generation = ((object.metadata.generation as number | undefined) ?? 1) + 1
  const { metadata } = result
  return { ...result, metadata: { ...metadata, generation, managedFields: managedFields(owners) } }
}

const covers = (fields: readonly string[], path: string) =>
  fields.some((field) => path === field || path.startsWith(`${field}\n`))

function versionsOf(store: ObjectStore, resource: Resource, { metadata }: KubeObject): readonly KubeObject[] {
  for (const history of store.history(resource)) {
    if (history.name !== metadata.name || history.namespace !== metadata.namespace) continue
    return history.versions.flatMap(({ object }) => object ?? [])
  }
  return []
}

const steps = (path: string) => path.split('\n').map((step) => step.slice(2))

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const valueAt = (object: unknown, path: string): unknown =>
  steps(path).reduce<unknown>((here, step) => (isFields(here) ? here[step] : undefined), object)

function withValue(here: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value
  const fields = isFields(here) ? here : {}
  return { ...fields, [step]: withValue(fields[step], rest, value) }
}
