// The contract for Flux: what source-, kustomize- and helm-controller make of their objects, and of what is asked of
// them. In this order: what stands, then what is asked, then what changes.
import { afterAll, beforeAll } from 'vitest'
import type { Cluster } from '#cluster/cluster.ts'
import type { FluxBed } from './bed.ts'
import { type Hand, handOf } from './hand.ts'
import { describeReleaseRequests } from './release-requests.ts'
import { describeRequests } from './requests.ts'
import { describeRevisions } from './revisions.ts'
import { describeRows } from './rows.ts'
import { describeSourceStates } from './source-states.ts'
import { describeStates } from './states.ts'
import { describeSuspension } from './suspension.ts'

export interface Holds {
  readonly bed: FluxBed
  readonly hand: Hand
}

export function describeFlux(makeBed: () => Promise<FluxBed>): void {
  const stop = new AbortController()
  let holds: Holds | undefined
  let cluster: Cluster | undefined
  beforeAll(async () => {
    const bed = await makeBed()
    cluster = await bed.connect()
    holds = { bed, hand: handOf(cluster, stop.signal) }
  })
  afterAll(async () => {
    stop.abort()
    await cluster?.close()
    await holds?.bed.close()
  })
  const held = (): Holds => {
    if (holds === undefined) throw new Error('the bed is not up')
    return holds
  }

  describeStates(held)
  describeSourceStates(held)
  describeRows(held)
  describeRequests(held)
  describeReleaseRequests(held)
  describeSuspension(held)
  describeRevisions(held)
}
