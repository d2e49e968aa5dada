// The contract for a new revision: from the source to what was applied, and what is told on the way.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Holds } from './flux.ts'
import { conditionOf, type FluxObject } from './hand.ts'
import { rowOf } from './rows.ts'

export function describeRevisions(held: () => Holds): void {
  describe('a new revision', () => {
    let before: FluxObject
    let after: FluxObject
    let pushed: { readonly revision: string; readonly changed: string }
    let seen: readonly FluxObject[] = []

    beforeAll(async () => {
      const { bed, hand } = held()
      const { healthy } = bed.kustomizations
      before = await hand.get(healthy)
      seen = await hand.versions(
        healthy,
        async () => {
          pushed = await bed.push('Move on')
        },
        (object) =>
          object.status.lastAppliedRevision === pushed?.revision &&
          conditionOf(object, 'Ready')?.status === 'True' &&
          conditionOf(object, 'Reconciling') === undefined,
      )
      after = await hand.get(healthy)
    })

    it('becomes the artifact of its source, which tells the commit', async () => {
      const { bed, hand } = held()
      const { status } = await hand.get(bed.sources.git)
      expect(status.artifact?.revision).toBe(pushed.revision)
      expect(String(status.artifact?.path)).toContain(pushed.revision.split(':')[1])
      const told = await hand.told(bed.sources.git, ({ reason }) => reason === 'NewArtifact')
      expect(told).toMatchObject({
        type: 'Normal',
        message: "stored artifact for commit 'Move on'",
        annotations: {
          'source.toolkit.fluxcd.io/revision': pushed.revision,
          'source.toolkit.fluxcd.io/digest': status.artifact?.digest,
        },
      })
    })

    it('is attempted before it is applied', async () => {
      const attempts = seen.filter(({ status }) => status.lastAttemptedRevision === pushed.revision)
      expect(attempts[0]?.status.lastAppliedRevision).not.toBe(pushed.revision)
      expect(conditionOf(attempts[0] as FluxObject, 'Reconciling')?.message).toContain(pushed.revision)
      expect(after.status.lastAppliedRevision).toBe(pushed.revision)
      expect(conditionOf(after, 'Ready')?.message).toBe(`Applied revision: ${pushed.revision}`)
    })

    it('is the first of the history, before what it replaced', () => {
      expect(after.status.history?.[0]).toMatchObject({
        lastReconciledStatus: 'ReconciliationSucceeded',
        metadata: { revision: pushed.revision },
        totalReconciliations: 1,
      })
      expect(after.status.history?.[1]).toMatchObject({ digest: before.status.history?.[0]?.digest })
    })

    it('is what the row tells of, with what it replaced and since when', () => {
      const row = rowOf(after)
      expect(row).toMatchObject({ state: 'ready', revision: pushed.revision })
      expect(row.changedFrom).toMatch(/^main@sha1:[0-9a-f]{40}$/)
      expect(row.changedFrom).not.toBe(pushed.revision)
      expect(row.changedAt).toBe(Date.parse(String(after.status.history?.[0]?.firstReconciled)))
    })

    it('is told as what changed, the health that came of it, and the end', async () => {
      const { bed, hand } = held()
      const { healthy } = bed.kustomizations
      const at = { 'kustomize.toolkit.fluxcd.io/revision': pushed.revision }
      const ended = await hand.told(
        healthy,
        ({ reason, annotations }) =>
          reason === 'ReconciliationSucceeded' &&
          annotations['kustomize.toolkit.fluxcd.io/revision'] === pushed.revision,
      )
      expect(ended.annotations).toMatchObject(at)
      const told = (await hand.events(healthy)).filter(
        ({ reason, annotations }) =>
          reason !== 'DependencyNotReady' &&
          annotations['kustomize.toolkit.fluxcd.io/revision'] === pushed.revision,
      )
      expect(told.slice(0, 3)).toMatchObject([
        { type: 'Normal', reason: 'Progressing', message: expect.stringContaining(pushed.changed) },
        {
          type: 'Normal',
          reason: 'Progressing',
          message: expect.stringMatching(/^Health check passed in [\d.]+(s|ms)$/),
        },
        { type: 'Normal', reason: 'ReconciliationSucceeded' },
      ])
    })

    it('changes nothing of the digest where what is built stays the same', async () => {
      const { bed, hand } = held()
      const { child } = bed.kustomizations
      const { status } = await hand.becomes(
        child,
        'to apply it',
        (object) => object.status.lastAppliedRevision === pushed.revision,
      )
      expect(status.history?.[0]).toMatchObject({ metadata: { revision: pushed.revision } })
      expect(status.history?.[0]?.totalReconciliations).toBeGreaterThan(1)
    })

    it('does not reach what is suspended', async () => {
      const { bed, hand } = held()
      const { status } = await hand.get(bed.kustomizations.suspended)
      expect(status.lastAppliedRevision).not.toBe(pushed.revision)
      expect(status.lastAttemptedRevision).not.toBe(pushed.revision)
    })
  })
}
