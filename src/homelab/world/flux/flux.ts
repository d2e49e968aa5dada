// The Flux controllers, small: revisions are fetched and applied, releases upgraded, requests acknowledged,
// suspended objects left alone.
import type { ObjectStore } from '#homelab/store.ts'
import type { Agenda } from '#homelab/world/agenda.ts'
import { kustomizations, releases } from '#homelab/world/catalogue/flux.ts'
import { past } from '#homelab/world/catalogue/past.ts'
import { flux } from '#homelab/world/kinds.ts'
import type { Recorder } from '#homelab/world/life/events.ts'
import { chance, hash, hex } from '#homelab/world/random.ts'
import type { Resource } from '#model/kube.ts'
import { setImage } from './images.ts'
import { inventories } from './inventory.ts'
import {
  artifactOf,
  condition,
  type FluxObject,
  type FluxStatus,
  gitRepositoryObject,
  gitRevision,
  helmRepositoryObjects,
  kustomizationObject,
  releaseObjects,
  releaseSource,
  snapshot,
} from './objects.ts'
import { type FluxTrouble, historyWith, settle, troubledStatus } from './status.ts'

export interface Flux {
  /** Git moves on: all Kustomizations apply it, the named one with changes. */
  revision(ks: string, title: string, images: Readonly<Record<string, string>>, revision?: string): void
  /** A new version of a release's chart is fetched. */
  chart(hr: string, version: string): void
  release(hr: string, version: string, app: string, images: Readonly<Record<string, string>>): void
  /** From now on the object is in trouble, whatever reconciles it. */
  trouble(kind: 'ks' | 'hr', name: string, trouble: FluxTrouble): void
  /** The trouble is over; what comes next says so. */
  clear(kind: 'ks' | 'hr', name: string): void
  suspend(kind: 'ks' | 'hr', name: string, by: string | undefined): void
  resume(kind: 'ks' | 'hr', name: string): void
  setImages(images: Readonly<Record<string, string>>): string[]
  beat(): void
}

const REQUESTED = 'reconcile.fluxcd.io/requestedAt'
const SUSPENDED_BY = 'fluxcd.controlplane.io/suspendedBy'
const resources = { ks: flux.kustomization, hr: flux.helmRelease } as const
const controllers: Readonly<Record<string, string>> = {
  Kustomization: 'kustomize-controller',
  HelmRelease: 'helm-controller',
}

