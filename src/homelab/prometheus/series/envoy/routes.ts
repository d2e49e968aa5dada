// The gateway's routes and what goes through each of them: the calls of the service behind it, or, where the world
// knows no calls of an application, as many as its pods' traffic comes to.

import { fields, list, text } from '#homelab/prometheus/series/fields.ts'
import { type Observed, steadily } from '#homelab/prometheus/series/part.ts'
import { perMoment } from '#homelab/prometheus/series/per-moment.ts'
import type { Program } from '#homelab/prometheus/series/process.ts'
import {
  type Resident,
  ranAt,
  residentsOf,
  type Share,
  sharesOf,
} from '#homelab/prometheus/series/residents.ts'
import { callsOf, errorsOf, type Serving, tookOf } from '#homelab/prometheus/series/served-calls.ts'
import type { Curve } from '#homelab/world.ts'
import type { KubeObject } from '#model/kube.ts'

export interface Route {
  /** The name that Envoy Gateway gives the cluster of a route's rule. */
  readonly cluster: string
  /** Requests since the proxy's start that went through it. */
  requests(time: number): number
  failed(time: number): number
  /** Requests and connections of the moment, a second. */
  rate(time: number): number
  took(bounds: readonly number[]): Observed
  /** Pods behind it that ran. */
  members(time: number): number
}

/** Bytes that one request to an application stands for whose calls nobody counts. */
const REQUEST = 9000

/** All routes, as this proxy serves its part of them. */
export function* routesOf({ scope, target, startedAt }: Program): Iterable<Route> {
  const { world, objects, filter } = scope
  const residents = residentsOf(world, objects)
  const proxies = sharesOf(residents.ofApp('envoy-gateway-system', 'envoy-home'))
  const own = [...proxies].find(([proxy]) => proxy.pod === target.pod?.name)?.[1] ?? []
  for (const history of objects.histories('httproutes', 'gateway.networking.k8s.io')) {
    const { namespace = '', name } = history
    const newest = history.versions.findLast((version) => version.object)?.object
    const cluster = `httproute/${namespace}/${name}/rule/0`
    if (!newest || !filter.accepts('envoy_cluster_name', cluster)) continue
    const pods = residents.ofApp(namespace, name)
    const members = (time: number) => pods.filter((pod) => ranAt(pod, time)).length
    const service = world.services.find(
      (one) => one.namespace === namespace && one.service === backendOf(newest),
    )
    if (!service) {
      yield { cluster, members, ...byTraffic(pods, own, startedAt) }
      continue
    }
    const { endpoints } = service
    const serving: Serving = { shares: [own], since: startedAt, part: 1 }
    const part = (time: number) => own.find(({ from, to }) => from <= time && time < to)?.share ?? 0
    yield {
      cluster,
      members,
      requests: callsOf(endpoints, serving),
      failed: errorsOf(endpoints, serving),
      rate: (time) => endpoints.reduce((sum, { calls }) => sum + calls.at(time), 0) * part(time),
      took: (bounds) => tookOf(world, endpoints, serving, { bounds, unit: 1 }),
    }
  }
}

function backendOf(route: KubeObject): string {
  const [rule] = list(fields(route.spec).rules)
  return text(list(rule?.backendRefs)[0]?.name)
}

/** Milliseconds. */
const USUAL = [11, 140] as const

function byTraffic(pods: readonly Resident[], own: readonly Share[], startedAt: number) {
  const received: Curve = {
    at: (time) => pods.reduce((sum, { signals }) => sum + signals.received.at(time), 0),
    total: (from, to) => pods.reduce((sum, { signals }) => sum + signals.received.total(from, to), 0),
  }
  const requests = perMoment((time) => {
    let sum = 0
    for (const { from, to, share } of own) {
      const begin = Math.max(from, startedAt)
      const end = Math.min(to, time)
      if (begin < end) sum += share * received.total(begin, end)
    }
    return sum / REQUEST
  })
  return {
    requests,
    failed: (time: number) => requests(time) * 0.0006,
    rate: (time: number) => received.at(time) / REQUEST / 2,
    took: (bounds: readonly number[]) => steadily(bounds, ...USUAL)((time) => Math.floor(requests(time))),
  }
}
