// DELETE of one object or of a selection, and eviction: with grace, finalizers and what hangs on the object.
import { stamp } from '#homelab/store.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import { parseBody } from './body.ts'
import { checkBudgets } from './budgets.ts'
import { type Answer, jsonAnswer, type KindCall, success } from './call.ts'
import { conflict, methodNotAllowed } from './errors.ts'
import { readObject } from './get.ts'
import { at, type Fields, numberAt, textAt } from './json.ts'
import { listMeta, readPage } from './list.ts'
import { apiVersion, itemText } from './wire.ts'
import { finalizers, objectAnswer } from './write.ts'
import { deleteOptions, isDryRun } from './write-options.ts'

/** Kinds whose delete answers with the object, also where it is gone at once. */
const TELLS_OBJECT = new Set(['Pod', 'Service'])

export function deleteAnswer(call: KindCall): Answer {
  const body = parseBody(call)
  const options = deleteOptions(call, body)
  const object = readObject(call)
  checkPreconditions(call, object, body)
  const left = deleteObject(call, object, options)
  if (left) return objectAnswer(call, left)
  if (TELLS_OBJECT.has(object.kind)) return objectAnswer(call, object)
  const { group, plural } = call.served.resource
  const { name, uid } = object.metadata
  return jsonAnswer(success({ name, ...(group && { group }), kind: plural, uid }))
}

function checkPreconditions(call: KindCall, { metadata }: KubeObject, body: Fields): void {
  for (const [field, name, hint] of [
    ['uid', 'UID', 'The object might have been deleted and then recreated'],
    ['resourceVersion', 'ResourceVersion', 'The object might have been modified'],
  ] as const) {
    const asked = at(body, 'preconditions', field)
    if (asked === undefined || asked === metadata[field]) continue
    const { group, kind } = call.served.resource
    throw conflict(
      { group, plural: kind },
      metadata.name,
      `the ${name} in the precondition (${asked}) does not match the ${name} in record (${metadata[field]}). ${hint}`,
    )
  }
}

export function deleteCollection(call: KindCall): Answer {
  const body = parseBody(call)
  const options = deleteOptions(call, body)
  const page = readPage(call)
  for (const object of page.items) deleteObject(call, object, options)
  const { served } = call
  return jsonAnswer(
    `{"kind":"${served.resource.kind}List","apiVersion":"${apiVersion(served)}","metadata":${JSON.stringify(listMeta(page))},"items":[${page.items.map((object) => itemText(served, object)).join(',')}]}\n`,
  )
}

export function evictAnswer(call: KindCall): Answer {
  const body = parseBody(call)
  const dryRun = at(body, 'deleteOptions', 'dryRun') !== undefined || isDryRun(call)
  const pod = readObject(call)
  checkBudgets(call.api.world.store, pod)
  deleteObject(call, pod, { ...PLAIN, dryRun })
  return jsonAnswer({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }, 201)
}

type Options = ReturnType<typeof deleteOptions>

const PLAIN: Options = { propagation: 'Background', dryRun: false }

/** The object as it stays for now (with a deletionTimestamp); undefined where it is gone. */
function deleteObject(call: KindCall, object: KubeObject, options: Options): KubeObject | undefined {
  const { stored } = call.served
  if (!stored) throw methodNotAllowed()
  if (options.dryRun) return undefined
  const { store, clock } = call.api.world
  const { namespace, name, uid } = object.metadata
  const own = at(object, 'spec', 'terminationGracePeriodSeconds')
  const usual =
    stored.kind === 'Pod' && textAt(object, 'spec', 'nodeName') ? numberAt({ own: own ?? 30 }, 'own') : 0
  const grace = options.grace ?? usual
  const remove = () => {
    if (store.get(stored, namespace, name)?.metadata.uid !== uid) return
    store.remove(stored, namespace, name)
  }
  if (options.propagation === 'Orphan') releaseDependents(call, object)
  else for (const [resource, dependent] of dependentsOf(call, object)) cascade(call, resource, dependent)
  if (stored.kind === 'Namespace') emptyNamespace(call, name)
  if (stored.kind === 'CustomResourceDefinition')
    store.unregister(textAt(object, 'spec', 'group'), textAt(object, 'spec', 'names', 'plural'))
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
  deleteObject({ ...call, served: { ...call.served, resource, stored: resource } }, object, PLAIN)
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
