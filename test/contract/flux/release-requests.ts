// The contract for requests of a HelmRelease: what force and reset do to one in sync, and to one that has stalled.
import { describe, expect, it } from 'vitest'
import type { Holds } from './flux.ts'
import { brief, conditionOf, type FluxObject } from './hand.ts'

const first = (object: FluxObject) => object.status.history?.[0]

export function describeReleaseRequests(held: () => Holds): void {
  describe('requests of a HelmRelease', () => {
    it('leave a release in sync as it is, and tell nothing', async () => {
      const { bed, hand } = held()
      const { healthy } = bed.releases
      const before = await hand.get(healthy)
      const told = await hand.events(healthy)
      const after = await hand.reconciled(healthy)
      expect(after.status.history).toEqual(before.status.history)
      expect((await hand.events(healthy)).length).toBe(told.length)
    })

    it('force nothing where the tokens differ, though the other one is noted', async () => {
      const { bed, hand } = held()
      const { healthy } = bed.releases
      const before = await hand.get(healthy)
      await hand.patch(healthy, { metadata: { annotations: { 'reconcile.fluxcd.io/forceAt': 'another' } } })
      const after = await hand.reconciled(healthy)
      expect(after.status.lastHandledForceAt).toBe('another')
      expect(after.status.history).toEqual(before.status.history)
    })

    it('force an upgrade of a release in sync', async () => {
      const { bed, hand } = held()
      const { healthy } = bed.releases
      const before = first(await hand.get(healthy))
      const token = await hand.request(healthy, 'forceAt')
      const after = await hand.handled(healthy, token)
      expect(after.status.lastHandledForceAt).toBe(token)
      expect(brief(after)).toEqual(['Ready=True UpgradeSucceeded', 'Released=True UpgradeSucceeded'])
      const [now, then] = after.status.history ?? []
      expect(now).toMatchObject({
        action: 'upgrade',
        status: 'deployed',
        version: Number(before?.version) + 1,
        chartVersion: before?.chartVersion,
        firstDeployed: before?.firstDeployed,
      })
      expect(then).toMatchObject({ status: 'superseded', version: before?.version })
      // Who did it is known of the latest one alone.
      expect(then).not.toHaveProperty('action')
      expect(after.status.lastAttemptedReleaseAction).toBe('upgrade')
      const told = await hand.told(healthy, ({ reason }) => reason === 'UpgradeSucceeded')
      expect(told).toMatchObject({
        type: 'Normal',
        message: conditionOf(after, 'Ready')?.message,
        annotations: {
          'helm.toolkit.fluxcd.io/revision': now?.chartVersion,
          'helm.toolkit.fluxcd.io/app-version': now?.appVersion,
          'helm.toolkit.fluxcd.io/token': now?.configDigest,
        },
      })
      expect(told.event).toMatchObject({ source: { component: 'helm-controller' } })
    })

    it('are under way while an action runs, and acknowledged at its end', async () => {
      const { bed, hand } = held()
      const { healthy } = bed.releases
      const { lastHandledReconcileAt } = (await hand.get(healthy)).status
      let token = ''
      const seen = await hand.versions(
        healthy,
        async () => {
          token = await hand.request(healthy, 'forceAt')
        },
        ({ status }) => token !== '' && status.lastHandledReconcileAt === token,
      )
      const running = seen.filter((one) => conditionOf(one, 'Ready')?.status === 'Unknown')
      expect(running).not.toEqual([])
      for (const one of running) {
        expect(brief(one).slice(0, 2)).toEqual(['Reconciling=True Progressing', 'Ready=Unknown Progressing'])
        expect(conditionOf(one, 'Ready')?.message).toMatch(/^Running 'upgrade' action with timeout of \w+$/)
        expect(conditionOf(one, 'Released')?.status).toBe('True')
        expect(one.status.lastHandledReconcileAt).toBe(lastHandledReconcileAt)
      }
      // That it is forced is noted while it runs, though not by the same write as the conditions.
      expect(running.at(-1)?.status.lastHandledForceAt).toBe(token)
    })

    it('change nothing of one that has stalled', async () => {
      const { bed, hand } = held()
      const before = await hand.get(bed.releases.stalled)
      const after = await hand.reconciled(bed.releases.stalled)
      expect(brief(after)).toEqual(brief(before))
      expect(after.status.history).toEqual(before.status.history)
      expect(after.status.failures).toBe(before.status.failures)
    })

    it('reset the failures of one that has stalled, and try again', async () => {
      const { bed, hand } = held()
      const { stalled } = bed.releases
      const before = await hand.get(stalled)
      const token = await hand.request(stalled, 'resetAt')
      const after = await hand.handled(stalled, token)
      expect(after.status.lastHandledResetAt).toBe(token)
      expect(after.status).toMatchObject({ failures: 1, upgradeFailures: 1 })
      expect(brief(after)).toEqual([
        'Stalled=True RetriesExceeded',
        'Ready=False UpgradeFailed',
        'Released=False UpgradeFailed',
      ])
      expect(first(after)).toMatchObject({
        status: 'failed',
        action: 'upgrade',
        version: Number(first(before)?.version) + 1,
      })
    })

    it('force another attempt of one that has stalled, and count its failures on', async () => {
      const { bed, hand } = held()
      const { stalled } = bed.releases
      const before = await hand.get(stalled)
      const token = await hand.request(stalled, 'forceAt')
      const after = await hand.handled(stalled, token)
      expect(after.status.lastHandledForceAt).toBe(token)
      expect(after.status.failures).toBe(Number(before.status.failures) + 1)
      expect(first(after)?.version).toBe(Number(first(before)?.version) + 1)
      const told = await hand.told(stalled, ({ type }) => type === 'Warning')
      expect(told.reason).toBe('UpgradeFailed')
      expect(told.message.startsWith(conditionOf(after, 'Ready')?.message ?? 'none')).toBe(true)
    })
  })
}
