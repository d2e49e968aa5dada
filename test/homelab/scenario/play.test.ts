// Each scenario as an operator meets it: what is wrong when the homelab is opened, and that it goes on.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { loadScenario, parseScenario, scenarioNames } from '#homelab/scenario/schema.ts'
import { catalogue } from '#homelab/world/catalogue/index.ts'
import { apps, core, flux } from '#homelab/world/kinds.ts'
import { at, conditionOf, noon, worldAt } from '#test/homelab/world/helpers.ts'

const folder = new URL('../../../src/homelab/scenarios/', import.meta.url)
const open = (name: (typeof scenarioNames)[number]) =>
  worldAt({ scenario: loadScenario(name, (file) => readFileSync(new URL(`${file}.yaml`, folder), 'utf8')) })
type Opened = ReturnType<typeof open>

const waiting = ({ store }: Opened, namespace: string, prefix: string) =>
  store
    .list(core.pod, namespace)
    .filter(({ metadata }) => metadata.name.startsWith(prefix))
    .map(
      (pod) =>
        at(pod, 'status.containerStatuses.0') as {
          restartCount: number
          state: { waiting?: { reason: string; message: string } }
          lastState: { terminated?: { reason: string; exitCode: number } }
        },
    )

/** Of each pod, the image, the label and what its first container logged as it started. */
const told = ({ store, world }: Opened, namespace: string, prefix: string) =>
  store
    .list(core.pod, namespace)
    .filter(({ metadata }) => metadata.name.startsWith(prefix))
    .map((pod) => {
      const container = String(at(pod, 'spec.containers.0.name'))
      const { name } = pod.metadata
      const [line] = world.logLines({ namespace, name, container, previous: false }, world.beganAt, noon)
      return {
        image: String(at(pod, 'spec.containers.0.image')).split(':')[1],
        label: pod.metadata.labels?.['app.kubernetes.io/version'],
        line: line?.text,
      }
    })

const minutes = (count: number) => noon + count * 60_000

it.each(scenarioNames)('%s plays for an hour', (name) => {
  const { clock, store } = open(name)
  const { revision } = store
  clock.advance(3_600_000)
  expect(store.revision).toBeGreaterThan(revision + 500)
})

it.each(scenarioNames)('%s lets no container use more memory than its limit', (name) => {
  const { clock, store, world } = open(name)
  clock.advance(90 * 60_000)
  for (const history of store.history(core.pod)) {
    const app = catalogue.find(
      (candidate) =>
        candidate.namespace === history.namespace &&
        candidate.name === history.versions[0]?.object?.metadata.labels?.['app.kubernetes.io/name'],
    )
    for (const [container, { memory }] of world.pod(history.namespace ?? '', history.name)?.containers ??
      []) {
      const limit = app?.containers.find((part) => part.name === container)?.memory[2] ?? 0
      for (let minute = -60; limit > 0 && minute < 90; minute += 1) {
        expect(memory.at(minutes(minute)), `${history.name} ${minute}m`).toBeLessThanOrEqual(limit * 2 ** 20)
      }
    }
  }
})

