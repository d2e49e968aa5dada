// From a request to the handler that answers it.
import { type Answer, type Call, jsonAnswer, textAnswer } from './call.ts'
import { discoveryAnswer } from './discovery.ts'
import { methodNotAllowed } from './errors.ts'
import { kindOf, readObject } from './get.ts'
import { listJson } from './list.ts'
import { authorize } from './roles.ts'
import { isTrue } from './target.ts'
import { cannotWatch, plainObject, watchAnswer } from './watch.ts'
import { objectText } from './wire.ts'

/** Throws StatusError for every answer that is a refusal. */
export async function route(call: Call): Promise<Answer> {
  authorize(call.user, call.target)
  if (!call.target.isResource) return discoveryAnswer(call) ?? textAnswer('404 page not found\n', 404)
  if (!call.api.registry.has(call.target.group, call.target.version)) {
    return textAnswer('404 page not found\n', 404)
  }
  const kind = kindOf(call)
  const { verb } = call.target
  if (!(kind.served.resource.verbs ?? [verb]).includes(verb)) throw methodNotAllowed()
  switch (verb) {
    case 'list':
      return listJson(kind)
    case 'watch':
      if (!kind.served.stored) throw cannotWatch()
      return watchAnswer(kind, plainObject(kind))
    case 'get':
      if (isTrue(call.params.get('watch'))) return watchAnswer(kind, plainObject(kind))
      return jsonAnswer(`${objectText(kind.served, readObject(kind))}\n`)
    default:
      throw methodNotAllowed()
  }
}
