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
    let lines: readonly LogLine[] = []
    let dropped = 0
    const notes = createRing<string>(mostNotes)
    let following = true
    let capped = false
    let arrived: LogLine[] = []

    const take = () => {
      const all = inOrder([...lines, ...arrived])
      dropped += Math.max(0, all.length - bound)
      lines = all.slice(-bound)
      arrived = []
    }
    const publish = (gap?: Gap) => {
      if (arrived.length > 0) take()
      const tail = { lines, dropped, following, capped, notes: notes.items() }
      const answered = reduce(get(), { type: 'answered', data: tail, at: timing.now() })
      emit(gap ? reduce(answered, { type: 'failed', gap, at: timing.now() }) : answered)
    }
    const gathered = gather(publish, timing)
    const tell = (news: LogNews) => {
      if (news.type === 'note') notes.push(news.text)
      else if (news.type === 'capped') capped = news.capped
      else arrived.push(news.line)
      // A burst larger than the buffer must not be kept whole until it is shown.
      if (arrived.length > bound) take()
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

/** By stamp, as streams of several pods interleave; a line without one stays behind the line it followed. */
function inOrder(lines: readonly LogLine[]): readonly LogLine[] {
  let last = 0
  let sorted = true
  const times = lines.map((line) => {
    const at = line.at ?? last
    if (at < last) sorted = false
    last = at
    return at
  })
  if (sorted) return lines
  const order = lines.map((line, index) => ({ line, at: times[index] ?? 0 }))
  return order.sort((a, b) => a.at - b.at).map(({ line }) => line)
}
