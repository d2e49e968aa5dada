// PATCH in all its forms.
import type { KubeObject } from '#model/kube.ts'
import { applyAnswer } from './apply.ts'
import { contentType, parsePatch } from './body.ts'
import type { Answer, KindCall } from './call.ts'
import { badRequest, unsupportedMediaType, unsupportedRoute } from './errors.ts'
import { readObject } from './get.ts'
import { at, isFields } from './json.ts'
import { jsonPatch, mergePatch, strategicPatch } from './patches.ts'
import { checkPatched } from './types.ts'
import { apiVersion } from './wire.ts'
import { asObject, checkIdentity, checkVersion, commit, objectAnswer, settle } from './write.ts'
import { checkPatchOptions } from './write-options.ts'

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
  const apply = PATCHES[type]
  const { custom } = call.served
  if (type !== APPLY_PATCH && (!apply || (custom && type === STRATEGIC_PATCH))) {
    throw custom ? unsupportedMediaType([JSON_PATCH, MERGE_PATCH, APPLY_PATCH]) : unsupportedRoute()
  }
  checkPatchOptions(call, type === APPLY_PATCH)
  if (!apply) return applyAnswer(call)
  const patch = parsePatch(call)
  if (type !== JSON_PATCH && !isFields(patch)) {
    const why = 'json: cannot unmarshal array into Go value of type map[string]interface {}'
    throw badRequest(`error decoding patch: ${why}`)
  }
  const live = readObject(call)
  const patched = apply(typed(call, live), patch)
  const result = isFields(patched) && at(patched, 'metadata') !== undefined ? patched : {}
  checkPatched(call, result)
  const wanted = asObject(call, result)
  checkIdentity(call, live, wanted.metadata.uid)
  checkVersion(call, live, wanted.metadata.resourceVersion)
  return objectAnswer(call, commit(call, live, settle(call, live, wanted)))
}

/** With its kind and version, as it is on the wire. */
const typed = ({ served }: KindCall, live: KubeObject): KubeObject => ({
  ...live,
  apiVersion: apiVersion(served),
  kind: served.resource.kind,
})
