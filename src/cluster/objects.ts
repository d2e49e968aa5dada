// Single objects: read, changed, applied, deleted. Every write names obsdeck as its field manager and can be a
// dry run, which the server checks like the real one and then forgets.

import type { KubeObject, ObjectRef, Resource } from '#model/kube.ts'
import { aboutAsk, call, callJson, resourcePath, withQuery } from './api.ts'
import { isFields, text } from './fields.ts'
import type { Transport } from './transport.ts'
import { garbage } from './wire.ts'

export interface WriteOptions {
  readonly dryRun?: boolean
}

const fieldManager = 'obsdeck'

export async function getObject(
  transport: Transport,
  resource: Resource,
  name: string,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<KubeObject> {
  return askObject(transport, { method: 'GET', path: resourcePath(resource, namespace, name) }, signal)
}

export async function patchObject(
  transport: Transport,
  resource: Resource,
  ref: ObjectRef,
  body: unknown,
  signal: AbortSignal,
  options: WriteOptions = {},
): Promise<KubeObject> {
  const path = withQuery(resourcePath(resource, ref.namespace, ref.name), {
    fieldManager,
    ...dryRun(options),
  })
  const headers = { 'content-type': 'application/merge-patch+json' }
  return askObject(transport, { method: 'PATCH', path, headers, body: JSON.stringify(body) }, signal)
}

/** Server-side apply; a field that another manager owns is a conflict, never taken by force. */
export async function applyObject(
  transport: Transport,
  resource: Resource,
  object: KubeObject,
  signal: AbortSignal,
  options: WriteOptions = {},
): Promise<KubeObject> {
  const { name, namespace } = object.metadata
  const query = { fieldManager, force: false, ...dryRun(options) }
  const path = withQuery(resourcePath(resource, namespace, name), query)
  // JSON is YAML.
  const headers = { 'content-type': 'application/apply-patch+yaml' }
  return askObject(transport, { method: 'PATCH', path, headers, body: JSON.stringify(object) }, signal)
}

/** What belongs to the object goes after it (propagationPolicy Background), as with kubectl. */
export async function deleteObject(
  transport: Transport,
  resource: Resource,
  ref: ObjectRef,
  signal: AbortSignal,
  options: WriteOptions = {},
): Promise<void> {
  const query = { propagationPolicy: 'Background', ...dryRun(options) }
  const path = withQuery(resourcePath(resource, ref.namespace, ref.name), query)
  const answer = await call(
    transport,
    { method: 'DELETE', path, headers: { accept: 'application/json' } },
    signal,
  )
  await answer.bytes()
}

function dryRun(options: WriteOptions) {
  return { dryRun: options.dryRun ? 'All' : undefined }
}

async function askObject(transport: Transport, ask: Parameters<typeof callJson>[1], signal: AbortSignal) {
  const value = await callJson(transport, ask, signal)
  if (!isKubeObject(value)) throw garbage(aboutAsk(ask), JSON.stringify(value))
  return value
}

function isKubeObject(value: unknown): value is KubeObject {
  return isFields(value) && isFields(value.metadata) && text(value.metadata.name) !== undefined
}
