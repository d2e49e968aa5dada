// The contract for what stands of sources: their conditions, and the artifact that others fetch.
import { describe, expect, it } from 'vitest'
import type { Holds } from './flux.ts'
import { brief, digest, messageOf, time } from './hand.ts'

export function describeSourceStates(held: () => Holds): void {
  describe('a source', () => {
    const artifact = (revision: RegExp, path: RegExp) => ({
      digest,
      lastUpdateTime: time,
      path: expect.stringMatching(path),
      revision: expect.stringMatching(revision),
      size: expect.any(Number),
      url: expect.stringMatching(/^http:\/\/.+\/.+\/.+\/.+/),
    })

    it('of Git has the artifact of a commit', async () => {
      const { hand, bed } = held()
      const object = await hand.get(bed.sources.git)
      expect(brief(object)).toEqual(['Ready=True Succeeded', 'ArtifactInStorage=True Succeeded'])
      const { artifact: stored } = object.status
      expect(stored).toEqual(
        artifact(/^main@sha1:[0-9a-f]{40}$/, /^gitrepository\/flux-system\/[\w-]+\/[0-9a-f]{40}\.tar\.gz$/),
      )
      const message = `stored artifact for revision '${stored?.revision}'`
      expect([messageOf(object), messageOf(object, 'ArtifactInStorage')]).toEqual([message, message])
    })

    it('of Helm charts has the artifact of an index', async () => {
      const { hand, bed } = held()
      const object = await hand.get(bed.sources.helmRepository)
      expect(brief(object)).toEqual(['Ready=True Succeeded', 'ArtifactInStorage=True Succeeded'])
      const { artifact: stored, url } = object.status
      expect(stored).toEqual(
        artifact(/^sha256:[0-9a-f]{64}$/, /^helmrepository\/flux-system\/[\w-]+\/index-[0-9a-f]{64}\.yaml$/),
      )
      expect(messageOf(object)).toBe(`stored artifact: revision '${stored?.revision}'`)
      expect(url).toMatch(/\/index\.yaml$/)
    })

    it('that is a chart has the artifact of a version', async () => {
      const { hand, bed } = held()
      const object = await hand.get(bed.sources.chart)
      expect(brief(object)).toEqual([
        'Ready=True ChartPullSucceeded',
        'ArtifactInStorage=True ChartPullSucceeded',
      ])
      const { artifact: stored, observedChartName, observedSourceArtifactRevision } = object.status
      expect(stored).toEqual(
        artifact(/^\d+\.\d+\.\d+$/, /^helmchart\/flux-system\/[\w-]+\/[\w-]+-\d+\.\d+\.\d+\.tgz$/),
      )
      expect(messageOf(object)).toBe(`pulled '${observedChartName}' chart with version '${stored?.revision}'`)
      const repository = await hand.get(bed.sources.helmRepository)
      expect(observedSourceArtifactRevision).toBe(repository.status.artifact?.revision)
    })
  })
}
