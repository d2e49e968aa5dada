// What is to happen and when: the past is replayed through it, and then the homelab's clock drives it.
import type { Clock } from '#homelab/clock.ts'

export interface Agenda {
  /** The moment that is being played: an entry's own time in the past, the clock's afterwards. */
  now(): number
  at(time: number, run: () => void): void
  after(milliseconds: number, run: () => void): void
  /** Runs everything that is due by `end`, each at its own time. */
  replay(end: number): void
  /** From now on the clock says when; entries that are late run at once. */
  follow(clock: Clock): void
  stop(): void
}

interface Entry {
  readonly time: number
  readonly order: number
  readonly run: () => void
}

const before = (a: Entry, b: Entry) => a.time < b.time || (a.time === b.time && a.order < b.order)

export function createAgenda(beginning: number): Agenda {
  const heap: Entry[] = []
  let order = 0
  let time = beginning
  let clock: Clock | undefined
  let cancel: (() => void) | undefined
  let plannedFor = Number.POSITIVE_INFINITY
  let playing = false

  const push = (entry: Entry) => {
    heap.push(entry)
    let child = heap.length - 1
    while (child > 0) {
      const parent = (child - 1) >> 1
      const above = heap[parent]
      if (!above || before(above, entry)) break
      heap[child] = above
      child = parent
    }
    heap[child] = entry
  }

  const pop = (): Entry | undefined => {
    const top = heap[0]
    const last = heap.pop()
    if (!last || heap.length === 0) return top
    let parent = 0
    for (;;) {
      let child = parent * 2 + 1
      let least = heap[child]
      if (!least) break
      const right = heap[child + 1]
      if (right && before(right, least)) {
        child += 1
        least = right
      }
      if (before(last, least)) break
      heap[parent] = least
      parent = child
    }
    heap[parent] = last
    return top
  }

  const now = () => (playing || !clock ? time : Math.max(time, clock.now()))

  const play = (end: number) => {
    playing = true
    try {
      while (heap[0] && heap[0].time <= end) {
        const entry = pop()
        if (!entry) break
        time = Math.max(time, entry.time)
        entry.run()
      }
    } finally {
      playing = false
    }
    time = Math.max(time, end)
  }

  const plan = () => {
    const next = heap[0]?.time
    if (!clock || playing || next === undefined || next >= plannedFor) return
    cancel?.()
    plannedFor = next
    cancel = clock.schedule(next, () => {
      plannedFor = Number.POSITIVE_INFINITY
      cancel = undefined
      if (clock) play(Math.max(clock.now(), next))
      plan()
    })
  }

  return {
    now,
    at(when, run) {
      order += 1
      push({ time: Math.max(when, now()), order, run })
      plan()
    },
    after(milliseconds, run) {
      this.at(now() + milliseconds, run)
    },
    replay: play,
    follow(following) {
      clock = following
      plan()
    },
    stop() {
      cancel?.()
      cancel = undefined
      clock = undefined
      heap.length = 0
    },
  }
}
