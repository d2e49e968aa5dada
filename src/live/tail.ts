// A log tail as a feed: the last lines of a subject's logs, in the order of their stamps, told at most twice a second.

import type { LogLine } from '#model/log.ts'
import { type Gap, gapOf, SourceError } from '#model/reading.ts'
import type { LogTail } from './deck.ts'
import type { Feed } from './feed.ts'
import { gather } from './gather.ts'
import type { LogNews } from './kubelet-logs.ts'
import { lazyFeed } from './lazy-feed.ts'
import { type Live, nothingYet, reduce } from './live.ts'
import { createRing } from './ring.ts'
import type { Timing } from './timing.ts'

export interface TailOptions {
  /** Reads until the signal aborts or nothing more comes. */
  readonly read: (tell: (news: LogNews) => void, signal: AbortSignal) => Promise<void>
  /** Lines kept. */
  readonly bound: number
  readonly timing: Timing
}

const mostNotes = 20

export function tailFeed({ read, bound, timing }: TailOptions): Feed<Live<LogTail>> {
  return lazyFeed<Live<LogTail>>(nothingYet, (emit, get) => {
    const stopped = new AbortController()
    const lines = createRing<LogLine>(bound)
    const notes = createRing<string>(mostNotes)
    let following = true
    let arrived: LogLine[] = []

    const publish = (gap?: Gap) => {
      for (const line of inOrder(arrived)) lines.push(line)
      arrived = []
      const tail = { lines: lines.items(), dropped: lines.dropped, following, notes: notes.items() }
      const answered = reduce(get(), { type: 'answered', data: tail, at: timing.now() })
      emit(gap ? reduce(answered, { type: 'failed', gap, at: timing.now() }) : answered)
    }
    const gathered = gather(publish, timing)
    const tell = (news: LogNews) => {
      if (news.type === 'note') notes.push(news.text)
      else arrived.push(news.line)
      // A burst larger than the buffer must not be kept whole until it is shown.
      if (arrived.length > bound) for (const line of inOrder(arrived.splice(0))) lines.push(line)
      gathered.changed()
    }
    const run = async () => {
      let gap: Gap | undefined
      try {
        await read(tell, stopped.signal)
      } catch (error) {
        if (!stopped.signal.aborted && !(error instanceof SourceError)) throw error
        if (error instanceof SourceError) gap = gapOf(error)
      }
      if (stopped.signal.aborted) return
      following = false
      gathered.stop()
      publish(gap)
    }

    emit(reduce(get(), { type: 'started' }))
    void run()
    return () => {
      stopped.abort()
      gathered.stop()
      emit(reduce(get(), { type: 'stopped' }))
    }
  })
}

/** What arrived together, by stamp; a line without one stays behind the line it followed. */
function inOrder(lines: readonly LogLine[]): readonly LogLine[] {
  let last = 0
  const timed = lines.map((line) => {
    last = line.at ?? last
    return { line, at: last }
  })
  return timed.sort((a, b) => a.at - b.at).map(({ line }) => line)
}
