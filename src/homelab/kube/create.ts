// POST of a new object, PUT of a whole one.

import { randomBytes } from 'node:crypto'
import { stamp } from '#homelab/store.ts'
import type { KubeObject } from '#model/kube.ts'
import { parseObject } from './body.ts'
import type { Answer, KindCall } from './call.ts'
import { alreadyExists, methodNotAllowed } from './errors.ts'
import { readObject } from './get.ts'
import { textAt } from './json.ts'
import { asObject, checkNew, checkVersion, commit, objectAnswer, settle } from './write.ts'

export function createAnswer(call: KindCall): Answer {
  const { resource } = call.served
  const { name, namespace } = call.target
  if (name !== undefined || (resource.namespaced && namespace === undefined)) throw methodNotAllowed()
  const wanted = generated(asObject(call, parseObject(call, resource.kind)))
  return objectAnswer(call, createObject(call, wanted), 201)
}

/** Stores a new object; throws 409 where there is one of that name. */
export function createObject(
  call: KindCall,
  wanted: KubeObject,
  owners?: Parameters<typeof commit>[3],
): KubeObject {
  const { served, api } = call
  checkNew(call, wanted)
  const { namespace, name } = wanted.metadata
  if (served.get(namespace, name)) throw alreadyExists(served.resource, name)
  const settled = settle(call, undefined, begun(wanted))
  const now = stamp(api.world.clock.now())
  return commit(
    call,
    undefined,
    { ...settled, metadata: { ...settled.metadata, creationTimestamp: now } },
    owners,
  )
}

/** `generateName` and five characters, where there is no name. */
function generated(object: KubeObject): KubeObject {
  const prefix = textAt(object, 'metadata', 'generateName')
  if (object.metadata.name !== '' || prefix === '') return object
  return {
    ...object,
    metadata: { ...object.metadata, name: `${prefix}${randomBytes(3).toString('hex').slice(0, 5)}` },
  }
}

/** What the server gives a new object of these kinds at once. */
function begun(object: KubeObject): KubeObject {
  if (object.kind === 'Namespace') return { ...object, status: { phase: 'Active' } }
  if (object.kind === 'Pod') return { ...object, status: { phase: 'Pending', qosClass: 'BestEffort' } }
  if (object.kind !== 'CustomResourceDefinition') return object
  const names =
    object.spec && textAt(object, 'spec', 'names', 'kind')
      ? { acceptedNames: (object.spec as { names?: unknown }).names }
      : {}
  const conditions = ['NamesAccepted', 'Established'].map((type) => ({ type, status: 'True', reason: type }))
  return { ...object, status: { conditions, ...names } }
}

export function updateAnswer(call: KindCall): Answer {
  if (call.target.name === undefined) throw methodNotAllowed()
  const live = readObject(call)
  const wanted = asObject(call, parseObject(call, call.served.resource.kind))
  checkVersion(call, live, wanted.metadata.resourceVersion)
  return objectAnswer(call, commit(call, live, settle(call, live, wanted)))
}
