// Makes the homelab's world: builds it as it stood two weeks ago, replays what happened since, and hands the time
// over to the clock.
import type { Clock } from '#homelab/clock.ts'
import { seriesEffects } from '#homelab/scenario/effects.ts'
import { injectedLogs, playScenario, scenarioSeries, targetsDown } from '#homelab/scenario/player.ts'
import type { Scenario } from '#homelab/scenario/schema.ts'
import { createStore } from '#homelab/store.ts'
import type { World } from '#homelab/world.ts'
import { createAgenda } from './agenda.ts'
import { keepUpdating } from './ahead.ts'
import { putCustom } from './build/custom.ts'
import { namespaces } from './catalogue/flux.ts'
import { moreApps, moreMachines } from './catalogue/grown.ts'
import { catalogue } from './catalogue/index.ts'
import { machines as homeMachines } from './catalogue/machines.ts'
import { past } from './catalogue/past.ts'
import type { App, Machine } from './catalogue/shapes.ts'
import { createEffects } from './effects.ts'
import { createFlux } from './flux/flux.ts'
import { kinds } from './kinds.ts'
import { createCron } from './life/cron.ts'
import { keepEndpoints } from './life/endpoints.ts'
import { createRecorder } from './life/events.ts'
import { createFaults } from './life/faults.ts'
import { createFixed } from './life/fixed.ts'
import { createKubelet, type Kubelet } from './life/kubelet.ts'
import { createNodes } from './life/nodes.ts'
import { keepScaling } from './life/scaling.ts'
import { createScheduler } from './life/scheduler.ts'
import { createWorkloads } from './life/workloads.ts'
import { createLogs } from './logs.ts'
import { imagesBefore, replayPast } from './past.ts'
import { putApp, putNamespaces, putStorage } from './populate.ts'
import { nodeSignals, type Usual } from './signals/node.ts'
import { createPodSignals } from './signals/pod.ts'
import { serviceSignals } from './signals/services.ts'

const DAY = 86_400_000

export interface WorldOptions {
  readonly seed: number
  readonly clock: Clock
  /** Grows the homelab to about so many pods; absent: as it is, about 120. */
  readonly pods?: number
  /** Absent: calm. Its offsets count from the clock's present moment. */
  readonly scenario?: Scenario
}

/** The same seed, clock and scenario give the same world. Recorded history begins 14 days before now. */
export function createWorld({ seed, clock, pods, scenario }: WorldOptions): World {
  const start = clock.now()
  const beganAt = start - 14 * DAY
  const builtAt = start - 210 * DAY
  const agenda = createAgenda(beganAt)
  const store = createStore({ now: agenda.now, schedule: clock.schedule })
  for (const kind of kinds) store.register(kind)

  const extra = Math.max(0, (pods ?? 0) - 128)
  const more = moreMachines(extra)
  const machines: readonly Machine[] = [...homeMachines, ...more]
  // Every machine also runs the pods of the DaemonSets that go everywhere.
  const everywhere = catalogue.filter(({ kind, on }) => kind === 'DaemonSet' && !on).length
  const grown = moreApps(Math.max(0, extra - more.length * everywhere))
  const apps: readonly App[] = [...catalogue, ...grown]

  const record = createRecorder(store, agenda)
  const faults = createFaults()
  let kubelet: Kubelet | undefined
  const kubeletOf = () => {
    if (!kubelet) throw new Error('no kubelet yet')
    return kubelet
  }
  const nodes = createNodes({ store, agenda, record, kubelet: kubeletOf, machines, createdAt: builtAt })
  const scheduler = createScheduler(store, machines)
  kubelet = createKubelet({
    seed,
    store,
    agenda,
    record,
    faults,
    scheduler,
    machines: new Map(machines.map((machine) => [machine.name, machine])),
  })
  const workloads = createWorkloads({ seed, store, agenda, record, kubelet, machines })
  const fixed = createFixed(agenda, kubelet)
  const cron = createCron({ seed, store, agenda, record, kubelet })
  keepEndpoints(store, agenda, kubelet)

  putNamespaces(
    store,
    [...new Set([...Object.keys(namespaces), ...grown.map(({ namespace }) => namespace)])],
    builtAt,
  )
  putStorage(store, builtAt)
  const images = imagesBefore(past)
  const populating = { store, kubelet, workloads, fixed, cron, builtAt, beganAt, now: start }
  for (const app of apps) putApp(app, images, populating)
  putCustom(store, builtAt, start)

  const usual = usualLoad(kubelet, machines)
  const flux = createFlux({ seed, store, agenda, record, builtAt, start })
  replayPast({ past, start, agenda, store, kubelet, nodes, flux })
  if (scenario) playScenario({ scenario, start, store, agenda, kubelet, nodes, faults, record, flux })
  agenda.at(start - 30_000, () => {
    nodes.beat()
    flux.beat()
  })
  agenda.replay(start)

  const effects = createEffects(scenario ? seriesEffects(scenario, start) : [])
  const services = serviceSignals(seed, catalogue, effects)
  const podSignals = createPodSignals(seed, kubelet, effects)
  keepUpdating({ seed, store, agenda, flux, start })
  keepScaling({ store, agenda, record, podSignals })
  const failing = (name: string, time: number) => {
    const service = services.find((candidate) => candidate.service === name)
    const sum = (signal: 'calls' | 'errors') =>
      service?.endpoints.reduce((total, endpoint) => total + endpoint[signal].at(time), 0) ?? 0
    const calls = sum('calls')
    return calls > 0 ? sum('errors') / calls : 0.001
  }
  const down = scenario ? targetsDown(scenario, start) : () => false
  // Asked for each scrape; addresses never move from one machine to another.
  const machineOf = new Map<string, Machine | undefined>()
  const reachable = (instance: string, time: number) => {
    let machine = machineOf.get(instance)
    if (!machine && !machineOf.has(instance)) {
      machine = scheduler.machineAt(instance.replace(/:\d+$/, ''))
      machineOf.set(instance, machine)
    }
    return !machine || !nodes.downAt(machine.name, time)
  }
  agenda.follow(clock)

  return {
    seed,
    clock,
    store,
    beganAt,
    nodes: new Map(
      machines.map((machine) => [
        machine.name,
        nodeSignals(
          seed,
          machine,
          usual.get(machine.name) ?? { cpu: 0, network: 0, disk: 0 },
          nodes.histories.get(machine.name) ?? { bootedAt: builtAt, oomKills: [] },
          effects,
        ),
      ]),
    ),
    pod: podSignals,
    services,
    logLines: createLogs(seed, kubelet, failing, scenario ? injectedLogs(scenario, start) : []),
    extraSeries: scenario ? scenarioSeries(scenario, start) : [],
    scrapeSucceeds: (job, instance, time) => !down(job, instance, time) && reachable(instance, time),
    stop: () => agenda.stop(),
  }
}

/** What the pods usually ask of each machine. */
function usualLoad(kubelet: Kubelet, machines: readonly Machine[]): Map<string, Usual> {
  const loads = new Map(machines.map(({ name }) => [name, { cpu: 0, network: 0, disk: 0 }]))
  for (const { facts } of kubelet.lives.values()) {
    const load = loads.get(facts.node ?? '')
    if (!load) continue
    for (const { cpu } of facts.app.containers) load.cpu += cpu[0]
    load.network += (facts.app.network?.[0] ?? 2400) + (facts.app.network?.[1] ?? 3100) * 0.2
    load.disk += (facts.app.disk?.[0] ?? 400) + (facts.app.disk?.[1] ?? 1500)
  }
  return loads
}