export function createFlux(parts: {
  seed: number
  store: ObjectStore
  agenda: Agenda
  record: Recorder
  builtAt: number
  start: number
}): Flux {
  const { seed, store, agenda, record, builtAt, start } = parts
  const troubles = new Map<string, FluxTrouble>()
  const intervals = new Map(kustomizations.map(({ name, interval }) => [name, interval * 60_000]))
  let revision = gitRevision(`${seed}/first`)

  const namespaceOf = (kind: 'ks' | 'hr', name: string) =>
    kind === 'ks'
      ? 'flux-system'
      : (releases.find((release) => release.name === name)?.namespace ?? 'flux-system')
  const get = (kind: 'ks' | 'hr', name: string) =>
    store.get(resources[kind], namespaceOf(kind, name), name) as FluxObject | undefined
  const generationOf = ({ metadata }: FluxObject) => (metadata.generation as number | undefined) ?? 1

  const write = (resource: Resource, object: FluxObject, status: FluxStatus) =>
    store.put(resource, {
      ...object,
      status: { ...object.status, observedGeneration: generationOf(object), ...status },
    }) as FluxObject

  const tell = (
    about: FluxObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    at?: string,
  ) => {
    const group =
      about.kind === 'HelmRelease' ? 'helm' : about.kind === 'Kustomization' ? 'kustomize' : 'source'
    record({
      about,
      type,
      reason,
      message,
      from: controllers[about.kind] ?? 'source-controller',
      ...(at && { annotations: { [`${group}.toolkit.fluxcd.io/revision`]: at } }),
    })
  }

  const applied = (name: string, at: string, changes: readonly string[]) => {
    const object = get('ks', name)
    if (!object || object.spec.suspend) return
    const trouble = troubles.get(`ks/${name}`)
    if (trouble) {
      fail(object, trouble, at)
      return
    }
    const now = agenda.now()
    const ready = [
      condition('Ready', 'ReconciliationSucceeded', `Applied revision: ${at}`, now),
      ...(object.spec.wait ? [condition('Healthy', 'Succeeded', 'Health check passed in 62ms', now)] : []),
    ]
    const next = write(flux.kustomization, object, {
      conditions: settle(object, ready),
      lastAppliedRevision: at,
      lastAttemptedRevision: at,
      history: historyWith(object, at, 'ReconciliationSucceeded', now),
    })
    if (changes.length > 0) {
      tell(next, 'Normal', 'Progressing', changes.join('\n'), at)
      tell(
        next,
        'Normal',
        'ReconciliationSucceeded',
        `Reconciliation finished in ${(0.4 + chance(at) * 2).toFixed(2)}s, next run in ${next.spec.interval}`,
        at,
      )
    }
  }

  const fail = (object: FluxObject, trouble: FluxTrouble, at: string | undefined) => {
    const attempted = trouble.revision ?? at ?? object.status?.lastAttemptedRevision
    const release = releases.find(({ name }) => name === object.metadata.name)
    const next = write(
      object.kind === 'HelmRelease' ? flux.helmRelease : flux.kustomization,
      object,
      troubledStatus(object, trouble, attempted, release, agenda.now()),
    )
    if (trouble.is === 'progressing') return
    const type = trouble.is === 'waiting' ? 'Normal' : 'Warning'
    tell(next, type, trouble.reason, trouble.message, attempted)
  }

  const released = (name: string, version: string, app: string, first: boolean) => {
    const hr = releases.find((candidate) => candidate.name === name)
    const object = hr && get('hr', name)
    if (!hr || !object) return
    const now = agenda.now()
    const before = object.status?.history ?? []
    const number =
      before.length === 0 ? 1 + (hash(name) % 6) : ((before[0]?.version as number | undefined) ?? 1) + 1
    const verb = first ? 'install' : 'upgrade'
    const reason = first ? 'InstallSucceeded' : 'UpgradeSucceeded'
    const message = `Helm ${verb} succeeded for release ${hr.namespace}/${name}.v${number} with chart ${hr.chart}@${version}`
    const next = write(flux.helmRelease, object, {
      conditions: settle(object, [
        condition('Ready', reason, message, now),
        condition('Released', reason, message, now),
      ]),
      history: [
        snapshot(hr, version, app, number, 'deployed', verb, now),
        ...before.map((item) => ({ ...item, status: 'superseded' })),
      ].slice(0, 5),
      lastAttemptedRevision: version,
      lastAttemptedReleaseAction: verb,
      lastAttemptedReleaseActionDuration: `${Math.round(4 + chance(message) * 40)}s`,
      lastAttemptedGeneration: generationOf(object),
      lastAttemptedConfigDigest: `sha256:${hex(`values/${name}/${number}`, 64)}`,
    })
    tell(next, 'Normal', reason, message, version)
  }

  const setImages = (images: Readonly<Record<string, string>>) =>
    Object.entries(images).flatMap(([path, image]) => setImage(store, path, image) ?? [])

  /** A requested reconciliation is acknowledged even where the object is suspended. */
  const reconcile = (resource: Resource, namespace: string | undefined, name: string) => {
    const object = store.get(resource, namespace, name) as FluxObject | undefined
    const token = object?.metadata.annotations?.[REQUESTED]
    if (!object) return
    const handled = write(resource, object, token ? { lastHandledReconcileAt: token } : {})
    if (handled.spec.suspend) return
    if (resource === flux.kustomization) applied(name, revision, [])
    else if (resource === flux.helmRelease) {
      const trouble = troubles.get(`hr/${name}`)
      if (trouble) fail(handled, trouble, undefined)
    }
    const after = store.get(resource, namespace, name) as FluxObject | undefined
    const well = after?.status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True'
    if (after && token && well) {
      const at =
        after.status?.lastAttemptedRevision ??
        (after.status?.artifact as { revision?: string } | undefined)?.revision
      if (resource === flux.kustomization)
        tell(
          after,
          'Normal',
          'ReconciliationSucceeded',
          `Reconciliation finished in ${(0.3 + chance(token)).toFixed(2)}s, next run in ${after.spec.interval}`,
          at,
        )
      else if (resource === flux.helmRelease)
        tell(
          after,
          'Normal',
          'Succeeded',
          `no changes since last reconciliation: release ${namespace}/${name} is in sync`,
          at,
        )
      else tell(after, 'Normal', 'ArtifactUpToDate', `artifact up-to-date with remote revision: '${at}'`, at)
    }
  }

  store.onChange(({ type, resource, object, before }) => {
    if (type !== 'modified' || !resource.group.endsWith('toolkit.fluxcd.io') || !('status' in object)) return
    const token = object.metadata.annotations?.[REQUESTED]
    if (token && token !== before?.metadata.annotations?.[REQUESTED]) {
      agenda.after(1500, () => reconcile(resource, object.metadata.namespace, object.metadata.name))
      return
    }
    const now = object.spec as FluxObject['spec']
    const then = before?.spec as FluxObject['spec'] | undefined
    if (then?.suspend && !now.suspend)
      agenda.after(1200, () => reconcile(resource, object.metadata.namespace, object.metadata.name))
  })

  // As it stood when the history begins: a month of quiet, then the past's own changes.
  const settled = agenda.now() - 86_400_000
  store.put(flux.gitRepository, gitRepositoryObject(revision, settled, builtAt))
  for (const repository of helmRepositoryObjects(settled, builtAt)) store.put(flux.helmRepository, repository)
  for (const ks of kustomizations)
    store.put(
      flux.kustomization,
      kustomizationObject({ ...ks, ...(ks.suspendedBy && { suspendedBy: '' }) }, builtAt),
    )
  const firsts = new Map(
    past.flatMap(({ what }) => (what.type === 'release' ? [[what.hr, what] as const] : [])),
  )
  for (const hr of releases) {
    const { version, app } = firsts.get(hr.name) ?? hr
    for (const [resource, object] of releaseObjects(hr, version, settled, builtAt))
      store.put(resource, object)
    released(hr.name, version, app, true)
  }
  const entries = inventories(store)
  for (const hr of releases) {
    const object = get('hr', hr.name)
    if (object)
      write(flux.helmRelease, object, {
        inventory: { entries: entries.get(`hr/${hr.namespace}/${hr.name}`) ?? [] },
      })
  }
  for (const { name } of kustomizations) {
    const object = get('ks', name)
    if (object)
      write(flux.kustomization, object, {
        inventory: { entries: entries.get(`ks/flux-system/${name}`) ?? [] },
      })
    applied(name, revision, [])
  }

  const chart = (hr: string, version: string) => {
    const release = releases.find(({ name }) => name === hr)
    if (!release) return
    const { resource, namespace, name } = releaseSource(release)
    const fresh = releaseObjects(release, version, agenda.now(), builtAt)[0]?.[1]
    const source = store.get(resource, namespace, name)
    if (!fresh || !source) return
    const next = store.put(resource, { ...fresh, metadata: source.metadata }) as FluxObject
    tell(next, 'Normal', 'NewArtifact', `pulled '${release.chart}' chart with version '${version}'`, version)
  }

  const setSuspend = (kind: 'ks' | 'hr', name: string, by: string | undefined, suspended: boolean) => {
    const object = get(kind, name)
    if (!object) return
    const { suspend: _, ...spec } = object.spec
    const { [SUSPENDED_BY]: __, ...annotations } = object.metadata.annotations ?? {}
    store.put(resources[kind], {
      ...object,
      metadata: {
        ...object.metadata,
        generation: generationOf(object) + 1,
        annotations: { ...annotations, ...(suspended && by && { [SUSPENDED_BY]: by }) },
      },
      spec: { ...spec, ...(suspended && { suspend: true }) },
    })
  }

  return {
    setImages,
    revision(ks, title, images, wanted) {
      revision = wanted ?? gitRevision(`${seed}/${title}/${agenda.now()}`)
      const at = revision
      const source = store.get(flux.gitRepository, 'flux-system', 'flux-system') as FluxObject | undefined
      if (!source) return
      const next = write(flux.gitRepository, source, {
        artifact: artifactOf('gitrepository', 'flux-system', 'flux-system', at, agenda.now()),
        conditions: settle(source, [
          condition('Ready', 'Succeeded', `stored artifact for revision '${at}'`, agenda.now()),
          condition('ArtifactInStorage', 'Succeeded', `stored artifact for revision '${at}'`, agenda.now()),
        ]),
      })
      tell(next, 'Normal', 'NewArtifact', `stored artifact for commit '${title}'`, at)
      kustomizations.forEach(({ name }, index) => {
        agenda.after(1500 + index * 400, () => applied(name, at, name === ks ? setImages(images) : []))
      })
    },
    chart,
    release(hr, version, app, images) {
      chart(hr, version)
      agenda.after(2500, () => {
        setImages(images)
        agenda.after(9000, () => {
          if (!troubles.has(`hr/${hr}`)) released(hr, version, app, false)
        })
      })
    },
    trouble(kind, name, trouble) {
      troubles.set(`${kind}/${name}`, trouble)
      const object = get(kind, name)
      if (object && !object.spec.suspend) fail(object, trouble, trouble.revision)
    },
    clear(kind, name) {
      troubles.delete(`${kind}/${name}`)
    },
    suspend: (kind, name, by) => setSuspend(kind, name, by, true),
    resume: (kind, name) => setSuspend(kind, name, undefined, false),
    beat() {
      for (const [name, interval] of intervals) {
        const turn = () => {
          applied(name, revision, [])
          const troubled = troubles.get(`ks/${name}`)?.is === 'failed'
          agenda.after(troubled ? 120_000 : interval, turn)
        }
        agenda.at(start + Math.floor(chance(`${seed}/${name}/turn`) * interval), turn)
      }
    },
  }
}
