// One loop for everything that is read again and again. It runs while somebody looks, one request at a time.
import { type Gap, gapOf, SourceError } from '#model/reading.ts'
import type { Feed } from './feed.ts'
import { lazyFeed } from './lazy-feed.ts'
import { type Live, type LiveAction, nothingYet, reduce } from './live.ts'
import { backOff, type Timing } from './timing.ts'

export interface PollOptions<T> {
  readonly read: (signal: AbortSignal) => Promise<T>
  /** From one answer to the next request, milliseconds. */
  readonly interval: number
  /** How long one read may take, milliseconds; 30 s where absent. */
  readonly timeout?: number
  readonly timing: Timing
}

export interface Poll<T> extends Feed<Live<T>> {
  /** Reads now if somebody looks; a read under way is left to finish. */
  refresh(): void
}

/** A failure is tried again sooner than the interval at first, then less and less often. */
const retry = { first: 1000, most: 60_000 }
/** Where nobody answers: knocking costs nothing, and who comes back is seen within ten seconds. */
const knock = { first: 1000, most: 6000 }

export function poll<T>(options: PollOptions<T>): Poll<T> {
  const { timing, interval } = options
  let wake: (() => void) | undefined

  const feed = lazyFeed<Live<T>>(nothingYet, (emit, get) => {
    const stopped = new AbortController()
    let cancel: (() => void) | undefined
    let reading = false
    const act = (action: LiveAction<T>) => emit(reduce(get(), action))

    const wait = (milliseconds: number) => {
      cancel?.()
      cancel = timing.after(milliseconds, () => void step())
    }
    const step = async () => {
      if (reading) return
      cancel?.()
      reading = true
      act({ type: 'started' })
      const answer = await attempt(options, stopped.signal)
      reading = false
      if (stopped.signal.aborted) return
      if (answer.gap) {
        act({ type: 'failed', gap: answer.gap, at: timing.now() })
        const most = Math.max(interval, retry.most)
        const bounds = answer.gap.reason === 'unreachable' ? knock : { ...retry, most }
        wait(backOff(get().failures, bounds, timing.random(), answer.retryAfter))
      } else {
        act({ type: 'answered', data: answer.data, at: timing.now() })
        wait(interval)
      }
    }

    wake = () => void step()
    // Data that is younger than the interval is good enough for who comes back.
    const { dataAt, gap } = get()
    const age = dataAt === undefined || gap ? Number.POSITIVE_INFINITY : timing.now() - dataAt
    if (age < interval) wait(interval - age)
    else void step()
    return () => {
      wake = undefined
      cancel?.()
      stopped.abort()
      act({ type: 'stopped' })
    }
  })
  return { ...feed, refresh: () => wake?.() }
}

type Answer<T> =
  | { readonly data: T; readonly gap?: never }
  | { readonly gap: Gap; readonly retryAfter?: number | undefined }

async function attempt<T>(options: PollOptions<T>, stopped: AbortSignal): Promise<Answer<T>> {
  const milliseconds = options.timeout ?? 30_000
  const late = new AbortController()
  const cancel = options.timing.after(milliseconds, () => late.abort())
  try {
    return { data: await options.read(AbortSignal.any([stopped, late.signal])) }
  } catch (error) {
    // What is thrown once nobody waits any more is no news, and no bug.
    if (stopped.aborted) return { gap: { reason: 'timeout', detail: 'stopped' } }
    if (late.signal.aborted) {
      return { gap: { reason: 'timeout', detail: `no answer within ${milliseconds / 1000} s` } }
    }
    return { gap: gapOf(error), retryAfter: error instanceof SourceError ? error.retryAfter : undefined }
  } finally {
    cancel()
  }
}
