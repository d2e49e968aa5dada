// What all writes have in common: who writes, what is checked, and how the result reaches the store.
import { randomUUID } from 'node:crypto'
import { stamp } from '#homelab/store.ts'
import type { KubeObject } from '#model/kube.ts'
import { type Answer, jsonAnswer, type KindCall } from './call.ts'
import { badRequest, conflict, methodNotAllowed, notFound } from './errors.ts'
import { at, type Fields, fieldsAt, isFields, listAt, textAt } from './json.ts'
import { managedFields, type Owner, ownersAfterUpdate } from './ownership.ts'
import { pruned } from './schema.ts'
import { builtIn } from './upstreams.ts'
import { validate } from './validate.ts'
import { apiVersion, objectText } from './wire.ts'
import { isDryRun } from './write-options.ts'

/** The writer of this call: `fieldManager`, else the first word of the User-Agent. */
export function writerOf(call: KindCall): Omit<Owner, 'paths' | 'operation'> {
  const agent = (call.request.headers['user-agent'] ?? 'unknown').split('/')[0] ?? 'unknown'
  return {
    manager: call.params.get('fieldManager') || agent,
    apiVersion: apiVersion(call.served),
    time: stamp(call.api.world.clock.now()),
    subresource: call.target.subresource ?? '',
  }
}

