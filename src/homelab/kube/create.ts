// POST of a new object, PUT of a whole one.

import { randomBytes } from 'node:crypto'
import { stamp } from '#homelab/store.ts'
import type { KubeObject } from '#model/kube.ts'
import { parseWhole } from './body.ts'
import type { Answer, KindCall } from './call.ts'
import { alreadyExists, methodNotAllowed } from './errors.ts'
import { readObject } from './get.ts'
import { type Fields, textAt } from './json.ts'
import { checkSent } from './types.ts'
import {
  asObject,
  checkIdentity,
  checkNamespace,
  checkVersion,
  commit,
  objectAnswer,
  settle,
} from './write.ts'
import { checkWriteOptions } from './write-options.ts'

export function createAnswer(call: KindCall): Answer {
  const { name, namespace } = call.target
  const nowhere = call.served.resource.namespaced && namespace === undefined
  if (name !== undefined || nowhere) throw methodNotAllowed()
  checkWriteOptions(call, 'CreateOptions')
  const wanted = generated(asObject(call, parseSent(call)))
  return objectAnswer(call, createObject(call, wanted), 201)
}

/** Stores a new object; throws 409 where there is one of that name. */
export function createObject(
  call: KindCall,
  wanted: KubeObject,
  owners?: Parameters<typeof commit>[3],
): KubeObject {
  const { served, api } = call
  checkNamespace(call, wanted)
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

/** A whole object of this kind; an empty body is none. */
function parseSent(call: KindCall): Fields {
  const body = parseWhole(call)
  checkSent(call, body)
  return body
}

export function updateAnswer(call: KindCall): Answer {
  checkWriteOptions(call, 'UpdateOptions')
  const live = readObject(call)
  const wanted = asObject(call, parseSent(call))
  checkIdentity(call, live, wanted.metadata.uid)
  checkVersion(call, live, wanted.metadata.resourceVersion)
  return objectAnswer(call, commit(call, live, settle(call, live, wanted)))
}
