// Time as the live room uses it: one clock, one way to wait, one source of jitter; all three given from outside in tests.

export interface Timing {
  /** Milliseconds since the epoch. */
  now(): number
  /** Runs `run` once after `milliseconds`; returns the cancel. */
  after(milliseconds: number, run: () => void): () => void
  /** From 0 up to, not including, 1. */
  random(): number
}

/** The process's own timers, with `clock` for what the time is. */
export function systemTiming(clock: () => number): Timing {
  return {
    now: clock,
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
    random: Math.random,
  }
}

/** Resolves after the time or as soon as the signal aborts, whichever is first. */
export function pause(timing: Timing, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      cancel()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const cancel = timing.after(milliseconds, done)
    signal.addEventListener('abort', done)
  })
}

/** A server may ask for more patience than its operator has; and a timer of more than 24 days fires at once. */
const mostAsked = 300_000

/**
 * How long to wait after so many failures in a row (1 is the first): doubling from `first` up to `most`, of which a
 * random half is taken off, so that many clients do not come back at once. `asked` is the server's own Retry-After:
 * never less than that, up to five minutes, and a little more by chance.
 */
export function backOff(
  failures: number,
  bounds: { first: number; most: number },
  random: number,
  asked = 0,
): number {
  const full = Math.min(bounds.most, bounds.first * 2 ** Math.min(failures - 1, 30))
  return Math.max(Math.min(asked, mostAsked) * (1 + random / 10), full * (0.5 + random / 2))
}
