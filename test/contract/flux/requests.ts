// The contract for requests: the tokens that ask, what is acknowledged and when, and what is told of it.
import { expect, it } from 'vitest'
import type { Ref } from './bed.ts'
import type { Holds } from './flux.ts'
import { brief, conditionOf, type FluxObject } from './hand.ts'

export function describeRequests(held: () => Holds): void {
  const well: readonly (readonly [what: string, ref: (bed: Holds['bed']) => Ref])[] = [
    ['a Kustomization', ({ kustomizations }) => kustomizations.healthy],
    ['a HelmRelease', ({ releases }) => releases.healthy],
    ['a GitRepository', ({ sources }) => sources.git],
    ['a HelmRepository', ({ sources }) => sources.helmRepository],
    ['a HelmChart', ({ sources }) => sources.chart],
  ]

  it.each(well)('%s that is well is so again when it acknowledges a request', async (_, refOf) => {
    const { bed, hand } = held()
    const before = await hand.get(refOf(bed))
    const after = await hand.reconciled(refOf(bed))
    expect(brief(after)).toEqual(brief(before))
    expect(after.status.observedGeneration).toBe(after.metadata.generation)
    expect(after.metadata.generation).toBe(before.metadata.generation)
  })

  it('a Kustomization shows that it is under way, and acknowledges at the end', async () => {
    const { bed, hand } = held()
    const { healthy } = bed.kustomizations
    const { lastHandledReconcileAt } = (await hand.get(healthy)).status
    let token = ''
    const seen = await hand.versions(
      healthy,
      async () => {
        token = await hand.request(healthy)
      },
      ({ status }) => token !== '' && status.lastHandledReconcileAt === token,
    )
    const underWay = seen.filter((one) => conditionOf(one, 'Reconciling')?.status === 'True')
    expect(underWay).not.toEqual([])
    for (const one of underWay) {
      expect(one.status.lastHandledReconcileAt).toBe(lastHandledReconcileAt)
      expect(brief(one).slice(0, 2)).toEqual(['Reconciling=True Progressing', 'Ready=Unknown Progressing'])
      expect(conditionOf(one, 'Ready')?.message).toBe('Reconciliation in progress')
    }
    expect(conditionOf(underWay[0] as FluxObject, 'Reconciling')?.message).toMatch(
      /^\w+ (manifests|drift|health checks) for revision main@sha1:[0-9a-f]{40} with a timeout of [\dhms]+$/,
    )
    expect(brief(seen.at(-1) as FluxObject)).toEqual([
      'Ready=True ReconciliationSucceeded',
      'Healthy=True Succeeded',
    ])
  })

  it('a Kustomization counts what it did again', async () => {
    const { bed, hand } = held()
    const { healthy } = bed.kustomizations
    const before = (await hand.get(healthy)).status.history?.[0]
    const after = (await hand.reconciled(healthy)).status.history?.[0]
    expect(after).toMatchObject({ digest: before?.digest, firstReconciled: before?.firstReconciled })
    expect(after?.totalReconciliations).toBeGreaterThan(Number(before?.totalReconciliations))
  })

  it('a Kustomization tells that it is done, with the revision', async () => {
    const { bed, hand } = held()
    const { healthy } = bed.kustomizations
    const known = (await hand.events(healthy)).length
    const { status, spec } = await hand.reconciled(healthy)
    await expect.poll(async () => (await hand.events(healthy)).length).toBeGreaterThan(known)
    const told = await hand.told(healthy, ({ reason }) => reason === 'ReconciliationSucceeded')
    expect(told).toMatchObject({
      type: 'Normal',
      message: expect.stringMatching(/^Reconciliation finished in [\d.]+(s|ms), next run in [\dhms]+$/),
      annotations: {
        'kustomize.toolkit.fluxcd.io/revision': status.lastAppliedRevision,
        'kustomize.toolkit.fluxcd.io/commit_status': 'update',
      },
    })
    expect(spec.interval).toBeDefined()
    expect(told.event).toMatchObject({
      involvedObject: {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        namespace: 'flux-system',
        name: healthy.name,
      },
      source: { component: 'kustomize-controller' },
      reportingComponent: 'kustomize-controller',
    })
  })

  it('a Kustomization that fails acknowledges while it goes on trying', async () => {
    const { bed, hand } = held()
    const { refused } = bed.kustomizations
    const { lastAttemptedRevision } = (await hand.get(refused)).status
    const object = await hand.reconciled(refused)
    expect(brief(object)).toEqual([
      'Reconciling=True ProgressingWithRetry',
      'Ready=False ReconciliationFailed',
    ])
    expect(object.status.lastAttemptedRevision).toBe(lastAttemptedRevision)
    const told = await hand.told(refused, ({ type }) => type === 'Warning')
    expect(told).toMatchObject({
      reason: 'ReconciliationFailed',
      message: conditionOf(object, 'Ready')?.message,
      annotations: { 'kustomize.toolkit.fluxcd.io/revision': lastAttemptedRevision },
    })
  })

  it.each([
    ['Kustomization', ({ kustomizations }: Holds['bed']) => kustomizations.waiting],
    ['HelmRelease', ({ releases }: Holds['bed']) => releases.waiting],
  ] as const)('a %s that waits acknowledges and waits on', async (_, refOf) => {
    const { bed, hand } = held()
    expect(conditionOf(await hand.reconciled(refOf(bed)), 'Ready')?.reason).toBe('DependencyNotReady')
  })

  it.each([
    [
      'GitRepository',
      ({ sources }: Holds['bed']) => sources.git,
      'GitOperationSucceeded',
      /^no changes since last reconciliation: observed revision 'main@sha1:[0-9a-f]{40}'$/,
    ],
    [
      'HelmRepository',
      ({ sources }: Holds['bed']) => sources.helmRepository,
      'ArtifactUpToDate',
      /^artifact up-to-date with remote revision: 'sha256:[0-9a-f]{64}'$/,
    ],
    [
      'HelmChart',
      ({ sources }: Holds['bed']) => sources.chart,
      'ArtifactUpToDate',
      /^artifact up-to-date with remote revision: '\d+\.\d+\.\d+'$/,
    ],
  ] as const)('a %s tells that nothing is new', async (_, refOf, reason, message) => {
    const { bed, hand } = held()
    await hand.reconciled(refOf(bed))
    const told = await hand.told(refOf(bed), (one) => one.reason === reason)
    expect(told).toMatchObject({ type: 'Normal', message: expect.stringMatching(message) })
    expect(told.event).toMatchObject({ source: { component: 'source-controller' } })
  })

  it('to force or to reset mean nothing to a Kustomization', async () => {
    const { bed, hand } = held()
    const object = await hand.reconciled(bed.kustomizations.child, 'forceAt', 'resetAt')
    expect(object.status.lastHandledForceAt).toBeUndefined()
    expect(object.status.lastHandledResetAt).toBeUndefined()
  })
}
