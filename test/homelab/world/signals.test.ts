// What pods, nodes and services do, and what they write.
import { describe, expect, it } from 'vitest'
import { catalogue } from '#homelab/world/catalogue/index.ts'
import { core } from '#homelab/world/kinds.ts'
import { at, noon, worldAt } from './helpers.ts'

const { world, store } = worldAt()

describe('signals of pods', () => {
  it('keep memory below limits over a day', () => {
    for (const pod of store.list(core.pod)) {
      const { namespace = '', name } = pod.metadata
      const app = catalogue.find(
        (candidate) =>
          candidate.namespace === namespace &&
          candidate.name === pod.metadata.labels?.['app.kubernetes.io/name'],
      )
      for (const [container, signals] of world.pod(namespace, name)?.containers ?? []) {
        const limit = app?.containers.find((part) => part.name === container)?.memory[2] ?? 0
        if (limit === 0) continue
        for (let hour = 0; hour < 24; hour += 1) {
          expect(signals.memory.at(noon - hour * 3_600_000), `${name}/${container}`).toBeLessThan(
            limit * 1024 * 1024,
          )
        }
      }
    }
  })

  it('start with the container and end with it', () => {
    const [cart] = [...store.history(core.pod)].filter(
      ({ name, versions }) => name.startsWith('cart-') && versions.at(-1)?.object === undefined,
    )
    const end = cart?.versions.at(-1)?.at ?? 0
    const signals = world.pod('shop', cart?.name ?? '')
    const cpu = signals?.containers.get('cart')?.cpu
    expect(cpu?.at(end - 60_000)).toBeGreaterThan(0)
    expect(cpu?.at(end + 1000)).toBe(0)
    expect(cpu?.total(end + 1000, noon)).toBe(0)
    expect(world.pod('shop', 'never-was')).toBeUndefined()
  })

  it('fit into the machines: cores in use stay below what each has', () => {
    for (const [name, node] of world.nodes) {
      const used = store
        .list(core.pod)
        .filter((pod) => at(pod, 'spec.nodeName') === name)
        .reduce((sum, { metadata }) => {
          const containers = world.pod(metadata.namespace ?? '', metadata.name)?.containers.values() ?? []
          return sum + [...containers].reduce((total, { cpu }) => total + cpu.at(noon), 0)
        }, 0)
      const memory = store
        .list(core.pod)
        .filter((pod) => at(pod, 'spec.nodeName') === name)
        .reduce((sum, { metadata }) => {
          const containers = world.pod(metadata.namespace ?? '', metadata.name)?.containers.values() ?? []
          return sum + [...containers].reduce((total, { memory }) => total + memory.at(noon), 0)
        }, 0)
      expect(used + node.systemCpu.at(noon), name).toBeLessThan(node.cpus * 0.8)
      expect(memory + node.systemMemory.at(noon), name).toBeLessThan(node.memoryTotal * 0.9)
      for (const filesystem of node.filesystems)
        expect(filesystem.used.at(noon)).toBeLessThan(filesystem.size * 0.85)
    }
  })
})

it('names in the service graph only services or databases that exist', () => {
  const names = new Set(catalogue.map(({ name }) => name))
  for (const { callsTo, endpoints } of world.services) {
    for (const name of callsTo) expect(names).toContain(name)
    for (const { calls, errors, p50, p99 } of endpoints) {
      expect(errors.at(noon) / calls.at(noon)).toBeLessThan(0.01)
      expect(p99.at(noon)).toBeGreaterThan(p50.at(noon))
    }
  }
})

describe('logs', () => {
  const pod = store.list(core.pod, 'shop').find(({ metadata }) => metadata.name.startsWith('frontend-'))
  const of = (name: string, container: string, namespace = 'shop') => ({
    namespace,
    name,
    container,
    previous: false,
  })
  const lines = (from: number, to: number) => [
    ...world.logLines(of(pod?.metadata.name ?? '', 'frontend'), from, to),
  ]

  it('are a function of pod and time: parts make the whole', () => {
    const whole = lines(noon - 600_000, noon)
    const parts = [...lines(noon - 600_000, noon - 333_333), ...lines(noon - 333_333, noon)]
    expect(whole.length).toBeGreaterThan(400)
    expect(parts).toEqual(whole)
    const times = whole.map((line) => line.at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    for (const { text } of whole) expect(JSON.parse(text)).toHaveProperty('msg')
  })

  it('begin with the container, and the previous run has its own', () => {
    const jellyfin = of('jellyfin-0', 'jellyfin', 'media')
    const [first] = world.logLines(jellyfin, world.beganAt, noon)
    expect(first?.text).toBe('Starting jellyfin 10.11.6')
    const previous = [...world.logLines({ ...jellyfin, previous: true }, noon - 30 * 3_600_000, noon)]
    expect(previous.length).toBeGreaterThan(10)
    expect(previous.at(-1)?.at).toBeLessThan(first?.at ?? 0)
  })

  it('have stack traces, colours and wide characters somewhere', () => {
    const all = store
      .list(core.pod)
      .flatMap((object) =>
        (at(object, 'spec.containers') as { name: string }[]).flatMap(({ name }) =>
          [
            ...world.logLines(
              of(object.metadata.name, name, object.metadata.namespace),
              noon - 3_600_000,
              noon,
            ),
          ].map(({ text }) => text),
        ),
      )
    expect(all.some((text) => text.includes('\u001b[32m'))).toBe(true)
    expect(all.some((text) => text.includes('玄関'))).toBe(true)
    expect(all.some((text) => text.includes('💡'))).toBe(true)
    expect(
      all.some(
        (text) =>
          text.startsWith('\tat com.ben') || text.startsWith('Traceback') || text.includes('\\n    at '),
      ),
    ).toBe(true)
  })
})
