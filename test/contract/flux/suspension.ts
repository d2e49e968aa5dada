// The contract for suspension, and for a parent that takes back what was changed below it.
import { describe, expect, it } from 'vitest'
import type { Holds } from './flux.ts'
import { brief, conditionOf, type FluxObject } from './hand.ts'

const without = ({ status: { lastHandledReconcileAt: _, ...rest } }: FluxObject) => rest

export function describeSuspension(held: () => Holds): void {
  describe('what is suspended', () => {
    it.each([
      ['Kustomization', ({ kustomizations }: Holds['bed']) => kustomizations.suspended],
      ['HelmRelease', ({ releases }: Holds['bed']) => releases.suspended],
    ] as const)('acknowledges a request and does nothing: a %s', async (_, refOf) => {
      const { bed, hand } = held()
      const before = await hand.get(refOf(bed))
      expect(before.spec.suspend).toBe(true)
      const told = (await hand.events(refOf(bed))).length
      const after = await hand.reconciled(refOf(bed))
      expect(without(after)).toEqual(without(before))
      expect((await hand.events(refOf(bed))).length).toBe(told)
    })

    it('keeps its conditions, and says by its generation that it was seen', async () => {
      const { bed, hand } = held()
      const { child } = bed.kustomizations
      const before = await hand.get(child)
      await hand.patch(child, { spec: { suspend: true } })
      const suspended = await hand.becomes(
        child,
        'to have seen that it is suspended',
        ({ metadata, status }) => status.observedGeneration === metadata.generation,
      )
      expect(suspended.metadata.generation).toBe(Number(before.metadata.generation) + 1)
      expect(suspended.status.conditions).toEqual(before.status.conditions)
      expect(suspended.status.history).toEqual(before.status.history)
    })

    it('is reconciled at once when it is resumed', async () => {
      const { bed, hand } = held()
      const { child } = bed.kustomizations
      const before = await hand.get(child)
      await hand.patch(child, { spec: { suspend: null } })
      const resumed = await hand.becomes(
        child,
        'to be reconciled',
        ({ status }) =>
          Number(status.history?.[0]?.totalReconciliations) >
          Number(before.status.history?.[0]?.totalReconciliations),
      )
      expect(resumed.status.observedGeneration).toBe(resumed.metadata.generation)
      expect(brief(resumed)).toEqual(brief(before))
    })
  })

  it.each([
    ['HelmRelease', ({ releases }: Holds['bed']) => releases.healthy],
    ['GitRepository', ({ sources }: Holds['bed']) => sources.git],
    ['HelmChart', ({ sources }: Holds['bed']) => sources.chart],
  ] as const)('a %s that is resumed is well as of its new generation', async (_, refOf) => {
    const { bed, hand } = held()
    const before = await hand.get(refOf(bed))
    await hand.patch(refOf(bed), { spec: { suspend: true } })
    await hand.patch(refOf(bed), { spec: { suspend: null } })
    const resumed = await hand.becomes(
      refOf(bed),
      'to be well again',
      (object) =>
        object.status.observedGeneration === object.metadata.generation &&
        conditionOf(object, 'Reconciling') === undefined,
    )
    expect(resumed.metadata.generation).toBe(Number(before.metadata.generation) + 2)
    expect(conditionOf(resumed, 'Ready')?.observedGeneration).toBe(resumed.metadata.generation)
    expect(brief(resumed)).toEqual(brief(before))
  })

  describe('a parent', () => {
    it('takes back what was changed of what it applied, and tells so', async () => {
      const { bed, hand } = held()
      const { parent, child } = bed.kustomizations
      const { interval } = (await hand.get(child)).spec
      await hand.patch(child, { spec: { interval: '59m' } })
      expect((await hand.get(child)).spec.interval).toBe('59m')
      const { status } = await hand.reconciled(parent)
      expect((await hand.get(child)).spec.interval).toBe(interval)
      const told = await hand.told(parent, ({ message }) => message.includes('configured'))
      expect(told).toMatchObject({
        type: 'Normal',
        reason: 'Progressing',
        annotations: { 'kustomize.toolkit.fluxcd.io/revision': status.lastAppliedRevision },
      })
      expect(told.message.split('\n')).toContain(`Kustomization/flux-system/${child.name} configured`)
    })

    it('leaves what it never said', async () => {
      const { bed, hand } = held()
      const { parent, child } = bed.kustomizations
      const annotations = { 'example.test/mine': 'yes' }
      await hand.patch(child, { metadata: { annotations } })
      await hand.reconciled(parent)
      expect((await hand.get(child)).metadata.annotations).toMatchObject(annotations)
    })
  })
}
