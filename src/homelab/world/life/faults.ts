// What can be wrong with a pod while a scenario says so.
import type { PodFacts } from '#homelab/world/build/pod.ts'

interface Span {
  readonly namespace: string
  /** A pod's name, `*` standing for anything. */
  readonly pod: string
  readonly from: number
  readonly to?: number
}

type PodFault = Span &
  (
    | { readonly kind: 'image-pull'; readonly message: string }
    | {
        readonly kind: 'crash-loop'
        /** Milliseconds that each run lasts. */
        readonly lasts: number
        readonly exitCode: number
        readonly reason: string
        readonly message?: string
      }
    | { readonly kind: 'not-ready'; readonly message: string }
  )

export function glob(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${escaped}$`)
}

export interface Faults {
  add(fault: PodFault): void
  /** The fault of this kind that holds for the pod at a moment. */
  of<K extends PodFault['kind']>(
    kind: K,
    pod: Pick<PodFacts, 'namespace' | 'name' | 'createdAt'>,
    at: number,
  ): Extract<PodFault, { kind: K }> | undefined
}

export function createFaults(): Faults {
  const all: { fault: PodFault; name: RegExp }[] = []
  return {
    add(fault) {
      all.push({ fault, name: glob(fault.pod) })
    },
    of(kind, pod, at) {
      for (const { fault, name } of all) {
        if (fault.kind !== kind || fault.namespace !== pod.namespace || !name.test(pod.name)) continue
        if (at < fault.from || (fault.to !== undefined && at >= fault.to)) continue
        // An image that is there already needs no pull.
        if (kind === 'image-pull' && pod.createdAt < fault.from) continue
        return fault as Extract<PodFault, { kind: typeof kind }>
      }
      return undefined
    },
  }
}
