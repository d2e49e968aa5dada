// What all writes have in common: who writes, what is checked, and how the result reaches the store.
import { stamp } from '#homelab/store.ts'
import type { KubeObject } from '#model/kube.ts'
import { type Answer, jsonAnswer, type KindCall } from './call.ts'
import { badRequest, conflict, invalid, invalidOption, methodNotAllowed, notFound } from './errors.ts'
import { at, type Fields, fieldsAt, isFields, listAt, textAt } from './json.ts'
import { managedFields, type Owner, ownersAfterUpdate } from './ownership.ts'
import { builtIn } from './upstreams.ts'
import { apiVersion, objectText } from './wire.ts'

const NAME = /^[a-z0-9]([-a-z0-9.:]*[a-z0-9])?$/

const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start " +
  "and end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"

export function isDryRun(call: KindCall): boolean {
  const value = call.params.get('dryRun')
  if (value === null || value === '') return false
  if (value === 'All') return true
  const kinds: Readonly<Record<string, string>> = {
    POST: 'CreateOptions',
    PUT: 'UpdateOptions',
    PATCH: 'PatchOptions',
  }
  const why = `Unsupported value: ["${value}"]: supported values: "All"`
  throw invalidOption(kinds[call.request.method ?? ''] ?? 'DeleteOptions', 'dryRun', why)
}

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

/** A decoded body as an object of this kind, which it need not name, in this namespace; throws 400 where it is another. */
export function asObject(call: KindCall, body: Fields): KubeObject {
  const { resource } = call.served
  const kind = textAt(body, 'kind') || resource.kind
  if (kind !== resource.kind) {
    const version = textAt(body, 'apiVersion')
    throw badRequest(
      `${kind} in version "${version}" cannot be handled as a ${resource.kind}: converting (${kind}) to (${resource.kind}): unknown conversion`,
    )
  }
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

export function checkNew(call: KindCall, object: KubeObject): void {
  const { resource } = call.served
  const { name, namespace } = object.metadata
  if (name === '')
    throw invalid(resource, '', 'metadata.name', 'Required value: name or generateName is required')
  if (!NAME.test(name) || name.length > 253) {
    throw invalid(resource, name, 'metadata.name', `Invalid value: "${name}": ${SUBDOMAIN}`)
  }
  const namespaces = builtIn('Namespace')
  if (namespace && !call.api.world.store.get(namespaces, undefined, namespace))
    throw notFound(namespaces, namespace)
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
  const hasStatus = call.served.subresources.includes('status')
  const onStatus = call.target.subresource === 'status'
  const kept: KubeObject = onStatus && live ? { ...live, metadata: wanted.metadata } : wanted
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

/** Stores what was settled, with its owners, unless nothing changed or the call is a dry run. */
export function commit(
  call: KindCall,
  live: KubeObject | undefined,
  settled: KubeObject,
  owners?: readonly Owner[],
): KubeObject {
  const { served, api } = call
  if (!served.stored) throw methodNotAllowed()
  const fields = managedFields(owners ?? ownersAfterUpdate(live, settled, writerOf(call)))
  const object = { ...settled, metadata: { ...settled.metadata, managedFields: fields } }
  if (live && unmanaged(live) === unmanaged(object) && owners === undefined) return live
  if (live && timeless(live) === timeless(object)) return live
  if (isDryRun(call)) return object
  const { namespace, name } = object.metadata
  const released = live && finalizers(live).length > 0 && finalizers(object).length === 0
  if (released && live.metadata.deletionTimestamp !== undefined) {
    return api.world.store.remove(served.stored, namespace, name) ?? object
  }
  const stored = api.world.store.put(served.stored, object)
  if (stored.kind === 'CustomResourceDefinition') establish(call, stored)
  return stored
}

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
  call.api.world.store.register({
    group: textAt(definition, 'spec', 'group'),
    version: textAt(version, 'name'),
    plural: textAt(names, 'plural'),
    kind: textAt(names, 'kind'),
    namespaced: at(definition, 'spec', 'scope') === 'Namespaced',
    ...(Array.isArray(shortNames) && { shortNames: shortNames.map(String) }),
  })
}

export function objectAnswer(call: KindCall, object: KubeObject, status = 200): Answer {
  return jsonAnswer(`${objectText(call.served, object)}\n`, status)
}
