// The kubelet's /metrics/cadvisor: what every container, and every pod as a whole, uses.
import type { ContainerSignals, PodSignals } from '#homelab/world.ts'
import type { Labels } from '#model/prometheus.ts'
import type { Draft, Family, Piece, Scope, Value } from './family.ts'
import { fields } from './fields.ts'
import { hex, type Run, runsOf } from './runs.ts'
import type { ScrapeTarget } from './scrape-target.ts'

export const CADVISOR = '/metrics/cadvisor'
const PAUSE = 'registry.k8s.io/pause:3.10'

/** What one container is worth; undefined where the kernel has no such file for it. */
type OfContainer = (signals: ContainerSignals, run: Run) => ((time: number) => number) | undefined

interface PodRuns {
  readonly target: ScrapeTarget
  readonly signals: PodSignals
  /** Those that ran in the window. */
  readonly runs: readonly Run[]
  /** These and all before them: what a pod's counters have in them. */
  readonly ever: readonly Run[]
}

/** The pods that had a container running in the window, with the kubelet that tells of them. */
export function* podRuns(scope: Scope): Iterable<PodRuns> {
  const { filter, world } = scope
  const kubelets = Map.groupBy(scope.targets('kubelet', CADVISOR), (target) => target.node ?? '')
  if (kubelets.size === 0) return
  for (const history of scope.objects.histories('pods')) {
    const { namespace = '', name } = history
    if (!filter.accepts('namespace', namespace) || !filter.accepts('pod', name)) continue
    const begun = runsOf(history).filter((run) => run.from <= scope.to)
    const signals = begun.some((run) => run.to > scope.from) && world.pod(namespace, name)
    if (!signals) continue
    for (const ever of byPod(begun)) {
      const runs = ever.filter((run) => run.to > scope.from)
      for (const target of kubelets.get(runs[0]?.pod.node ?? '') ?? []) yield { target, signals, runs, ever }
    }
  }
}

/** Runs of one pod together: a name can have been given again. */
function byPod(runs: readonly Run[]): Iterable<readonly Run[]> {
  const uid = runs[0]?.pod.uid
  // Nearly always there is but one pod, and often but one container.
  return runs.every((run) => run.pod.uid === uid) ? [runs] : Map.groupBy(runs, (run) => run.pod.uid).values()
}

/** `/kubepods.slice/kubepods-QOS.slice/kubepods-QOS-podUID.slice`, as the systemd driver names it. */
function sliceOf({ pod }: Run): string {
  const qos = pod.qos === 'Guaranteed' ? '' : `-${pod.qos.toLowerCase()}`
  const parent = qos === '' ? '' : `/kubepods${qos}.slice`
  return `/kubepods.slice${parent}/kubepods${qos}-pod${pod.uid.replaceAll('-', '_')}.slice`
}

const labelled = new WeakMap<Run, Labels>()
const labelledPods = new WeakMap<Run, Labels>()

function containerLabels(run: Run): Labels {
  const known = labelled.get(run)
  if (known) return known
  const { pod, container } = run
  const labels = {
    container: container.name,
    id: `${sliceOf(run)}/cri-containerd-${run.id}.scope`,
    image: container.status?.image || container.image,
    name: run.id,
    namespace: pod.namespace,
    pod: pod.name,
  }
  labelled.set(run, labels)
  return labels
}

/** The pod's own cgroup: no image and no name, and the container label is empty. */
function podLabels(run: Run): Labels {
  const known = labelledPods.get(run)
  if (known) return known
  const labels = {
    container: '',
    id: sliceOf(run),
    image: '',
    name: '',
    namespace: run.pod.namespace,
    pod: run.pod.name,
  }
  labelledPods.set(run, labels)
  return labels
}

/** The pause container, whose network namespace is the pod's. */
export function sandboxLabels(run: Run): Labels {
  const id = hex(`${run.pod.uid}/sandbox`)
  return {
    container: '',
    id: `${sliceOf(run)}/cri-containerd-${id}.scope`,
    image: PAUSE,
    name: id,
    namespace: run.pod.namespace,
    pod: run.pod.name,
  }
}

/** The time a pod had anything running at all: from its first run's start to its last one's end. */
function lifeOf(runs: readonly Run[]): { readonly from: number; readonly to: number } {
  return {
    from: Math.min(...runs.map((run) => run.from)),
    to: Math.max(...runs.map((run) => run.to)),
  }
}

/** One series a container; where `summed`, also one for the pod's cgroup that has all of its containers' use. */
export function containerFamily(
  meta: Pick<Family, 'name' | 'type' | 'help'> & { readonly summed: 'counter' | 'gauge' | 'no' },
  worth: OfContainer,
): Family {
  const { summed, ...family } = meta
  return {
    ...family,
    unit: '',
    *drafts(scope): Iterable<Draft> {
      const { filter } = scope
      const podLevel = summed !== 'no' && filter.accepts('container', '') && filter.accepts('image', '')
      for (const { target, signals, ever } of podRuns(scope)) {
        const valued = ever.flatMap((run) => {
          const own = signals.containers.get(run.container.name)
          const value = own && worth(own, run)
          return value ? [{ run, value }] : []
        })
        for (const { run, value } of valued) {
          if (run.to <= scope.from || !filter.accepts('container', run.container.name)) continue
          yield { target, labels: containerLabels(run), pieces: [{ from: run.from, to: run.to, value }] }
        }
        const [first] = valued
        if (!podLevel || !first) continue
        const { from, to } = lifeOf(ever)
        const value =
          valued.length === 1 ? first.value : summed === 'counter' ? grown(valued) : current(valued)
        yield { target, labels: podLabels(first.run), pieces: [{ from, to, value }] }
      }
    },
  }
}

type Valued = readonly { readonly run: Run; readonly value: (time: number) => number }[]

/** A pod's counter outlives its containers: what ended runs counted stays. */
function grown(valued: Valued): Value {
  return (time) => {
    let sum = 0
    for (const { run, value } of valued) if (time >= run.from) sum += value(Math.min(time, run.to))
    return sum
  }
}

function current(valued: Valued): Value {
  return (time) => {
    let sum = 0
    for (const { run, value } of valued) if (time >= run.from && time < run.to) sum += value(time)
    return sum
  }
}

/** Pieces of something that is the pod's: as long as it ran. */
export function podPiece(runs: readonly Run[], value: Value): readonly Piece[] {
  return [{ ...lifeOf(runs), value }]
}

export const limitOf = (run: Run, resource: string): number | undefined => {
  const limit = fields(run.container.limits)[resource]
  return typeof limit === 'number' ? limit : undefined
}