it('checkout-errors: a revision, then errors, a crash loop and a database that refuses', () => {
  const opened = open('checkout-errors')
  const { world, store, clock } = opened
  const checkout = world.services.find(({ service }) => service === 'checkout')?.endpoints[0]
  const ratio = (time: number) => (checkout?.errors.at(time) ?? 0) / (checkout?.calls.at(time) ?? 1)
  expect(ratio(minutes(-5))).toBeLessThan(0.01)
  expect(ratio(minutes(-2))).toBeCloseTo(0.12, 2)

  const image = [...store.history(apps.deployment)]
    .find(({ name }) => name === 'checkout')
    ?.versions.find(({ object }) =>
      String(at(object, 'spec.template.spec.containers.0.image')).endsWith('3.3.0'),
    )
  expect(image?.at).toBeGreaterThan(minutes(-7) - 1)
  expect(image?.at).toBeLessThan(minutes(-6.5))
  const applied = store
    .list(core.event, 'flux-system')
    .find((event) => String(event.message).includes('Deployment/shop/checkout configured'))
  expect(applied?.metadata.annotations?.['kustomize.toolkit.fluxcd.io/revision']).toMatch(
    /^main@sha1:[0-9a-f]{40}$/,
  )

  clock.advance(60_000)
  const pods = waiting(opened, 'shop', 'checkout-')
  expect(pods).toHaveLength(2)
  for (const { restartCount, lastState } of pods) {
    expect(restartCount).toBeGreaterThanOrEqual(2)
    expect(lastState.terminated).toMatchObject({ reason: 'Error', exitCode: 2 })
  }
  expect(pods.some(({ state }) => state.waiting?.reason === 'CrashLoopBackOff')).toBe(true)
  expect(conditionOf(store.get(flux.kustomization, 'flux-system', 'apps'), 'Ready')).toMatchObject({
    status: 'False',
    reason: 'HealthCheckFailed',
  })
  expect(conditionOf(store.get(flux.kustomization, 'flux-system', 'apps-jobs'), 'Ready')?.reason).toBe(
    'DependencyNotReady',
  )

  const lines = store
    .list(core.pod, 'shop')
    .filter(({ metadata }) => metadata.name.startsWith('checkout-'))
    .flatMap(({ metadata }) => [
      ...world.logLines(
        { namespace: 'shop', name: metadata.name, container: 'checkout', previous: true },
        minutes(-4),
        minutes(1),
      ),
    ])
  expect(lines.filter(({ text }) => text.includes('too many clients')).length).toBeGreaterThan(5)
  const connections = world.pod('db', 'pg-main-1')?.connections
  expect(connections?.at(minutes(-8))).toBeLessThan(40)
  expect(connections?.at(minutes(0))).toBeCloseTo(97, 0)
})

it('node-pressure: a full disk, evictions, and a model that is killed again and again', () => {
  const opened = open('node-pressure')
  const { world, store, clock } = opened
  const node = store.get(core.node, undefined, 'nuc-3')
  expect(conditionOf(node, 'DiskPressure')).toMatchObject({
    status: 'True',
    reason: 'KubeletHasDiskPressure',
  })
  expect(conditionOf(node, 'MemoryPressure')?.status).toBe('True')
  expect((at(node, 'spec.taints') as { key: string }[]).map(({ key }) => key)).toContain(
    'node.kubernetes.io/disk-pressure',
  )
  const disk = world.nodes.get('nuc-3')?.filesystems.find(({ mountpoint }) => mountpoint === '/var')
  expect((disk?.used.at(noon) ?? 0) / (disk?.size ?? 1)).toBeGreaterThan(0.9)
  expect((disk?.used.at(minutes(-60)) ?? 0) / (disk?.size ?? 1)).toBeLessThan(0.65)

  const evicted = store.list(core.pod).filter((pod) => at(pod, 'status.reason') === 'Evicted')
  expect(evicted.length).toBeGreaterThan(0)
  expect(evicted.length).toBeLessThanOrEqual(3)
  for (const pod of evicted) {
    const name = pod.metadata.labels?.['app.kubernetes.io/name']
    const others = store
      .list(core.pod, pod.metadata.namespace)
      .filter(
        ({ metadata }) =>
          metadata.labels?.['app.kubernetes.io/name'] === name && metadata.name !== pod.metadata.name,
      )
    expect(
      others.some((other) => at(other, 'status.phase') === 'Running'),
      name,
    ).toBe(true)
  }
  const [llm] = waiting(opened, 'ml', 'llm-serving-')
  expect(llm).toMatchObject({
    restartCount: 3,
    lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
  })
  expect(world.nodes.get('nuc-3')?.oomKills.total(minutes(-60), noon)).toBeCloseTo(3)
  clock.advance(10 * 60_000)
  expect(waiting(opened, 'ml', 'llm-serving-')[0]?.restartCount).toBe(4)
})

