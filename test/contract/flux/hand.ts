// The contract's hand on a cluster with Flux: reads objects, asks for reconciliations, and waits for what comes of them.
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Cluster } from '#cluster/cluster.ts'
import { core } from '#homelab/world/kinds.ts'
import type { KubeObject } from '#model/kube.ts'
import { until } from '#test/cluster/bed/wait.ts'
import type { Ref } from './bed.ts'

export interface FluxCondition {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
  readonly observedGeneration: number
  readonly lastTransitionTime: string
}

export interface FluxStatus {
  readonly conditions?: readonly FluxCondition[]
  readonly observedGeneration?: number
  readonly lastHandledReconcileAt?: string
  readonly lastHandledForceAt?: string
  readonly lastHandledResetAt?: string
  readonly lastAppliedRevision?: string
  readonly lastAttemptedRevision?: string
  readonly history?: readonly Readonly<Record<string, unknown>>[]
  readonly inventory?: { readonly entries: readonly { readonly id: string; readonly v: string }[] }
  readonly artifact?: Readonly<Record<string, unknown>>
  readonly [field: string]: unknown
}

export interface FluxObject extends KubeObject {
  readonly spec: Readonly<Record<string, unknown>>
  readonly status: FluxStatus
}

export interface Told {
  readonly type: string
  readonly reason: string
  readonly message: string
  readonly annotations: Readonly<Record<string, string>>
  readonly event: KubeObject
}

export type Hand = ReturnType<typeof handOf>

/** Longer than the shortest health check that Flux does. */
const patience = 45_000

export const conditionOf = ({ status }: FluxObject, type: string) =>
  status.conditions?.find((condition) => condition.type === type)

export const messageOf = (object: FluxObject, type = 'Ready') => conditionOf(object, type)?.message

export const digest = expect.stringMatching(/^sha256:[0-9a-f]{64}$/)
export const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)

/** `Ready=True Succeeded` for each, in the order in which they stand. */
export const brief = ({ status }: FluxObject) =>
  (status.conditions ?? []).map((one) => `${one.type}=${one.status} ${one.reason}`)

export function handOf(cluster: Cluster, signal: AbortSignal) {
  const refOf = ({ resource, namespace, name }: Ref) => ({
    group: resource.group,
    kind: resource.kind,
    namespace,
    name,
  })

  async function get({ resource, namespace, name }: Ref): Promise<FluxObject> {
    const object = await cluster.get(resource, name, namespace, signal)
    return { spec: {}, status: {}, ...object } as FluxObject
  }

  const patch = (ref: Ref, body: unknown) => cluster.patch(ref.resource, refOf(ref), body, signal)

  /** Gives the object as it is once this holds. */
  async function becomes(
    ref: Ref,
    what: string,
    holds: (object: FluxObject) => boolean,
  ): Promise<FluxObject> {
    let seen: FluxObject | undefined
    await until(`${ref.resource.kind} ${ref.name} ${what}`, patience, async () => {
      seen = await get(ref)
      return holds(seen)
    }).catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : error}: ${JSON.stringify(seen?.status)}`)
    })
    return seen as FluxObject
  }

  /** Asks for a reconciliation; what is said beside it gets the same token. */
  async function request(ref: Ref, ...also: readonly ('forceAt' | 'resetAt')[]): Promise<string> {
    const token = randomUUID()
    const names = ['requestedAt', ...also].map((name) => [`reconcile.fluxcd.io/${name}`, token])
    await patch(ref, { metadata: { annotations: Object.fromEntries(names) } })
    return token
  }

  const handled = (ref: Ref, token: string) =>
    becomes(ref, 'to handle a request', ({ status }) => status.lastHandledReconcileAt === token)

  async function reconciled(ref: Ref, ...also: readonly ('forceAt' | 'resetAt')[]): Promise<FluxObject> {
    return handled(ref, await request(ref, ...also))
  }

  /** The object's versions from now until this holds, that one included. */
  async function versions(
    ref: Ref,
    change: () => Promise<unknown>,
    last: (object: FluxObject) => boolean,
  ): Promise<readonly FluxObject[]> {
    const { metadata } = await get(ref)
    const stop = new AbortController()
    const query = {
      resource: ref.resource,
      namespace: ref.namespace,
      fieldSelector: `metadata.name=${ref.name}`,
      resourceVersion: metadata.resourceVersion ?? '',
    }
    const whole = { json: (object: KubeObject) => object as FluxObject }
    const events = cluster.watch(query, whole, AbortSignal.any([signal, stop.signal]))
    await change()
    const seen: FluxObject[] = []
    for (let next = await events.next(); !next.done; next = await events.next()) {
      if (next.value.type === 'bookmark') continue
      seen.push(next.value.item)
      if (last(next.value.item)) stop.abort()
    }
    return seen
  }

  /** What is told about an object, the latest last. */
  async function events(ref: Ref): Promise<readonly Told[]> {
    const fieldSelector = `involvedObject.kind=${ref.resource.kind},involvedObject.name=${ref.name}`
    const found: KubeObject[] = []
    const query = { resource: core.event, namespace: ref.namespace, fieldSelector }
    for await (const { items } of cluster.list(query, { json: (object: KubeObject) => object }, signal)) {
      found.push(...items)
    }
    const version = ({ metadata }: KubeObject) => Number(metadata.resourceVersion)
    return found
      .toSorted((a, b) => version(a) - version(b))
      .map((event) => ({
        type: String(event.type),
        reason: String(event.reason),
        message: String(event.message),
        annotations: event.metadata.annotations ?? {},
        event,
      }))
  }

  async function told(ref: Ref, what: (told: Told) => boolean): Promise<Told> {
    let found: Told | undefined
    let all: readonly Told[] = []
    await until(`an event of ${ref.name}`, patience, async () => {
      all = await events(ref)
      found = all.findLast(what)
      return found !== undefined
    }).catch((error: unknown) => {
      const seen = all.map(({ type, reason, message }) => `${type} ${reason} ${message}`).join('\n')
      throw new Error(`${error instanceof Error ? error.message : error}; there are\n${seen}`)
    })
    return found as Told
  }

  return { get, patch, becomes, request, handled, reconciled, versions, events, told }
}
