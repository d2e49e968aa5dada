// PATCH in all its forms.
import { applyAnswer } from './apply.ts'
import { contentType, parseAny } from './body.ts'
import type { Answer, KindCall } from './call.ts'
import { StatusError, unsupportedMediaType } from './errors.ts'
import { readObject } from './get.ts'
import { at, isFields } from './json.ts'
import { jsonPatch, mergePatch, strategicPatch } from './patches.ts'
import { asObject, checkVersion, commit, objectAnswer, settle } from './write.ts'

type Patch = (target: unknown, patch: unknown) => unknown

const JSON_PATCH = 'application/json-patch+json'
const MERGE_PATCH = 'application/merge-patch+json'
const STRATEGIC_PATCH = 'application/strategic-merge-patch+json'
const APPLY_PATCH = 'application/apply-patch+yaml'

const PATCHES: Readonly<Record<string, Patch>> = {
  [JSON_PATCH]: jsonPatch,
  [MERGE_PATCH]: mergePatch,
  [STRATEGIC_PATCH]: (target, patch) => strategicPatch(target, patch),
}

export function patchAnswer(call: KindCall): Answer {
  const type = contentType(call)
  if (type === APPLY_PATCH) return applyAnswer(call)
  const apply = PATCHES[type]
  const { custom } = call.served
  if (!apply) throw new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {})
  if (custom && type === STRATEGIC_PATCH) throw unsupportedMediaType([JSON_PATCH, MERGE_PATCH, APPLY_PATCH])
  const live = readObject(call)
  const patched = patchWith(apply, live, parseAny(call))
  const wanted = asObject(call, patched)
  checkVersion(call, live, wanted.metadata.resourceVersion)
  return objectAnswer(call, commit(call, live, settle(call, live, wanted)))
}

function patchWith(apply: Patch, live: unknown, patch: unknown) {
  const result = apply(live, patch)
  return isFields(result) && at(result, 'metadata') !== undefined ? result : {}
}
