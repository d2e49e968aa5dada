// The contract between the controllers and our own reading of them: which state a row shows for what they wrote.
import { describe, expect, it } from 'vitest'
import type { FluxRow } from '#model/kube.ts'
import { fluxDecoder } from '#sources/kubernetes/flux.ts'
import type { Ref } from './bed.ts'
import type { Holds } from './flux.ts'
import type { FluxObject } from './hand.ts'

/** As the product decodes it. */
export function rowOf(object: FluxObject): FluxRow {
  const { json } = fluxDecoder(object.kind)
  if (json === undefined) throw new Error('Flux objects are read as JSON')
  return json(object)
}

export function describeRows(held: () => Holds): void {
  const cases: readonly (readonly [
    state: FluxRow['state'],
    what: string,
    ref: (bed: Holds['bed']) => Ref,
  ])[] = [
    ['ready', 'a Kustomization that is well', ({ kustomizations }) => kustomizations.healthy],
    ['failed', 'one whose objects are not healthy', ({ kustomizations }) => kustomizations.unhealthy],
    ['failed', 'one whose objects are refused', ({ kustomizations }) => kustomizations.refused],
    ['failed', 'one that cannot be built', ({ kustomizations }) => kustomizations.unbuildable],
    ['waiting', 'one that depends on another', ({ kustomizations }) => kustomizations.waiting],
    ['suspended', 'one that is suspended', ({ kustomizations }) => kustomizations.suspended],
    ['ready', 'a HelmRelease that is well', ({ releases }) => releases.healthy],
    ['stalled', 'one without an attempt left', ({ releases }) => releases.stalled],
    ['waiting', 'one that depends on it', ({ releases }) => releases.waiting],
    ['suspended', 'a HelmRelease that is suspended', ({ releases }) => releases.suspended],
    ['ready', 'a GitRepository', ({ sources }) => sources.git],
    ['ready', 'a HelmRepository', ({ sources }) => sources.helmRepository],
    ['ready', 'a HelmChart', ({ sources }) => sources.chart],
  ]

  describe('the row', () => {
    it.each(cases)('is %s for %s', async (state, _, refOf) => {
      const { bed, hand } = held()
      expect(rowOf(await hand.get(refOf(bed)))).toMatchObject({ state })
    })
  })
}
