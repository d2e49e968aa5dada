// The contract for what stands of Kustomizations and HelmReleases: conditions with their reasons and messages,
// inventory, history.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Holds } from './flux.ts'
import { brief, conditionOf, digest, type FluxObject, messageOf, time } from './hand.ts'

const duration = expect.stringMatching(/^(\d+h)?(\d+m)?[\d.]+(s|ms|µs)$/)

export function describeStates(held: () => Holds): void {
  describe('a Kustomization', () => {
    const get = (name: keyof Holds['bed']['kustomizations']) =>
      held().hand.get(held().bed.kustomizations[name])

    beforeAll(async () => {
      const { hand, bed } = held()
      const settled = (reason: string) => (object: FluxObject) =>
        conditionOf(object, 'Ready')?.reason === reason
      await hand.becomes(bed.kustomizations.unhealthy, 'to fail its check', settled('HealthCheckFailed'))
      // It looks at what it depends on when it has something to do.
      await hand.request(bed.kustomizations.waiting)
      await hand.becomes(bed.kustomizations.waiting, 'to wait', settled('DependencyNotReady'))
    })

    it('that is Ready says which revision it applied, and that it is healthy', async () => {
      const object = await get('healthy')
      expect(brief(object)).toEqual(['Ready=True ReconciliationSucceeded', 'Healthy=True Succeeded'])
      const revision = object.status.lastAppliedRevision
      expect(revision).toMatch(/^main@sha1:[0-9a-f]{40}$/)
      expect(messageOf(object)).toBe(`Applied revision: ${revision}`)
      expect(messageOf(object, 'Healthy')).toMatch(/^Health check passed in [\d.]+(s|ms|µs)$/)
      expect(object.status.lastAttemptedRevision).toBe(revision)
      expect(object.status.observedGeneration).toBe(object.metadata.generation)
      expect(object.status.conditions?.[0]?.observedGeneration).toBe(object.metadata.generation)
    })

    it('that waits for no health has no Healthy condition', async () => {
      expect(brief(await get('child'))).toEqual(['Ready=True ReconciliationSucceeded'])
    })

    it('lists what it applied as namespace, name, group and kind, in the order of applying', async () => {
      const { hand, bed } = held()
      const entries = (await hand.get(bed.kustomizations.healthy)).status.inventory?.entries ?? []
      const ofKind = (kind: string) => entries.map(({ id }) => id.endsWith(`_${kind}`)).indexOf(true)
      const order = ['_ConfigMap', '_Service', 'apps_Deployment'].map(ofKind)
      expect(order).toEqual(order.toSorted((a, b) => a - b))
      expect(order).not.toContain(-1)
      const deployment = entries.find(({ id }) => id.endsWith('_apps_Deployment'))
      expect(deployment?.id).toMatch(/^[a-z0-9-]+_[a-z0-9-]+_apps_Deployment$/)
      expect(deployment?.v).toBe('v1')
      expect(entries.find(({ id }) => id.endsWith('__ConfigMap'))?.v).toBe('v1')
    })

    it('keeps a history of what it built', async () => {
      const { history = [], lastAppliedRevision } = (await get('healthy')).status
      expect(history[0]).toEqual({
        digest,
        firstReconciled: time,
        lastReconciled: time,
        lastReconciledDuration: duration,
        lastReconciledStatus: 'ReconciliationSucceeded',
        metadata: { revision: lastAppliedRevision },
        totalReconciliations: expect.any(Number),
      })
    })

    it('whose objects never become healthy goes on trying', async () => {
      const object = await get('unhealthy')
      expect(brief(object)).toEqual([
        'Reconciling=True ProgressingWithRetry',
        'Ready=False HealthCheckFailed',
        'Healthy=False HealthCheckFailed',
      ])
      expect(messageOf(object)).toMatch(/^health check failed after [\dms.]+: /)
      expect(messageOf(object, 'Healthy')).toMatch(/^(timeout waiting for|failed early due to stalled)/)
      expect(messageOf(object, 'Reconciling')).toMatch(
        /^Running health checks for revision main@sha1:[0-9a-f]{40} with a timeout of [\dhms]+$/,
      )
      expect(object.status.history?.[0]).toMatchObject({ lastReconciledStatus: 'HealthCheckFailed' })
      expect(object.status.inventory?.entries).not.toEqual([])
      // What it attempted is not what it applied.
      expect(object.status.lastAttemptedRevision).toMatch(/^main@sha1:/)
    })

    it('whose objects the server refuses says which one, and remembers it', async () => {
      const object = await get('refused')
      expect(brief(object)).toEqual([
        'Reconciling=True ProgressingWithRetry',
        'Ready=False ReconciliationFailed',
      ])
      expect(messageOf(object)).toMatch(/^\w+\/[\w-]+\/[\w-]+ dry-run failed \(Invalid\): /)
      expect(messageOf(object, 'Reconciling')).toMatch(/^Detecting drift for revision main@sha1:/)
      expect(object.status.history?.[0]).toMatchObject({ lastReconciledStatus: 'ReconciliationFailed' })
    })

    it('that cannot be built says so, and has nothing to remember', async () => {
      const object = await get('unbuildable')
      expect(brief(object)).toEqual(['Reconciling=True ProgressingWithRetry', 'Ready=False BuildFailed'])
      expect(messageOf(object)).toMatch(/^kustomize build failed: /)
      expect(messageOf(object, 'Reconciling')).toMatch(/^Building manifests for revision main@sha1:/)
      expect(object.status.history?.some((one) => one.lastReconciledStatus === 'BuildFailed')).not.toBe(true)
    })

    it('that depends on another names it, and is not reconciling', async () => {
      const { hand, bed } = held()
      const object = await get('waiting')
      expect(brief(object)).toEqual(['Ready=False DependencyNotReady'])
      expect(messageOf(object)).toBe(
        `dependency 'flux-system/${bed.kustomizations.unhealthy.name}' is not ready`,
      )
      const told = await hand.told(
        bed.kustomizations.waiting,
        ({ reason }) => reason === 'DependencyNotReady',
      )
      expect(told).toMatchObject({
        type: 'Normal',
        message: expect.stringMatching(/^Dependencies do not meet ready condition, retrying in \d+s$/),
      })
    })
  })

  describe('a HelmRelease', () => {
    const get = (name: keyof Holds['bed']['releases']) => held().hand.get(held().bed.releases[name])

    it('that is Ready says what it released, and how', async () => {
      const object = await get('healthy')
      const { namespace, name } = object.metadata
      const [latest] = object.status.history ?? []
      const [action, reason] =
        latest?.version === 1 ? ['install', 'InstallSucceeded'] : ['upgrade', 'UpgradeSucceeded']
      expect(brief(object)).toEqual([`Ready=True ${reason}`, `Released=True ${reason}`])
      expect(messageOf(object)).toBe(
        `Helm ${action} succeeded for release ${namespace}/${name}.v${latest?.version} with chart ${latest?.chartName}@${latest?.chartVersion}`,
      )
      expect(messageOf(object, 'Released')).toBe(messageOf(object))
      expect(object.status).toMatchObject({
        observedGeneration: object.metadata.generation,
        lastAttemptedGeneration: object.metadata.generation,
        lastAttemptedRevision: latest?.chartVersion,
        lastAttemptedReleaseAction: action,
        lastAttemptedReleaseActionDuration: duration,
        lastAttemptedConfigDigest: latest?.configDigest,
        storageNamespace: namespace,
        helmChart: `flux-system/${namespace}-${name}`,
      })
      expect(object.status.failures ?? 0).toBe(0)
    })

    it('remembers its releases as snapshots', async () => {
      const object = await get('healthy')
      expect(object.status.history?.[0]).toMatchObject({
        action: object.status.lastAttemptedReleaseAction,
        apiVersion: 'v2',
        appVersion: expect.any(String),
        configDigest: digest,
        digest,
        firstDeployed: time,
        lastDeployed: time,
        name: object.metadata.name,
        namespace: object.metadata.namespace,
        status: 'deployed',
      })
    })

    it('lists what it installed, as a Kustomization does', async () => {
      const object = await get('healthy')
      const ids = object.status.inventory?.entries.map(({ id }) => id) ?? []
      expect(ids.some((id) => /^[a-z0-9-]+_[a-z0-9-]+_apps_(Deployment|StatefulSet)$/.test(id))).toBe(true)
    })

    it('without an attempt left stalls, and keeps why', async () => {
      const object = await get('stalled')
      expect(brief(object)).toEqual([
        'Stalled=True RetriesExceeded',
        'Ready=False InstallFailed',
        'Released=False InstallFailed',
      ])
      expect(messageOf(object, 'Stalled')).toBe('Failed to install after 1 attempt(s)')
      const { namespace, name } = object.metadata
      const [latest] = object.status.history ?? []
      expect(latest).toMatchObject({ status: 'failed', action: 'install', version: 1 })
      expect(messageOf(object)?.split(': ')[0]).toBe(
        `Helm install failed for release ${namespace}/${name} with chart ${latest?.chartName}@${latest?.chartVersion}`,
      )
      expect(messageOf(object, 'Released')).toBe(messageOf(object))
      expect(object.status).toMatchObject({
        failures: 1,
        installFailures: 1,
        observedGeneration: object.metadata.generation,
        lastAttemptedRevision: latest?.chartVersion,
      })
    })

    it('that depends on another names it, and is fulfilling prerequisites', async () => {
      const { hand, bed } = held()
      const object = await hand.reconciled(bed.releases.waiting)
      expect(brief(object).slice(0, 2)).toEqual([
        'Reconciling=True Progressing',
        'Ready=False DependencyNotReady',
      ])
      const { namespace, name } = bed.releases.stalled
      const message = `dependency '${namespace}/${name}' is not ready`
      expect(messageOf(object)).toBe(message)
      expect(messageOf(object, 'Reconciling')).toBe('Fulfilling prerequisites')
      const told = await hand.told(bed.releases.waiting, ({ reason }) => reason === 'DependencyNotReady')
      expect(told).toMatchObject({ type: 'Normal', message })
    })
  })
}
