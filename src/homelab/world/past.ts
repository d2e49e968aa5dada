// Replays the catalogue's past: each change at its own time, through the same controllers that run now.
import type { ObjectStore } from '#homelab/store.ts'
import type { Agenda } from './agenda.ts'
import { kustomizations, releases } from './catalogue/flux.ts'
import { catalogue } from './catalogue/index.ts'
import type { PastChange } from './catalogue/shapes.ts'
import type { Flux } from './flux/flux.ts'
import type { Kubelet } from './life/kubelet.ts'
import type { Nodes } from './life/nodes.ts'

const MINUTE = 60_000

function imageOf(path: string): string | undefined {
  return catalogue.find(({ namespace, name }) => `${namespace}/${name}` === path)?.containers[0]?.image
}

/** The images that ran before any past change, by the image without its tag. */
export function imagesBefore(past: readonly PastChange[]): Record<string, string> {
  const images: Record<string, string> = {}
  for (const { what } of past.toSorted((a, b) => a.ago - b.ago)) {
    if (what.type !== 'revision' && what.type !== 'release') continue
    for (const [path, tag] of Object.entries(what.images)) {
      const repository = imageOf(path)?.replace(/:[^:/]*$/, '')
      if (repository) images[repository] = `${repository}:${tag}`
    }
  }
  return images
}

/** What an image becomes with a change: the tag before the next change of the same app, or the catalogue's. */
function imagesAfter(past: readonly PastChange[], change: PastChange): Record<string, string> {
  const { what } = change
  if (what.type !== 'revision' && what.type !== 'release') return {}
  return Object.fromEntries(
    Object.keys(what.images).map((path) => {
      const later = past
        .filter(
          ({ ago, what: other }) =>
            ago < change.ago &&
            (other.type === 'revision' || other.type === 'release') &&
            path in other.images,
        )
        .sort((a, b) => b.ago - a.ago)[0]?.what
      const next =
        later && (later.type === 'revision' || later.type === 'release') ? later.images[path] : undefined
      return [path, next ?? imageOf(path) ?? '']
    }),
  )
}

export function replayPast(parts: {
  past: readonly PastChange[]
  start: number
  agenda: Agenda
  store: ObjectStore
  kubelet: Kubelet
  nodes: Nodes
  flux: Flux
}): void {
  const { past, start, agenda, kubelet, nodes, flux } = parts
  for (const change of past) {
    const { ago, what } = change
    agenda.at(start - ago * MINUTE, () => {
      if (what.type === 'revision') flux.revision(what.ks, what.title, imagesAfter(past, change))
      else if (what.type === 'release') {
        const release = releases.find(({ name }) => name === what.hr)
        if (release) flux.release(what.hr, release.version, release.app, imagesAfter(past, change))
      } else if (what.type === 'reboot') nodes.reboot(what.node)
      else {
        const container = kubelet.lives.get(what.pod)?.facts.containers[0]?.name
        if (container) kubelet.crash(what.pod, container, { exitCode: what.exitCode, reason: what.reason })
      }
    })
  }
  for (const { name, suspendedBy } of kustomizations) {
    if (suspendedBy) agenda.at(start - 3 * 24 * 60 * MINUTE, () => flux.suspend('ks', name, suspendedBy))
  }
}
