// What goes on after the homelab was opened: about every hour someone merges an update, and Flux rolls it out.
import type { ObjectStore } from '#homelab/store.ts'
import type { Agenda } from './agenda.ts'
import type { Workload } from './build/workload.ts'
import type { Flux } from './flux/flux.ts'
import { apps } from './kinds.ts'
import { chance, pick } from './random.ts'

const MINUTE = 60_000

const updated = ['shop/shipping', 'dev/whoami', 'home/node-red', 'shop/email', 'home/esphome'] as const
const appliedBy: Readonly<Record<string, string>> = { shop: 'apps', dev: 'dev', home: 'home' }

/** `1.8.3` becomes `1.8.4`, with whatever stands before the version kept. */
function nextPatch(image: string): string {
  return image.replace(/\.(\d+)$/, (_, patch: string) => `.${Number(patch) + 1}`)
}

export function keepUpdating(parts: {
  seed: number
  store: ObjectStore
  agenda: Agenda
  flux: Flux
  start: number
}): void {
  const { seed, store, agenda, flux, start } = parts
  const update = (turn: number) => {
    const path = pick(updated, chance(`${seed}/update/${turn}`))
    const [namespace = '', name = ''] = path.split('/')
    const deployment = store.get(apps.deployment, namespace, name) as Workload | undefined
    const image = deployment?.spec.template.spec.containers[0]?.image
    if (image) {
      const next = nextPatch(image)
      const version = next.slice(next.lastIndexOf(':') + 1)
      flux.revision(appliedBy[namespace] ?? 'apps', `chore(${namespace}): ${name} ${version}`, {
        [path]: next,
      })
    }
    plan(turn + 1)
  }
  const plan = (turn: number) =>
    agenda.at(start + (turn * 55 + chance(`${seed}/when/${turn}`) * 40) * MINUTE, () => update(turn))
  plan(0)
}
