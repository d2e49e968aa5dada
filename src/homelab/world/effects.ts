// What a scenario does to curves, sought by what a curve belongs to.

import type { Curve } from '#homelab/world.ts'
import { ramped, type Segment, stepped } from './curves.ts'
import { glob } from './life/faults.ts'

export type Subject =
  | { readonly of: 'pod'; readonly namespace: string; readonly name: string; readonly container?: string }
  | { readonly of: 'node'; readonly name: string; readonly part?: string }
  | { readonly of: 'service'; readonly name: string; readonly part: string }

export interface SeriesEffect {
  readonly of: Subject['of']
  readonly namespace?: string
  /** `*` stands for anything, here and in `part`: a container, a mount point, a device or a route. */
  readonly name: string
  readonly part?: string
  readonly signal: string
  readonly change: 'multiply' | 'add' | 'set'
  readonly value: number
  readonly at: number
  /** Milliseconds until the whole change is there. */
  readonly rise: number
  readonly until?: number
}

export interface Effects {
  bend(subject: Subject, signal: string, curve: Curve): Curve
  /** A share of another curve, as errors are of calls; effects change the share. */
  share(subject: Subject, signal: string, whole: Curve, usual: number): Curve
}

const shapes = {
  multiply: (value: number) => (share: number) => ({ times: 1 + (value - 1) * share, plus: 0 }),
  add: (value: number) => (share: number) => ({ times: 1, plus: value * share }),
  set: (value: number) => (share: number) => ({ times: 1 - share, plus: value * share }),
} as const

export function createEffects(effects: readonly SeriesEffect[]): Effects {
  const known = effects.map((effect) => ({
    effect,
    name: glob(effect.name),
    part: glob(effect.part ?? '*'),
  }))
  const matching = (subject: Subject, signal: string) =>
    known.flatMap(({ effect, name, part }) => {
      if (effect.of !== subject.of || effect.signal !== signal || !name.test(subject.name)) return []
      if (subject.of === 'pod' && effect.namespace !== undefined && effect.namespace !== subject.namespace)
        return []
      const own = subject.of === 'pod' ? subject.container : subject.part
      return part.test(own ?? '') ? [effect] : []
    })
  return {
    bend(subject, signal, curve) {
      if (known.length === 0) return curve
      return matching(subject, signal).reduce(
        (bent, effect) => stepped(bent, ramped(effect, shapes[effect.change](effect.value))),
        curve,
      )
    },
    share(subject, signal, whole, usual) {
      let level = usual
      const segments: Segment[] = [{ at: Number.NEGATIVE_INFINITY, times: usual, plus: 0 }]
      for (const effect of matching(subject, signal).toSorted((a, b) => a.at - b.at)) {
        const { value, change } = effect
        const from = level
        const goal = Math.min(1, change === 'set' ? value : change === 'add' ? from + value : from * value)
        segments.push(
          ...ramped(effect, (share) => ({ times: from + (goal - from) * share, plus: 0 })).map((segment) =>
            segment.at === effect.until ? { ...segment, times: usual } : segment,
          ),
        )
        level = effect.until === undefined ? goal : usual
      }
      return stepped(whole, segments)
    },
  }
}
