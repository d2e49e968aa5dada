// The scale subresource: a workload's replicas as autoscaling/v1 Scale.
import type { KubeObject } from '#model/kube.ts'
import { contentType, parsePatch, parseWhole } from './body.ts'
import { type Answer, jsonAnswer, type KindCall } from './call.ts'
import { badRequest } from './errors.ts'
import { readObject } from './get.ts'
import { invalid, invalidValue } from './invalid.ts'
import { at, fieldsAt, numberAt } from './json.ts'
import { jsonPatch, mergePatch } from './patches.ts'
import { selectorText } from './tables/selector-text.ts'
import { checkVersion, commit, settle } from './write.ts'

function scaleOf(object: KubeObject): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
      ...(creationTimestamp !== undefined && { creationTimestamp }),
    },
    spec: { replicas: numberAt(object, 'spec', 'replicas') },
    status: {
      replicas: numberAt(object, 'status', 'replicas'),
      selector: selectorText(at(object, 'spec', 'selector')),
    },
  }
}

export function readScale(call: KindCall): Answer {
  return jsonAnswer(scaleOf(readObject(call)))
}

function patchedScale(call: KindCall, scale: KubeObject): unknown {
  const isList = contentType(call) === 'application/json-patch+json'
  return isList ? jsonPatch(scale, parsePatch(call)) : mergePatch(scale, parsePatch(call))
}

/** PUT of a Scale, or PATCH of one in JSON patch or merge patch. */
export function writeScale(call: KindCall): Answer {
  const live = readObject(call)
  const patched = call.target.verb === 'update' ? parseWhole(call) : patchedScale(call, scaleOf(live))
  const replicas = at(patched, 'spec', 'replicas') ?? 0
  if (typeof replicas !== 'number' || !Number.isInteger(replicas))
    throw badRequest('Scale in version "v1" cannot be handled as a Scale: spec.replicas is no whole number')
  if (replicas < 0) {
    const cause = invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0')
    throw invalid({ kind: 'Scale', group: 'autoscaling' }, live.metadata.name, [cause])
  }
  checkVersion(call, live, at(patched, 'metadata', 'resourceVersion'))
  const wanted = { ...live, spec: { ...fieldsAt(live, 'spec'), replicas } }
  return jsonAnswer(scaleOf(commit(call, live, settle(call, live, wanted))))
}
