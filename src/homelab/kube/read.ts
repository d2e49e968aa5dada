// GET of a kind, in the form that the client takes.
import { type Answer, jsonAnswer, type KindCall, protobufAnswer } from './call.ts'
import { methodNotAllowed, notAList } from './errors.ts'
import { readObject } from './get.ts'
import { listJson, readPage } from './list.ts'
import { type Form, negotiate } from './negotiate.ts'
import { podEnvelope, podListEnvelope } from './protobuf.ts'
import { partialList, partialText, tableEvents, tableList, tableObject } from './table.ts'
import { plainObject, watchAnswer } from './watch.ts'
import { objectText } from './wire.ts'

function formOf(call: KindCall): Form {
  const { group, kind } = call.served.resource
  return negotiate(call.request.headers.accept, group === '' && kind === 'Pod')
}

export function listAnswer(call: KindCall): Answer {
  switch (formOf(call)) {
    case 'json':
      return listJson(call)
    case 'table':
      return tableList(call)
    case 'partial':
    case 'partial list':
      return partialList(call)
    case 'protobuf':
      return protobufAnswer(podListEnvelope(readPage(call)))
  }
}

export function getAnswer(call: KindCall): Answer {
  switch (formOf(call)) {
    case 'json':
      return jsonAnswer(`${objectText(call.served, readObject(call))}\n`)
    case 'table':
      return tableObject(call)
    case 'partial list':
      throw notAList(call.served.resource.kind)
    case 'partial':
      return jsonAnswer(`${partialText(readObject(call))}\n`)
    case 'protobuf':
      return protobufAnswer(podEnvelope(readObject(call)))
  }
}

/** A watch is JSON always; protobuf alone is refused with 406. */
export function watchKind(call: KindCall): Answer {
  if (!call.served.stored) throw methodNotAllowed()
  switch (negotiate(call.request.headers.accept, false)) {
    case 'table':
      return watchAnswer(call, tableEvents(call))
    case 'partial':
      return watchAnswer(call, partialText)
    default:
      return watchAnswer(call, plainObject(call))
  }
}
