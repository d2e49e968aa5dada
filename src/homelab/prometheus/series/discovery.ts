// Which targets Prometheus finds in the world, as the ServiceMonitors and PodMonitors of the stack's charts
// would label them. A target lives as long as its node or pod.
import type { ObjectHistory } from '#homelab/store.ts'
import { fields, list, text } from './fields.ts'
import { type PodMonitoring, stackMonitors } from './monitors.ts'
import { neighbourMonitors } from './neighbour-monitors.ts'
import { type Objects, type Version, versionsIn } from './objects.ts'
import { podAt } from './pod.ts'
import type { ScrapeTarget } from './scrape-target.ts'

const monitors: readonly PodMonitoring[] = [...stackMonitors, ...neighbourMonitors]
const release = 'kube-prometheus-stack'
const stackNamespace = 'observability'

/** The kubelet's three endpoints, as the chart's ServiceMonitor for it lists them. */
const kubeletPaths = ['/metrics', '/metrics/cadvisor', '/metrics/probes'] as const

/** Every target that ever existed, or did at some moment from `from` to `to`. */
export function discover(
  objects: Objects,
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): readonly ScrapeTarget[] {
  const byMonitor = monitors.map((): ScrapeTarget[] => [])
  for (const history of objects.histories('pods')) {
    for (const { monitor, target } of ofPod(history)) byMonitor[monitor]?.push(target)
  }
  return [...kubelets(objects), ...byMonitor.flat()].filter((target) => target.from <= to && target.to > from)
}

interface Found {
  /** Its place among the monitors. */
  readonly monitor: number
  readonly target: ScrapeTarget
}

const known = new WeakMap<
  ObjectHistory['versions'],
  { readonly newest: unknown; readonly found: readonly Found[] }
>()

/** A pod's targets, found again when it has changed: most pods have none, and there may be thousands. */
function ofPod(history: ObjectHistory): readonly Found[] {
  const newest = history.versions.at(-1)
  const cached = known.get(history.versions)
  if (cached && cached.newest === newest) return cached.found
  const found = monitors.flatMap((each, monitor) =>
    targetsOf(history, each).map((target) => ({ monitor, target })),
  )
  known.set(history.versions, { newest, found })
  return found
}

function kubelets(objects: Objects): readonly ScrapeTarget[] {
  return objects.histories('nodes').flatMap((history) =>
    joined(ever(history), ({ object }) => addressOf(fields(object.status))).flatMap(
      ({ key: address, version: life }) =>
        kubeletPaths.map((path, index) => {
          const instance = `${address}:10250`
          return {
            pool: `serviceMonitor/${stackNamespace}/${release}-kubelet/${index}`,
            job: 'kubelet',
            instance,
            scheme: 'https' as const,
            path,
            labels: {
              endpoint: 'https-metrics',
              instance,
              job: 'kubelet',
              metrics_path: path,
              namespace: 'kube-system',
              node: history.name,
              service: `${release}-kubelet`,
            },
            honorLabels: true,
            node: history.name,
            from: life.from,
            to: life.to,
          }
        }),
    ),
  )
}

function addressOf(status: ReturnType<typeof fields>): string {
  return text(list(status.addresses).find((entry) => entry.type === 'InternalIP')?.address)
}

function targetsOf(history: ObjectHistory, monitor: PodMonitoring): readonly ScrapeTarget[] {
  const newest = history.versions.findLast((version) => version.object)?.object
  if (!newest || !monitor.selects(newest)) return []
  return joined(ever(history), ({ object }) => podAt(object).ip).map(({ key: ip, version }) => {
    const pod = podAt(version.object)
    const { namespace, name } = pod
    const instance = `${ip}:${monitor.port}`
    const job = typeof monitor.job === 'string' ? monitor.job : monitor.job(pod)
    const service = typeof monitor.service === 'function' ? monitor.service(pod) : monitor.service
    return {
      pool: monitor.pool,
      job,
      instance,
      scheme: 'http' as const,
      path: monitor.path ?? '/metrics',
      labels: {
        container: monitor.container,
        endpoint: monitor.endpoint,
        instance,
        job,
        namespace,
        pod: name,
        ...(service && { service }),
        ...monitor.labels?.(pod),
      },
      honorLabels: monitor.honorLabels ?? false,
      node: pod.node,
      pod: { namespace, name },
      from: version.from,
      to: version.to,
    }
  })
}

const ever = (history: ObjectHistory) =>
  versionsIn(history, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)

/** Versions that follow each other with the same key are one life; an empty key is none (no address yet). */
function joined(
  versions: readonly Version[],
  keyOf: (version: Version) => string,
): readonly { readonly key: string; readonly version: Version }[] {
  const lives: { key: string; version: Version }[] = []
  for (const version of versions) {
    const key = keyOf(version)
    const last = lives.at(-1)
    if (last && last.key === key && last.version.to === version.from) {
      last.version = { object: version.object, from: last.version.from, to: version.to }
    } else if (key !== '') lives.push({ key, version })
  }
  return lives
}

/** A stable order for answers: by pool, then by instance and path. */
export function byPool(a: ScrapeTarget, b: ScrapeTarget): number {
  const left = `${a.pool} ${a.instance} ${a.path}`
  const right = `${b.pool} ${b.instance} ${b.path}`
  return left < right ? -1 : Number(left > right)
}
