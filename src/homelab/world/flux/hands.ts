// What the simulated Flux controllers share: how they read and write their objects, tell of them, and take their time.
import type { ObjectStore } from '#homelab/store.ts'
import type { Agenda } from '#homelab/world/agenda.ts'
import { flux } from '#homelab/world/kinds.ts'
import type { Recorder } from '#homelab/world/life/events.ts'
import { chance } from '#homelab/world/random.ts'
import type { Resource } from '#model/kube.ts'
import type { FluxObject, FluxStatus } from './objects.ts'
import { type NewCondition, settle } from './status.ts'

const REQUESTED = 'reconcile.fluxcd.io/requestedAt'

/** How long until what waits for another is looked at again: `--requeue-dependency` of both controllers. */
export const dependencyRetry = { milliseconds: 5000, text: '5s' } as const

const resources = new Map<string, Resource>(Object.values(flux).map((resource) => [resource.kind, resource]))

const controllers: Readonly<Record<string, { readonly name: string; readonly group: string }>> = {
  Kustomization: { name: 'kustomize-controller', group: 'kustomize.toolkit.fluxcd.io' },
  HelmRelease: { name: 'helm-controller', group: 'helm.toolkit.fluxcd.io' },
}
const sourceController = { name: 'source-controller', group: 'source.toolkit.fluxcd.io' } as const

type Change = Omit<FluxStatus, 'conditions'> & { readonly conditions?: readonly NewCondition[] }

export interface Hands {
  readonly store: ObjectStore
  readonly agenda: Agenda
  /** As it is now; what was read before may be old. */
  fresh(object: FluxObject): FluxObject
  /** Changes the status of the object as it is now; a field that is undefined goes away. */
  write(object: FluxObject, change: Change): FluxObject
  /** An Event; metadata is written below the controller's own group. */
  tell(
    about: FluxObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    metadata?: Readonly<Record<string, string | undefined>>,
  ): void
  /** Goes on with the object after a while, unless something else began with it since. */
  later(object: FluxObject, milliseconds: number, run: () => void): void
}

export const generationOf = ({ metadata }: FluxObject) => (metadata.generation as number | undefined) ?? 1

const keyOf = ({ kind, metadata }: FluxObject) => `${kind}/${metadata.namespace}/${metadata.name}`

/** The token that was asked with, as the status acknowledges it. */
export function acknowledged(object: FluxObject): FluxStatus {
  const token = object.metadata.annotations?.[REQUESTED]
  return token === undefined ? {} : { lastHandledReconcileAt: token }
}

export const isReady = (object: FluxObject | undefined) =>
  object?.status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True'

/** Whether a dependency may be built upon: it has seen its own latest spec, and is Ready. */
export const isFulfilled = (object: FluxObject) =>
  isReady(object) && object.status?.observedGeneration === generationOf(object)

/** A span as Go prints it. */
function goDuration(seconds: number): string {
  return seconds < 1 ? `${Number((seconds * 1000).toFixed(6))}ms` : `${Number(seconds.toFixed(9))}s`
}

/** Seconds that something took, by a key of its own. */
export const spanOf = (key: string, least: number, most: number) =>
  goDuration(least + chance(key) * (most - least))

export function createHands(parts: { store: ObjectStore; agenda: Agenda; record: Recorder }): Hands {
  const { store, agenda, record } = parts
  const turns = new Map<string, number>()

  const fresh = (object: FluxObject) => {
    const resource = resources.get(object.kind)
    const { namespace, name } = object.metadata
    return (resource && (store.get(resource, namespace, name) as FluxObject | undefined)) ?? object
  }

  return {
    store,
    agenda,
    fresh,
    write(object, { conditions, ...change }) {
      const live = fresh(object)
      const resource = resources.get(object.kind)
      if (!resource) return live
      const status = {
        ...live.status,
        ...(conditions && { conditions: settle(live, conditions, agenda.now()) }),
        ...change,
      }
      const kept = Object.fromEntries(Object.entries(status).filter(([, value]) => value !== undefined))
      return store.put(resource, { ...live, status: kept }) as FluxObject
    },
    tell(about, type, reason, message, metadata = {}) {
      const { name, group } = controllers[about.kind] ?? sourceController
      const known = Object.entries(metadata).filter((entry): entry is [string, string] => Boolean(entry[1]))
      const annotations = Object.fromEntries(known.map(([key, value]) => [`${group}/${key}`, value]))
      record({ about, type, reason, message, from: name, ...(known.length > 0 && { annotations }) })
    },
    later(object, milliseconds, run) {
      const key = keyOf(object)
      const turn = (turns.get(key) ?? 0) + 1
      turns.set(key, turn)
      agenda.after(milliseconds, () => {
        if (turns.get(key) === turn) run()
      })
    },
  }
}
