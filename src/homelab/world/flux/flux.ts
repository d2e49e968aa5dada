// Flux in the homelab: its controllers around one Git repository, and what the world and scenarios can do to them.
import type { ObjectStore } from '#homelab/store.ts'
import type { Agenda } from '#homelab/world/agenda.ts'
import { kustomizations, releases } from '#homelab/world/catalogue/flux.ts'
import { flux } from '#homelab/world/kinds.ts'
import type { Recorder } from '#homelab/world/life/events.ts'
import { chance } from '#homelab/world/random.ts'
import type { KubeObject } from '#model/kube.ts'
import { putFluxObjects } from './begin.ts'
import { createHands } from './hands.ts'
import { createHelmController } from './helm-controller.ts'
import { setImage } from './images.ts'
import { createKustomizeController } from './kustomize-controller.ts'
import { type FluxObject, gitRevision, releaseObjects, releaseSource } from './objects.ts'
import { createSourceController } from './source-controller.ts'
import type { FluxTrouble } from './status.ts'

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

/** Until a controller's watch tells it of a change. */
const noticed = 300
/** Of Kustomizations that failed. */
const retryInterval = 120_000

export function createFlux(parts: {
  seed: number
  store: ObjectStore
  agenda: Agenda
  record: Recorder
  builtAt: number
  start: number
}): Flux {
  const { seed, store, agenda, builtAt, start } = parts
  const troubles = new Map<string, FluxTrouble>()
  /** By Kustomization: images of the latest revision that are not rolled out yet. */
  const unapplied = new Map<string, Readonly<Record<string, string>>>()
  let revision = gitRevision(`${seed}/first`)

  const namespaceOf = (kind: 'ks' | 'hr', name: string) =>
    kind === 'ks'
      ? 'flux-system'
      : (releases.find((release) => release.name === name)?.namespace ?? 'flux-system')
  const get = (kind: 'ks' | 'hr', name: string) =>
    store.get(resources[kind], namespaceOf(kind, name), name) as FluxObject | undefined
  const troubleOf = ({ kind, metadata }: FluxObject) =>
    troubles.get(`${kind === 'HelmRelease' ? 'hr' : 'ks'}/${metadata.name}`)
  const setImages = (images: Readonly<Record<string, string>>) =>
    Object.entries(images).flatMap(([path, image]) => setImage(store, path, image) ?? [])

  const hands = createHands(parts)
  const sources = createSourceController(hands)
  const helm = createHelmController({
    hands,
    troubleOf,
    releaseOf: ({ metadata }) =>
      releases.find(({ name, namespace }) => name === metadata.name && namespace === metadata.namespace),
  })
  const kustomize = createKustomizeController({
    hands,
    troubleOf,
    revision: () => revision,
    rollOut({ metadata: { name } }) {
      const images = unapplied.get(name) ?? {}
      unapplied.delete(name)
      return setImages(images)
    },
  })

  const reconcile = (object: FluxObject) => {
    if (object.kind === 'Kustomization') kustomize.reconcile(object)
    else if (object.kind === 'HelmRelease') helm.reconcile(object)
    else sources.reconcile(object)
  }

  // A request and a new spec are noticed, suspended or not; what the controllers themselves write is not.
  store.onChange(({ type, resource, object, before }) => {
    if (type !== 'modified' || !resource.group.endsWith('toolkit.fluxcd.io') || !('status' in object)) return
    const asked = object.metadata.annotations?.[REQUESTED]
    const isAsked = asked !== undefined && asked !== before?.metadata.annotations?.[REQUESTED]
    const suspended = (one: KubeObject | undefined) => (one as FluxObject | undefined)?.spec?.suspend === true
    const isNew = object.metadata.generation !== before?.metadata.generation
    if (!isAsked && !isNew && suspended(object) === suspended(before)) return
    hands.later(object as FluxObject, noticed, () => reconcile(hands.fresh(object as FluxObject)))
  })

  putFluxObjects({ store, agenda, builtAt, revision, hands, kustomize, helm })

  const chart = (hr: string, version: string) => {
    const release = releases.find(({ name }) => name === hr)
    if (!release) return
    const { resource, namespace, name } = releaseSource(release)
    const fresh = releaseObjects(release, version, agenda.now(), builtAt)[0]?.[1]
    const source = store.get(resource, namespace, name) as FluxObject | undefined
    if (!fresh?.status || !source) return
    const { artifact, conditions } = fresh.status
    const next = store.put(resource, {
      ...source,
      spec: fresh.spec,
      status: { ...source.status, artifact, conditions },
    }) as FluxObject
    const metadata = artifact as { revision: string; digest: string }
    const message = `pulled '${release.chart}' chart with version '${version}'`
    const reason = resource === flux.helmChart ? 'ChartPullSucceeded' : 'NewArtifact'
    hands.tell(next, 'Normal', reason, message, { revision: metadata.revision, digest: metadata.digest })
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
        generation: ((object.metadata.generation as number | undefined) ?? 1) + 1,
        annotations: { ...annotations, ...(suspended && by && { [SUSPENDED_BY]: by }) },
      },
      spec: { ...spec, ...(suspended && { suspend: true }) },
    })
  }

  return {
    setImages,
    revision(ks, title, images, wanted) {
      revision = wanted ?? gitRevision(`${seed}/${title}/${agenda.now()}`)
      unapplied.set(ks, { ...unapplied.get(ks), ...images })
      const source = store.get(flux.gitRepository, 'flux-system', 'flux-system') as FluxObject | undefined
      if (source) sources.moved(source, revision, title)
      kustomizations.forEach(({ name }, index) => {
        const object = get('ks', name)
        if (object) hands.later(object, 800 + index * 400, () => kustomize.reconcile(hands.fresh(object)))
      })
    },
    chart,
    release(hr, version, app, images) {
      chart(hr, version)
      agenda.after(2500, () => {
        setImages(images)
        agenda.after(9000, () => {
          const object = get('hr', hr)
          if (object && !troubles.has(`hr/${hr}`)) helm.released(object, version, app)
        })
      })
    },
    trouble(kind, name, trouble) {
      troubles.set(`${kind}/${name}`, trouble)
      const object = get(kind, name)
      if (object && !object.spec.suspend) (kind === 'ks' ? kustomize : helm).fail(object, trouble)
    },
    clear(kind, name) {
      troubles.delete(`${kind}/${name}`)
    },
    suspend: (kind, name, by) => setSuspend(kind, name, by, true),
    resume: (kind, name) => setSuspend(kind, name, undefined, false),
    beat() {
      for (const { name, interval } of kustomizations) {
        const turn = () => {
          const object = get('ks', name)
          if (object && !object.spec.suspend) kustomize.reconcile(object)
          const failed = troubles.get(`ks/${name}`)?.is === 'failed'
          agenda.after(failed ? retryInterval : interval * 60_000, turn)
        }
        agenda.at(start + Math.floor(chance(`${seed}/${name}/turn`) * interval * 60_000), turn)
      }
    },
  }
}