it('failed-rollout: an image that cannot be pulled, a failed upgrade, the old pod still serving', () => {
  const opened = open('failed-rollout')
  const { store } = opened
  const server = waiting(opened, 'media', 'photos-').filter(({ state }) => state.waiting)
  expect(server).toHaveLength(1)
  expect(server[0]?.state.waiting?.reason).toMatch(/^(ErrImagePull|ImagePullBackOff)$/)
  expect(server[0]?.state.waiting?.message).toContain('429 Too Many Requests')
  const deployment = store.get(apps.deployment, 'media', 'photos')
  expect(at(deployment, 'status.readyReplicas')).toBe(1)
  expect(at(deployment, 'status.updatedReplicas')).toBe(1)
  const release = store.get(flux.helmRelease, 'media', 'photos')
  expect(conditionOf(release, 'Ready')).toMatchObject({ status: 'False', reason: 'UpgradeFailed' })
  expect(at(release, 'status.lastAttemptedRevision')).toBe('0.12.0')
  expect(at(release, 'status.history.0')).toMatchObject({ chartVersion: '0.12.0', status: 'failed' })
  expect(at(store.get(flux.ociRepository, 'media', 'photos'), 'spec.ref.tag')).toBe('0.12.0')
  expect(conditionOf(store.get(flux.kustomization, 'flux-system', 'media'), 'Ready')?.reason).toBe(
    'HealthCheckFailed',
  )
})

it('image, label and log of a pod tell one version', () => {
  const checkout = told(open('checkout-errors'), 'shop', 'checkout-')
  const line = 'level=info msg="starting checkout" version=3.3.0'
  expect(checkout.length).toBeGreaterThan(0)
  for (const pod of checkout) expect(pod).toEqual({ image: '3.3.0', label: '3.3.0', line })
  const photos = told(open('failed-rollout'), 'media', 'photos-').filter(({ image }) => image !== 'v2.4.1')
  expect(photos).toEqual([{ image: 'v2.5.0', label: '2.5.0', line: undefined }])
})

it('takes targets down, makes pods unready, suspends and resumes, and ends what has an end', () => {
  const scenario = parseScenario(`
name: mixed
title: Mixed
targets: [{ job: node-exporter, instance: '192.168.10.11:*', at: -5m, until: 5m }]
pods: [{ fault: not-ready, pod: shop/cart-*, at: -1m, until: 2m, message: 'Readiness probe failed: 503' }]
flux:
  - { object: hr/jellyfin, state: suspended, by: ben, at: -10m }
  - { object: hr/jellyfin, state: resumed, at: 1m }
nodes: [{ node: pi-1, condition: Ready, at: -2m, until: 2m }]
`)
  const { world, store, clock } = worldAt({ scenario })
  expect(world.scrapeSucceeds('node-exporter', '192.168.10.11:9100', noon)).toBe(false)
  expect(world.scrapeSucceeds('node-exporter', '192.168.10.12:9100', noon)).toBe(true)
  expect(world.scrapeSucceeds('node-exporter', '192.168.10.11:9100', minutes(6))).toBe(true)
  expect(world.scrapeSucceeds('kubelet', '192.168.10.31:10250', noon)).toBe(false)
  const carts = () =>
    store
      .list(core.pod, 'shop')
      .filter(({ metadata }) => metadata.name.startsWith('cart-'))
      .map((pod) => conditionOf(pod, 'Ready')?.status)
  expect(carts()).toEqual(['False', 'False'])
  expect(at(store.get(flux.helmRelease, 'media', 'jellyfin'), 'spec.suspend')).toBe(true)
  expect(conditionOf(store.get(core.node, undefined, 'pi-1'), 'Ready')?.status).toBe('Unknown')
  clock.advance(3 * 60_000)
  expect(carts()).toEqual(['True', 'True'])
  expect(at(store.get(flux.helmRelease, 'media', 'jellyfin'), 'spec.suspend')).toBeUndefined()
  expect(conditionOf(store.get(core.node, undefined, 'pi-1'), 'Ready')?.status).toBe('True')
  expect(world.scrapeSucceeds('kubelet', '192.168.10.31:10250', minutes(3))).toBe(true)
})
