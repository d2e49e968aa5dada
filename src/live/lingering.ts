// A feed whose work outlives a change of who looks: of two looks in a row, the first let go before the second begins.
import type { Feed } from './feed.ts'
import type { Timing } from './timing.ts'

/**
 * The work behind `feed` stops once nobody has looked for a turn of the clock, instead of at once. A screen that looks at
 * other panels than before lets all of them go first: what it still shows must not be asked for anew.
 */
export function lingering<T>(feed: Feed<T>, timing: Timing): Feed<T> {
  let looking = 0
  let stop: (() => void) | undefined
  let cancel: (() => void) | undefined
  return {
    get: feed.get,
    subscribe(changed) {
      cancel?.()
      looking += 1
      const leave = feed.subscribe(changed)
      stop ??= feed.subscribe(() => undefined)
      let left = false
      return () => {
        if (left) return
        left = true
        leave()
        looking -= 1
        if (looking > 0) return
        cancel = timing.after(0, () => {
          stop?.()
          stop = undefined
        })
      }
    },
  }
}
