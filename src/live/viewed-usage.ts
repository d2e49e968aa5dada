// What the pods in view use, where a table shows a few of many: asking for all of them is dear.
import type { Amounts } from '#model/kube.ts'
import type { UsageByName } from '#model/overview-inputs.ts'
import type { Feed } from './feed.ts'
import type { Live } from './live.ts'
import { poll } from './poll.ts'
import type { Timing } from './timing.ts'

export interface ViewedUsageParts {
  /** Names of the pods in view, `namespace/pod`. A new array only when it names others. */
  readonly view: Feed<readonly string[]>
  readonly read: (pods: readonly string[], signal: AbortSignal) => Promise<UsageByName>
  /** From one answer to the next request, milliseconds. */
  readonly interval: number
  readonly timeout: number
  readonly timing: Timing
}

/** Who scrolls on is not asked for what flew by, milliseconds. */
const calm = 100

/**
 * The usage of the pods in view, asked again each `interval` and at once where pods come into view that are not known.
 * What was in view less than two intervals ago is still told, so that scrolling back finds it.
 */
export function viewedUsage({
  view,
  read,
  interval,
  timeout,
  timing,
}: ViewedUsageParts): Feed<Live<UsageByName>> {
  const known = new Map<string, { readonly used: Amounts; readonly at: number }>()
  /** The pods of the last answer: those without usage are known to have none. */
  let asked: ReadonlySet<string> = new Set()

  const answers = poll<UsageByName>({
    interval,
    timeout,
    timing,
    read: async (signal) => {
      const pods = view.get()
      const usage = pods.length === 0 ? new Map<string, Amounts>() : await read(pods, signal)
      const at = timing.now()
      for (const [pod, { at: before }] of known) if (at - before > 2 * interval) known.delete(pod)
      for (const pod of pods) known.delete(pod)
      for (const [pod, used] of usage) known.set(pod, { used, at })
      asked = new Set(pods)
      return new Map(Array.from(known, ([pod, { used }]) => [pod, used]))
    },
  })
  const isStrange = (pod: string) => !asked.has(pod) && !known.has(pod)

  return {
    get: answers.get,
    subscribe(changed) {
      let cancel: (() => void) | undefined
      const look = () => {
        cancel?.()
        cancel = undefined
        const { phase, gap } = answers.get()
        // Who does not answer is not asked more often for being scrolled: the poll tries again. No series is an answer.
        const mute = gap !== undefined && gap.reason !== 'no-series'
        if (phase === 'fetching' || mute || !view.get().some(isStrange)) return
        cancel = timing.after(calm, answers.refresh)
      }
      const stops = [
        view.subscribe(look),
        answers.subscribe(() => {
          changed()
          // Others may have come into view while this was asked for.
          if (answers.get().gap === undefined) look()
        }),
      ]
      look()
      return () => {
        cancel?.()
        for (const stop of stops) stop()
      }
    },
  }
}
