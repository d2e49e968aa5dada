// Time that moves when a test says so, and no jitter.
import type { Timing } from '#live/timing.ts'

export interface ManualTiming extends Timing {
  /** Moves time on in steps, running what falls due and letting promises settle between. */
  advance(milliseconds: number): Promise<void>
  /** Timers that wait. */
  readonly waiting: number
}

export function manualTiming(start = 1_000_000): ManualTiming {
  let time = start
  let timers: { at: number; run: () => void }[] = []
  return {
    now: () => time,
    random: () => 0.5,
    get waiting() {
      return timers.length
    },
    after(milliseconds, run) {
      const timer = { at: time + milliseconds, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    async advance(milliseconds) {
      const end = time + milliseconds
      await settled()
      for (;;) {
        const [due] = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)
        if (!due) break
        timers = timers.filter((timer) => timer !== due)
        time = due.at
        due.run()
        await settled()
      }
      time = end
      await settled()
    },
  }
}

/** Lets everything run that waits for nothing but promises. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
