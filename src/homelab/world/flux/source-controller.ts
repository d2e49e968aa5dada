// source-controller, small: sources are fetched when Git or a registry moves on, and looked at when somebody asks.
import { acknowledged, generationOf, type Hands } from './hands.ts'
import { artifactOf, type FluxObject } from './objects.ts'
import { is, kept } from './status.ts'

export interface SourceController {
  reconcile(object: FluxObject): void
  /** The branch of a GitRepository is at another commit. */
  moved(repository: FluxObject, revision: string, title: string): void
}

export function createSourceController(hands: Hands): SourceController {
  const looked = (object: FluxObject) => {
    const seen = hands.write(object, {
      ...acknowledged(object),
      observedGeneration: generationOf(object),
      conditions: kept(object, 'Ready', 'ArtifactInStorage'),
    })
    const { revision } = (seen.status?.artifact ?? {}) as { revision?: string }
    if (revision === undefined) return
    if (object.kind === 'GitRepository') {
      const message = `no changes since last reconciliation: observed revision '${revision}'`
      hands.tell(seen, 'Normal', 'GitOperationSucceeded', message)
      return
    }
    hands.tell(seen, 'Normal', 'ArtifactUpToDate', `artifact up-to-date with remote revision: '${revision}'`)
  }

  return {
    reconcile(object) {
      if (object.spec.suspend) hands.write(object, acknowledged(object))
      else hands.later(object, 600, () => looked(hands.fresh(object)))
    },
    moved(repository, revision, title) {
      const { namespace = '', name } = repository.metadata
      const artifact = artifactOf('gitrepository', namespace, name, revision, hands.agenda.now())
      const message = `stored artifact for revision '${revision}'`
      const next = hands.write(repository, {
        artifact,
        observedGeneration: generationOf(repository),
        conditions: [is('Ready', 'Succeeded', message), is('ArtifactInStorage', 'Succeeded', message)],
      })
      hands.tell(next, 'Normal', 'NewArtifact', `stored artifact for commit '${title}'`, {
        revision,
        digest: artifact.digest,
      })
    },
  }
}
