// A poll that tells how far a read is: a source that takes its time must be seen to work.
import { createCell } from './cell.ts'
import { combine } from './derive.ts'
import type { Feed } from './feed.ts'
import type { Live } from './live.ts'
import { type PollOptions, poll } from './poll.ts'

/** What is under way: since when (milliseconds since the epoch), and how many of its questions were answered. */
export interface Loading {
  readonly since: number
  readonly answered: number
  readonly of: number
}

export type Reported<T> = Live<T> & { readonly loading?: Loading }

/** How many questions of a read were answered, from none to all. */
export type Report = (answered: number, of: number) => void

interface ReportingOptions<T> extends Omit<PollOptions<T>, 'read'> {
  readonly read: (signal: AbortSignal, report: Report) => Promise<T>
}

export function reportingPoll<T>({ read, ...options }: ReportingOptions<T>): Feed<Reported<T>> {
  const progress = createCell<Loading | undefined>(undefined)
  const reported = (signal: AbortSignal): Promise<T> => {
    const since = options.timing.now()
    progress.set(undefined)
    // What is read for nobody any more has no progress.
    return read(signal, (answered, of) => {
      if (!signal.aborted) progress.set({ since, answered, of })
    })
  }
  return combine([poll<T>({ ...options, read: reported }), progress], (live, loading) =>
    loading !== undefined && live.pending ? { ...live, loading } : live,
  )
}
