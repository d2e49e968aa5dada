// Two weeks of history, told by the store.
import { describe, expect, it } from 'vitest'
import { apps, core, flux } from '#homelab/world/kinds.ts'
import { at, noon, worldAt } from './helpers.ts'

const DAY = 86_400_000
const { world, store } = worldAt()

const versions = (resource: Parameters<typeof store.history>[0], name: string) =>
  [...store.history(resource)].find((history) => history.name === name)?.versions ?? []

describe('history', () => {
  it('begins fourteen days before now and rises in time', () => {
    expect(world.beganAt).toBe(noon - 14 * DAY)
    for (const resource of [core.pod, core.node, apps.deployment, flux.kustomization]) {
      for (const history of store.history(resource)) {
        const times = history.versions.map((version) => version.at)
        expect(times).toEqual(times.toSorted((a, b) => a - b))
        expect(times[0]).toBeGreaterThanOrEqual(world.beganAt)
        expect(times.at(-1)).toBeLessThanOrEqual(noon)
      }
    }
  })

  it('tells of a rollout: the image before, the image after, and pods that are gone', () => {
    const images = versions(apps.deployment, 'cart').map((version) =>
      at(version.object, 'spec.template.spec.containers.0.image'),
    )
    expect(images[0]).toBe('ghcr.io/ben-home/shop-cart:1.8.2')
    expect(images.at(-1)).toBe('ghcr.io/ben-home/shop-cart:1.8.3')
    const labels = versions(apps.deployment, 'cart').map(({ object }) =>
      [object?.metadata.labels, at(object, 'spec.template.metadata.labels')].map(
        (all) => (all as Record<string, string> | undefined)?.['app.kubernetes.io/version'],
      ),
    )
    expect(labels[0]).toEqual(['1.8.2', '1.8.2'])
    expect(labels.at(-1)).toEqual(['1.8.3', '1.8.3'])
    const carts = [...store.history(core.pod)].filter(({ name }) => name.startsWith('cart-'))
    const gone = carts.filter((history) => history.versions.at(-1)?.object === undefined)
    expect(carts).toHaveLength(4)
    expect(gone).toHaveLength(2)
    for (const { versions } of gone)
      expect(Math.abs((versions.at(-1)?.at ?? 0) - (noon - 31 * 3_600_000))).toBeLessThan(120_000)
  })

  it('tells of a reboot and of the restarts that it caused', () => {
    const ready = versions(core.node, 'nuc-2').map(
      (version) =>
        (at(version.object, 'status.conditions') as { type: string; status: string }[]).find(
          ({ type }) => type === 'Ready',
        )?.status,
    )
    expect(ready).toContain('Unknown')
    expect(ready.at(-1)).toBe('True')
    expect(world.nodes.get('nuc-2')?.bootedAt).toBeGreaterThan(noon - 10 * DAY)
    const prometheus = store.get(core.pod, 'observability', 'prometheus-kube-prometheus-stack-0')
    const statuses = at(prometheus, 'status.containerStatuses') as { restartCount: number; ready: boolean }[]
    expect(statuses.map(({ restartCount, ready }) => [restartCount, ready])).toEqual([
      [1, true],
      [1, true],
    ])
  })

  it('tells of revisions: Git moved, each Kustomization followed, a release was upgraded', () => {
    const revisions = new Set(
      versions(flux.gitRepository, 'flux-system').map((version) =>
        at(version.object, 'status.artifact.revision'),
      ),
    )
    expect(revisions.size).toBeGreaterThan(6)
    const current = at(
      store.get(flux.gitRepository, 'flux-system', 'flux-system'),
      'status.artifact.revision',
    )
    expect(at(store.get(flux.kustomization, 'flux-system', 'apps'), 'status.lastAppliedRevision')).toBe(
      current,
    )
    expect(
      at(store.get(flux.kustomization, 'flux-system', 'monitoring'), 'status.lastAppliedRevision'),
    ).not.toBe(current)
    const history = at(store.get(flux.helmRelease, 'kube-system', 'cilium'), 'status.history') as {
      chartVersion: string
      status: string
    }[]
    expect(history.map(({ chartVersion, status }) => [chartVersion, status])).toEqual([
      ['1.20.1', 'deployed'],
      ['1.20.0', 'superseded'],
    ])
  })
})

it('is the same for the same seed and clock, and another for another seed', () => {
  const dump = (seed: number) => {
    const { clock, store } = worldAt({ seed })
    clock.advance(900_000)
    return JSON.stringify(store.resources.map((resource) => store.list(resource)))
  }
  const first = dump(7)
  expect(dump(7) === first).toBe(true)
  expect(dump(8) === first).toBe(false)
})
