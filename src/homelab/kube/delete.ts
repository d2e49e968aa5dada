// DELETE of one object or of a selection, and eviction: with grace, finalizers and what hangs on the object.
import { stamp } from '#homelab/store.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import { parseBody } from './body.ts'
import { type Answer, jsonAnswer, type KindCall, success } from './call.ts'
import { conflict, methodNotAllowed } from './errors.ts'
import { readObject } from './get.ts'
import { at, type Fields, numberAt, textAt } from './json.ts'
import { listMeta, readPage } from './list.ts'
import { apiVersion, itemText } from './wire.ts'
import { finalizers, isDryRun, objectAnswer } from './write.ts'

/** The options of a delete come in its body or its query; the body goes first. */
function optionOf(call: KindCall, body: Fields, name: string): string | undefined {
  const value = body[name] ?? call.params.get(name) ?? undefined
  return value === undefined ? undefined : String(value)
}

export function deleteAnswer(call: KindCall): Answer {
  const body = parseBody(call)
  const object = readObject(call)
  const { uid, resourceVersion, name } = object.metadata
  const { group, plural, kind } = call.served.resource
  for (const [field, word, value, what] of [
    ['uid', 'UID', uid, 'deleted and then recreated'],
    ['resourceVersion', 'ResourceVersion', resourceVersion, 'modified'],
  ] as const) {
    const asked = at(body, 'preconditions', field)
    if (asked === undefined || asked === value) continue
    const why = `the ${word} in the precondition (${asked}) does not match the ${word} in record (${value}). The object might have been ${what}`
    // Here, unlike elsewhere, it is the kind that is named.
    throw conflict({ ...call.served.resource, plural: kind }, name, why)
  }
  const left = deleteObject(call, object, body)
  if (left) return objectAnswer(call, left)
  return jsonAnswer(success({ name, ...(group && { group }), kind: plural, uid }))
}

export function deleteCollection(call: KindCall): Answer {
  const body = parseBody(call)
  const page = readPage(call)
  for (const object of page.items) deleteObject(call, object, body)
  const { served } = call
  return jsonAnswer(
    `{"kind":"${served.resource.kind}List","apiVersion":"${apiVersion(served)}","metadata":${JSON.stringify(listMeta(page))},"items":[${page.items.map((object) => itemText(served, object)).join(',')}]}\n`,
  )
}

export function evictAnswer(call: KindCall): Answer {
  const body = parseBody(call)
  const options = at(body, 'deleteOptions')
  const dry = at(options, 'dryRun') !== undefined
  if (!dry) deleteObject(call, readObject(call), {})
  return jsonAnswer({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }, 201)
}

/** The object as it stays for now (with a deletionTimestamp); undefined where it is gone. */
function deleteObject(call: KindCall, object: KubeObject, body: Fields): KubeObject | undefined {
  const { stored } = call.served
  if (!stored) throw methodNotAllowed()
  const propagation = optionOf(call, body, 'propagationPolicy') ?? 'Background'
  if (isDryRun(call) || (Array.isArray(body.dryRun) && body.dryRun.includes('All'))) return undefined
  const { store, clock } = call.api.world
  const { namespace, name, uid } = object.metadata
  const asked = optionOf(call, body, 'gracePeriodSeconds')
  const own = at(object, 'spec', 'terminationGracePeriodSeconds')
  const usual =
    stored.kind === 'Pod' && textAt(object, 'spec', 'nodeName') ? numberAt({ own: own ?? 30 }, 'own') : 0
  const grace = asked === undefined ? usual : Number(asked)
  const remove = () => {
    if (store.get(stored, namespace, name)?.metadata.uid !== uid) return
    store.remove(stored, namespace, name)
  }
  if (propagation === 'Orphan') releaseDependents(call, object)
  else for (const [resource, dependent] of dependentsOf(call, object)) cascade(call, resource, dependent)
  if (stored.kind === 'Namespace') emptyNamespace(call, name)
  const waits = finalizers(object).length > 0
  if (!waits && grace === 0) {
    remove()
    return undefined
  }
  if (object.metadata.deletionTimestamp !== undefined) return object
  const marked = store.put(stored, {
    ...object,
    metadata: {
      ...object.metadata,
      deletionTimestamp: stamp(clock.now() + grace * 1000),
      deletionGracePeriodSeconds: grace,
    },
  })
  // The kubelet is done sooner; the grace is the latest that it may be.
  if (!waits) clock.schedule(clock.now() + grace * 1000, remove)
  return marked
}

/** The objects that name this one as an owner. */
function* dependentsOf(call: KindCall, owner: KubeObject): Generator<readonly [Resource, KubeObject]> {
  const { store } = call.api.world
  const { uid, namespace } = owner.metadata
  for (const resource of store.resources) {
    for (const object of store.list(resource, resource.namespaced ? namespace : undefined)) {
      if (object.metadata.ownerReferences?.some((reference) => reference.uid === uid))
        yield [resource, object]
    }
  }
}

/** What the garbage collector does: dependents go as the owner went. */
function cascade(call: KindCall, resource: Resource, object: KubeObject): void {
  deleteObject({ ...call, served: { ...call.served, resource, stored: resource } }, object, {})
}

function releaseDependents(call: KindCall, owner: KubeObject): void {
  for (const [resource, object] of [...dependentsOf(call, owner)]) {
    const ownerReferences = (object.metadata.ownerReferences ?? []).filter(
      (reference) => reference.uid !== owner.metadata.uid,
    )
    call.api.world.store.put(resource, { ...object, metadata: { ...object.metadata, ownerReferences } })
  }
}

function emptyNamespace(call: KindCall, namespace: string): void {
  const { store } = call.api.world
  for (const resource of store.resources) {
    if (!resource.namespaced) continue
    for (const object of [...store.list(resource, namespace)])
      store.remove(resource, namespace, object.metadata.name)
  }
}
