// What a cluster must offer so that the contract for Flux can be held against it, simulated or real: objects in the
// states that the contract tells of, and a Git that can move on.
import type { Cluster } from '#cluster/cluster.ts'
import type { Resource } from '#model/kube.ts'

export interface Ref {
  readonly resource: Resource
  readonly namespace: string
  readonly name: string
}

export interface FluxBed {
  connect(): Promise<Cluster>
  readonly kustomizations: {
    /** Ready, waits for the health of what it applies, and is what `push` changes. */
    readonly healthy: Ref
    /** What it applies never becomes healthy. */
    readonly unhealthy: Ref
    /** The API server refuses what it applies. */
    readonly refused: Ref
    /** Its manifests cannot be built. */
    readonly unbuildable: Ref
    /** Depends on the unhealthy one. */
    readonly waiting: Ref
    readonly suspended: Ref
    /** Applies the child, which is Ready. */
    readonly parent: Ref
    readonly child: Ref
  }
  readonly releases: {
    readonly healthy: Ref
    /** Failed to install, and has no attempt left. */
    readonly stalled: Ref
    /** Depends on the stalled one. */
    readonly waiting: Ref
    readonly suspended: Ref
  }
  readonly sources: {
    /** Of the Kustomizations. */
    readonly git: Ref
    readonly helmRepository: Ref
    /** Of the healthy release, from the Helm repository. */
    readonly chart: Ref
  }
  /** Git moves on and the source has fetched it; one Deployment of the healthy Kustomization changed. */
  push(title: string): Promise<{ readonly revision: string; readonly changed: string }>
  close(): Promise<void>
}
