// The pods of a node over time, and which of a workload's pods were there to serve it: what the network's own
// series (Cilium, Hubble, Envoy) are added up from.
import type { Curve, PodSignals, World } from '#homelab/world.ts'
import { appOf } from './monitors.ts'
import type { Objects } from './objects.ts'
import { runsOf } from './runs.ts'

export interface Resident {
  readonly namespace: string
  readonly pod: string
  readonly app: string
  readonly node: string
  readonly hostNetwork: boolean
  readonly signals: PodSignals
  /** When its first container ran, `from` included and `to` not, milliseconds. */
  readonly stretches: readonly Stretch[]
}

export interface Stretch {
  readonly from: number
  readonly to: number
}

export interface Residents {
  onNode(node: string): readonly Resident[]
  ofApp(namespace: string, app: string): readonly Resident[]
}

interface Kept {
  readonly revision: number
  readonly residents: Residents
}

const known = new WeakMap<Objects, Kept>()

/** Read again when a pod has changed. */
export function residentsOf(world: World, objects: Objects): Residents {
  const revision = objects.revisionOf('pods')
  const kept = known.get(objects)
  if (kept?.revision === revision) return kept.residents
  const all = [...read(world, objects)]
  const byNode = Map.groupBy(all, ({ node }) => node)
  const byApp = Map.groupBy(all, ({ namespace, app }) => `${namespace}/${app}`)
  const residents: Residents = {
    onNode: (node) => byNode.get(node) ?? [],
    ofApp: (namespace, app) => byApp.get(`${namespace}/${app}`) ?? [],
  }
  known.set(objects, { revision, residents })
  return residents
}

function* read(world: World, objects: Objects): Iterable<Resident> {
  for (const history of objects.histories('pods')) {
    const { namespace = '', name } = history
    const newest = history.versions.findLast((version) => version.object)?.object
    const runs = runsOf(history)
    const [first] = runs
    const signals = first && world.pod(namespace, name)
    if (!newest || !signals) continue
    const container = first.pod.containers[0]?.name
    yield {
      namespace,
      pod: name,
      app: appOf(newest),
      node: first.pod.node,
      hostNetwork: first.pod.hostNetwork,
      signals,
      stretches: runs.filter((run) => run.container.name === container),
    }
  }
}

export const ranAt = ({ stretches }: Resident, time: number): boolean =>
  stretches.some(({ from, to }) => from <= time && time < to)

/** Seconds that it ran between two moments. */
export const ranFor = ({ stretches }: Resident, from: number, to: number): number =>
  stretches.reduce((sum, one) => sum + Math.max(0, Math.min(to, one.to) - Math.max(from, one.from)), 0) / 1000

/** A stretch in which a pod had this part of the workload's calls. */
export interface Share extends Stretch {
  readonly share: number
}

const shares = new WeakMap<readonly Resident[], ReadonlyMap<Resident, readonly Share[]>>()

/** Each pod's part of what its workload serves: as much as every other pod that ran at the moment. */
export function sharesOf(all: readonly Resident[]): ReadonlyMap<Resident, readonly Share[]> {
  let found = shares.get(all)
  if (!found) {
    found = divide(all)
    shares.set(all, found)
  }
  return found
}

function divide(all: readonly Resident[]): ReadonlyMap<Resident, readonly Share[]> {
  const moments = [
    ...new Set(all.flatMap(({ stretches }) => stretches.flatMap(({ from, to }) => [from, to]))),
  ]
  moments.sort((a, b) => a - b)
  const divided = new Map<Resident, Share[]>(all.map((resident) => [resident, []]))
  for (const [index, from] of moments.entries()) {
    const to = moments[index + 1]
    if (to === undefined) break
    const running = all.filter((resident) => ranAt(resident, from))
    for (const resident of running) {
      const own = divided.get(resident)
      const last = own?.at(-1)
      if (last?.to === from && last.share === 1 / running.length) own?.splice(-1, 1, { ...last, to })
      else own?.push({ from, to, share: 1 / running.length })
    }
  }
  return divided
}

/** What of a curve's total fell to these shares between two moments. */
export function served(curve: Pick<Curve, 'total'>, own: readonly Share[], from: number, to: number): number {
  let sum = 0
  for (const { share, ...stretch } of own) {
    const begin = Math.max(from, stretch.from)
    const end = Math.min(to, stretch.to)
    if (begin < end) sum += share * curve.total(begin, end)
  }
  return sum
}
