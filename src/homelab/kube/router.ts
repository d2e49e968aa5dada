// From a request to the handler that answers it.
import { type Answer, type Call, type KindCall, textAnswer } from './call.ts'
import { createAnswer, updateAnswer } from './create.ts'
import { deleteAnswer, deleteCollection, evictAnswer } from './delete.ts'
import { discoveryAnswer } from './discovery.ts'
import { badRequest, methodNotAllowed, noSuchResource } from './errors.ts'
import { kindOf, readObject } from './get.ts'
import { REVIEWS } from './kinds.ts'
import { logAnswer } from './logs.ts'
import { openapiAnswer } from './openapi.ts'
import { patchAnswer } from './patch.ts'
import { proxyAnswer } from './proxy.ts'
import { checkHost, containerOf } from './reach.ts'
import { getAnswer, listAnswer, watchKind } from './read.ts'
import { reviewAnswer } from './reviews.ts'
import { authorize } from './roles.ts'
import { readScale, writeScale } from './scale.ts'

type Handler = (call: KindCall) => Answer | Promise<Answer>

const VERBS: Readonly<Record<string, Handler>> = {
  list: listAnswer,
  watch: watchKind,
  get: getAnswer,
  create: createAnswer,
  update: updateAnswer,
  patch: patchAnswer,
  delete: deleteAnswer,
  deletecollection: deleteCollection,
}

/** By subresource and verb; a subresource of its own kind goes with the verbs above. */
const SUBRESOURCES: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  status: { get: getAnswer, update: updateAnswer, patch: patchAnswer },
  scale: { get: readScale, update: writeScale, patch: writeScale },
  log: { get: logAnswer },
  eviction: { create: evictAnswer },
  exec: { get: containerWithoutUpgrade, create: containerWithoutUpgrade },
  attach: { get: containerWithoutUpgrade, create: containerWithoutUpgrade },
  portforward: { get: withoutUpgrade, create: withoutUpgrade },
}

/** What becomes a websocket never comes here: this is a client that did not ask for one. */
function withoutUpgrade(call: KindCall): never {
  checkHost(readObject(call))
  throw badRequest('Upgrade request required')
}

function containerWithoutUpgrade(call: KindCall): never {
  containerOf(readObject(call), call.params.get('container') ?? '')
  withoutUpgrade(call)
}

/** What is about one object is no verb of the collection, and the other way round. */
const NAMED = new Set(['get', 'update', 'patch', 'delete'])

const pageNotFound = () => textAnswer('404 page not found\n', 404)

/** Throws StatusError for every answer that is a refusal. */
export async function route(call: Call): Promise<Answer> {
  authorize(call.user, call.target)
  const { isResource, group, version, verb, subresource, plural, path, name } = call.target
  if (!isResource) {
    if (/^\/apis?\//.test(path) && verb !== 'get') throw methodNotAllowed()
    return discoveryAnswer(call) ?? openapiAnswer(call) ?? pageNotFound()
  }
  if (!call.api.registry.has(group, version)) {
    if (call.api.registry.hasGroup(group)) throw noSuchResource()
    return pageNotFound()
  }
  if (plural === 'services' && subresource === 'proxy') return await proxyAnswer(kindOf(call))
  const kind = kindOf(call)
  if (REVIEWS.includes(kind.served.resource as (typeof REVIEWS)[number])) {
    if (verb !== 'create') throw methodNotAllowed()
    return reviewAnswer(kind)
  }
  const verbs = subresource === undefined ? VERBS : SUBRESOURCES[subresource]
  if (!verbs) throw noSuchResource()
  const handler = verbs[verb]
  const offered = subresource !== undefined || (kind.served.resource.verbs ?? []).includes(verb)
  if (!handler || !offered || (name === undefined && NAMED.has(verb))) throw methodNotAllowed()
  return await handler(kind)
}
