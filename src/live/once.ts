// A feed looked at once, for commands: until it has its data whole, or says why not.
import { type Gap, SourceError } from '#model/reading.ts'
import type { Feed } from './feed.ts'
import type { Live } from './live.ts'
import type { Timing } from './timing.ts'

export interface Patience {
  /** Milliseconds. */
  readonly timeout: number
  readonly timing: Timing
  readonly signal: AbortSignal
}

/** @throws SourceError with the feed's own gap, or that it did not answer in time. */
export function once<T>(
  feed: Feed<Live<T>>,
  { timeout, timing, signal }: Patience,
  whole: (data: T) => boolean = () => true,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stops: (() => void)[] = []
    const over = (end: () => void) => {
      for (const stop of stops.splice(0)) stop()
      end()
    }
    const fail = (gap: Gap) => over(() => reject(new SourceError(gap)))
    const look = () => {
      const { data, gap } = feed.get()
      if (gap !== undefined) fail(gap)
      else if (data !== undefined && whole(data)) over(() => resolve(data))
    }
    const leave = () => over(() => reject(signal.reason))
    if (signal.aborted) return leave()
    signal.addEventListener('abort', leave, { once: true })
    stops.push(() => signal.removeEventListener('abort', leave))
    stops.push(
      timing.after(timeout, () =>
        fail({ reason: 'timeout', detail: `no complete answer within ${timeout / 1000} s` }),
      ),
    )
    stops.push(feed.subscribe(look))
    look()
  })
}
