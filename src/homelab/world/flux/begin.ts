// Flux's objects as they stood when the history begins: a month of quiet behind them, everything applied.
import type { ObjectStore } from '#homelab/store.ts'
import type { Agenda } from '#homelab/world/agenda.ts'
import { kustomizations, releases } from '#homelab/world/catalogue/flux.ts'
import { past } from '#homelab/world/catalogue/past.ts'
import { flux } from '#homelab/world/kinds.ts'
import type { Resource } from '#model/kube.ts'
import type { Hands } from './hands.ts'
import type { HelmController } from './helm-controller.ts'
import { inventories } from './inventory.ts'
import type { KustomizeController } from './kustomize-controller.ts'
import {
  type FluxObject,
  gitRepositoryObject,
  helmRepositoryObjects,
  kustomizationObject,
  releaseObjects,
} from './objects.ts'

const DAY = 86_400_000

export function putFluxObjects(parts: {
  store: ObjectStore
  agenda: Agenda
  builtAt: number
  revision: string
  hands: Hands
  kustomize: KustomizeController
  helm: HelmController
}): void {
  const { store, agenda, builtAt, revision, hands, kustomize, helm } = parts
  const settled = agenda.now() - DAY
  const put = (resource: Resource, object: FluxObject) => store.put(resource, object) as FluxObject

  put(flux.gitRepository, gitRepositoryObject(revision, settled, builtAt))
  for (const repository of helmRepositoryObjects(settled, builtAt)) put(flux.helmRepository, repository)
  const applied = kustomizations.map((ks) =>
    put(
      flux.kustomization,
      kustomizationObject({ ...ks, ...(ks.suspendedBy && { suspendedBy: '' }) }, builtAt),
    ),
  )
  // What was released before the first change of the past that is replayed.
  const firsts = new Map(
    past.flatMap(({ what }) => (what.type === 'release' ? [[what.hr, what] as const] : [])),
  )
  const installed = releases.map((hr) => {
    const { version, app } = firsts.get(hr.name) ?? hr
    for (const [resource, object] of releaseObjects(hr, version, settled, builtAt)) put(resource, object)
    return { release: store.get(flux.helmRelease, hr.namespace, hr.name) as FluxObject, version, app }
  })

  const entries = inventories(store)
  const withInventory = (object: FluxObject, kind: 'ks' | 'hr') => {
    const { namespace, name } = object.metadata
    return hands.write(object, { inventory: { entries: entries.get(`${kind}/${namespace}/${name}`) ?? [] } })
  }
  for (const { release, version, app } of installed) {
    helm.settled(withInventory(release, 'hr'), version, app)
  }
  for (const kustomization of applied) kustomize.applied(withInventory(kustomization, 'ks'))
}