/** A decoded body as an object of this kind, of this name in this namespace; throws 400 where it has others. */
export function asObject(call: KindCall, body: Fields): KubeObject {
  const { resource } = call.served
  const metadata = fieldsAt(body, 'metadata')
  const namespace = textAt(metadata, 'namespace') || call.target.namespace
  if (resource.namespaced && namespace !== call.target.namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  }
  const name = textAt(metadata, 'name')
  if (call.target.name !== undefined && name !== '' && name !== call.target.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${call.target.name})`,
    )
  }
  return {
    ...body,
    apiVersion: apiVersion(call.served),
    kind: resource.kind,
    metadata: {
      ...metadata,
      name: name || (call.target.name ?? ''),
      ...(resource.namespaced && namespace !== undefined && { namespace }),
    },
  }
}

/** Throws 404 where the namespace of a new object is not there. */
export function checkNamespace(call: KindCall, { metadata: { namespace } }: KubeObject): void {
  const namespaces = builtIn('Namespace')
  if (namespace && !call.api.world.store.get(namespaces, undefined, namespace))
    throw notFound(namespaces, namespace)
}

/** Throws 409 where the writer means another object of that name. */
export function checkIdentity(call: KindCall, live: KubeObject, asked: unknown): void {
  const { uid, name, namespace } = live.metadata
  if (typeof asked !== 'string' || asked === '' || asked === uid) return
  const { plural } = call.served.resource
  const key = ['/registry', plural, ...(namespace ? [namespace] : []), name].join('/')
  throw conflict(
    call.served.resource,
    name,
    `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ` +
      `Precondition failed: UID in precondition: ${asked}, UID in object meta: ${uid}`,
  )
}

/** Throws 409 where the writer saw an older version than there is. */
export function checkVersion(call: KindCall, live: KubeObject, asked: unknown): void {
  if (typeof asked !== 'string' || asked === '' || asked === live.metadata.resourceVersion) return
  throw conflict(
    call.served.resource,
    live.metadata.name,
    'the object has been modified; please apply your changes to the latest version and try again',
  )
}

/**
 * The object as it will be: a write to an object leaves its status, a write to its status leaves the rest, the
 * server's own metadata stays, and a new spec is a new generation.
 */
export function settle(call: KindCall, live: KubeObject | undefined, wanted: KubeObject): KubeObject {
  const { schema, subresources } = call.served
  const hasStatus = subresources.includes('status')
  const onStatus = call.target.subresource === 'status'
  const whole = onStatus && live ? { ...live, metadata: wanted.metadata } : wanted
  const kept: KubeObject = schema ? pruned(whole, schema) : withoutEmpty(whole)
  const { status: _status, ...rest } = kept
  const status = !hasStatus || onStatus || !live ? wanted.status : live.status
  const servers: Fields = live?.metadata ?? {}
  const { generation, uid, creationTimestamp, resourceVersion, deletionTimestamp } = servers
  const changed = live !== undefined && canonical(live.spec) !== canonical(kept.spec)
  const next = live ? Number(generation ?? 1) + (changed ? 1 : 0) : 1
  const counts = kept.spec !== undefined && (generation !== undefined || changed || !live)
  return {
    ...rest,
    apiVersion: wanted.apiVersion,
    kind: wanted.kind,
    metadata: {
      ...rest.metadata,
      ...(typeof uid === 'string' && { uid }),
      ...(typeof creationTimestamp === 'string' && { creationTimestamp }),
      ...(typeof resourceVersion === 'string' && { resourceVersion }),
      ...(deletionTimestamp !== undefined && { deletionTimestamp }),
      ...(counts && { generation: next }),
    },
    ...(status !== undefined && { status }),
  }
}

/** Built-in kinds leave out what is empty of these. */
const OMITTED = ['data', 'binaryData', 'stringData', 'labels', 'annotations', 'finalizers', 'ownerReferences']

const isEmpty = (value: unknown) =>
  (Array.isArray(value) || isFields(value)) && Object.keys(value as object).length === 0

function withoutEmpty(object: KubeObject): KubeObject {
  const filled = ([name, value]: [string, unknown]) => !(OMITTED.includes(name) && isEmpty(value))
  const metadata = Object.fromEntries(Object.entries(object.metadata).filter(filled))
  const rest = Object.fromEntries(Object.entries(object).filter(filled))
  return { ...rest, metadata } as unknown as KubeObject
}

/** Stores what was settled, with its owners, unless nothing changed or the call is a dry run. */
export function commit(
  call: KindCall,
  live: KubeObject | undefined,
  settled: KubeObject,
  owners?: readonly Owner[],
): KubeObject {
  const { served, api } = call
  if (!served.stored) throw methodNotAllowed()
  validate(call, live, settled)
  const fields = managedFields(owners ?? ownersAfterUpdate(live, settled, writerOf(call), served.shape))
  const object = { ...settled, metadata: { ...settled.metadata, managedFields: fields } }
  if (live && unmanaged(live) === unmanaged(object) && owners === undefined) return live
  if (live && timeless(live) === timeless(object)) return live
  if (isDryRun(call)) return live ? object : withUid(object)
  const { namespace, name } = object.metadata
  const released = live && finalizers(live).length > 0 && finalizers(object).length === 0
  if (released && live.metadata.deletionTimestamp !== undefined) {
    return api.world.store.remove(served.stored, namespace, name) ?? object
  }
  const stored = api.world.store.put(served.stored, object)
  if (stored.kind === 'CustomResourceDefinition') establish(call, stored)
  return stored
}

/** A dry run names the object that it did not make. */
const withUid = (object: KubeObject): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, uid: randomUUID() },
})

export const finalizers = (object: KubeObject): readonly unknown[] => {
  const found = at(object, 'metadata', 'finalizers')
  return Array.isArray(found) ? found : []
}

const unmanaged = ({ metadata, ...rest }: KubeObject) =>
  canonical({ ...rest, metadata: { ...metadata, managedFields: undefined } })

const timeless = ({ metadata, ...rest }: KubeObject) =>
  canonical({
    ...rest,
    metadata: {
      ...metadata,
      managedFields: listAt({ metadata }, 'metadata', 'managedFields').map((entry) => ({
        ...entry,
        time: '',
      })),
    },
  })

/** JSON with sorted fields, for comparing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    isFields(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  )
}

/** A new definition makes its kind served at once. */
function establish(call: KindCall, definition: KubeObject): void {
  const names = fieldsAt(definition, 'spec', 'names')
  const versions = listAt(definition, 'spec', 'versions').filter((one) => one.served !== false)
  const version = versions.find((one) => one.storage === true) ?? versions[0]
  const shortNames = at(names, 'shortNames')
  const categories = at(names, 'categories')
  call.api.world.store.register({
    group: textAt(definition, 'spec', 'group'),
    version: textAt(version, 'name'),
    plural: textAt(names, 'plural'),
    kind: textAt(names, 'kind'),
    namespaced: at(definition, 'spec', 'scope') === 'Namespaced',
    ...(Array.isArray(shortNames) && { shortNames: shortNames.map(String) }),
    ...(Array.isArray(categories) && { categories: categories.map(String) }),
  })
}

export function objectAnswer(call: KindCall, object: KubeObject, status = 200): Answer {
  return jsonAnswer(`${objectText(call.served, object)}\n`, status)
}
