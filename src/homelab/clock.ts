// The homelab's own time: real time, or faster, or held still by a test.

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls `run` once at `at` of this clock; returns the cancel. */
  schedule(at: number, run: () => void): () => void
}

/** Follows the machine's clock from `start`, `speed` times as fast. */
export function playingClock(start: number, speed: number): Clock {
  const begun = Date.now()
  const now = () => start + (Date.now() - begun) * speed
  return {
    now,
    schedule(at, run) {
      const timer = setTimeout(run, Math.max(0, (at - now()) / speed))
      timer.unref()
      return () => clearTimeout(timer)
    },
  }
}

export interface ManualClock extends Clock {
  /** Moves time on and runs what falls due, in order. */
  advance(milliseconds: number): void
}

export function manualClock(start: number): ManualClock {
  let time = start
  let waiting: { at: number; run: () => void }[] = []
  return {
    now: () => time,
    schedule(at, run) {
      const entry = { at, run }
      waiting.push(entry)
      return () => {
        waiting = waiting.filter((other) => other !== entry)
      }
    },
    advance(milliseconds) {
      const end = time + milliseconds
      for (;;) {
        const due = waiting.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        waiting = waiting.filter((entry) => entry !== due)
        time = Math.max(time, due.at)
        due.run()
      }
      time = end
    },
  }
}
