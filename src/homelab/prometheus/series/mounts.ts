// Which claim is mounted where and when, and how full its volume is: the kubelet and Longhorn both tell of it.
import { createHash } from 'node:crypto'
import type { World } from '#homelab/world.ts'
import type { Scope } from './family.ts'
import { fields, quantity } from './fields.ts'
import type { Objects } from './objects.ts'
import { versionsIn } from './objects.ts'
import { type PodFacts, podAt } from './pod.ts'

export interface Volume {
  readonly capacity: number
  used(time: number): number
}

/** A claim while a pod that has it mounted runs on a node, `from` included and `to` not. */
export interface Mount {
  readonly pod: PodFacts
  readonly claim: string
  readonly volume: Volume
  readonly from: number
  readonly to: number
}

const DAY = 86_400_000

/** The world has no signal for volumes: each is some way full and fills by a few per mille a day. */
function volumeOf(world: World, capacity: number, namespace: string, claim: string): Volume {
  const hash = createHash('sha1').update(`${world.seed}/${namespace}/${claim}`).digest()
  const begun = 0.22 + (hash.readUInt8(0) / 255) * 0.36
  const perDay = 0.001 + (hash.readUInt8(1) / 255) * 0.004
  return {
    capacity,
    used: (time) =>
      Math.floor((capacity * Math.min(0.98, begun + (perDay * (time - world.beganAt)) / DAY)) / 4096) * 4096,
  }
}

function capacityOf(objects: Objects, namespace: string, claim: string): number | undefined {
  const history = objects
    .histories('persistentvolumeclaims')
    .find((entry) => entry.namespace === namespace && entry.name === claim)
  const object = history?.versions.findLast((version) => version.object)?.object
  return (
    quantity(fields(fields(object?.status).capacity).storage) ??
    quantity(fields(fields(fields(object?.spec).resources).requests).storage)
  )
}

/**
 * The claims a pod has mounted: those it names, and those that its controller made for it, which are called
 * `TEMPLATE-POD` (StatefulSet) or as the pod itself (CloudNativePG).
 */
function claimsOf(objects: Objects, pod: PodFacts): ReadonlySet<string> {
  const claims = new Set(pod.claims.map(({ claim }) => claim))
  for (const { namespace, name } of objects.histories('persistentvolumeclaims')) {
    if (namespace !== pod.namespace) continue
    if (name === pod.name || name.endsWith(`-${pod.name}`)) claims.add(name)
  }
  return claims
}

export function* mountsOf({ filter, objects, world, from: since, to: until }: Scope): Iterable<Mount> {
  for (const history of objects.histories('pods')) {
    const { namespace = '' } = history
    for (const { object, from, to } of running(versionsIn(history, since, until))) {
      const pod = podAt(object)
      for (const claim of claimsOf(objects, pod)) {
        if (!filter.accepts('persistentvolumeclaim', claim)) continue
        const capacity = capacityOf(objects, namespace, claim)
        if (capacity === undefined) continue
        yield { pod, claim, volume: volumeOf(world, capacity, namespace, claim), from, to }
      }
    }
  }
}

/** Versions in which the pod runs, those that follow each other on one node joined. */
function running(versions: ReturnType<typeof versionsIn>): ReturnType<typeof versionsIn> {
  const joined: { object: (typeof versions)[number]['object']; from: number; to: number }[] = []
  for (const version of versions) {
    const pod = podAt(version.object)
    if (pod.node === '' || pod.phase !== 'Running') continue
    const last = joined.at(-1)
    if (last && last.to === version.from && podAt(last.object).node === pod.node) last.to = version.to
    else joined.push({ ...version })
  }
  return joined
}
