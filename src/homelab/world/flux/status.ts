// The status that Flux's controllers write: conditions that keep their times, and the short histories.
import { stamp } from '#homelab/store.ts'
import type { FluxRelease } from '#homelab/world/catalogue/shapes.ts'
import { hex } from '#homelab/world/random.ts'
import { type FluxCondition, type FluxObject, snapshot } from './objects.ts'

export interface FluxTrouble {
  readonly reason: string
  readonly message: string
  readonly revision?: string
  readonly is: 'failed' | 'progressing' | 'waiting' | 'stalled'
}

export type NewCondition = Pick<FluxCondition, 'type' | 'status' | 'reason' | 'message'>

export const is = (
  type: string,
  reason: string,
  message: string,
  status: FluxCondition['status'] = 'True',
): NewCondition => ({ type, status, reason, message })

/** New conditions keep the time of the last change of status, and say of which generation they tell. */
export function settle(
  object: FluxObject,
  conditions: readonly NewCondition[],
  now: number,
): readonly FluxCondition[] {
  return conditions.map((next) => {
    const before = object.status?.conditions?.find(({ type }) => type === next.type)
    return {
      ...next,
      observedGeneration: (object.metadata.generation as number | undefined) ?? 1,
      lastTransitionTime: before?.status === next.status ? before.lastTransitionTime : stamp(now),
    }
  })
}

/** Those of the object as they are, to be written again beside others. */
export const kept = (object: FluxObject, ...types: readonly string[]): readonly NewCondition[] =>
  (object.status?.conditions ?? []).filter(({ type }) => types.includes(type))

/** A Kustomization's history: at most five entries, one for each digest and status, the latest first. */
export function historyWith(
  object: FluxObject,
  entry: {
    readonly revision: string
    readonly status: string
    /** What is built is not what was built before. */
    readonly changed: boolean
    readonly took: string
    readonly at: number
  },
): Record<string, unknown>[] {
  const { revision, status, changed, took, at } = entry
  const before = object.status?.history ?? []
  const digest =
    (changed ? undefined : before[0]?.digest) ??
    `sha256:${hex(`${object.metadata.name}/${revision.slice(-40)}`, 64)}`
  const same = before.find((item) => item.digest === digest && item.lastReconciledStatus === status)
  const made = {
    digest,
    firstReconciled: same?.firstReconciled ?? stamp(at),
    lastReconciled: stamp(at),
    lastReconciledDuration: took,
    lastReconciledStatus: status,
    metadata: { revision },
    totalReconciliations: ((same?.totalReconciliations as number | undefined) ?? 0) + 1,
  }
  return [made, ...before.filter((item) => item !== same)].slice(0, 5)
}

/** A HelmRelease's history with one more release before the others: at most five, each a release of its own. */
export function releasesWith(
  object: FluxObject,
  release: FluxRelease,
  next: {
    readonly version: string
    readonly app: string
    readonly status: string
    readonly action: string
    readonly at: number
  },
): Record<string, unknown>[] {
  const { version, app, status, action, at } = next
  // An install forgets whatever there was.
  const before = action === 'install' ? [] : (object.status?.history ?? [])
  const number = ((before[0]?.version as number | undefined) ?? 0) + 1
  const first = before.at(-1)?.firstDeployed
  const made = snapshot(release, version, app, number, status, action, at)
  // Which action made it is known of the latest alone.
  const older = before.map(({ action: _, ...item }) =>
    status === 'deployed' && item.status === 'deployed' ? { ...item, status: 'superseded' } : item,
  )
  return [{ ...made, ...(first !== undefined && { firstDeployed: first }) }, ...older].slice(0, 5)
}
