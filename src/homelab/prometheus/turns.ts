// Turns on the event loop: long work goes in slices, and between two of them everything else has its turn.
// Whoever waits is served in the order of coming, one slice a round of the loop.

/** Milliseconds; what a request to the API server may have to wait for. */
const SLICE = 6

const waiting: (() => void)[] = []
let begun = performance.now()

function give(): void {
  begun = performance.now()
  waiting.shift()?.()
  if (waiting.length > 0) setImmediate(give)
}

/** Resolves when the caller may work for a slice. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    if (waiting.length === 1) setImmediate(give)
  })
}

/** Whether the slice is used up, so that it is time to wait for the next. */
export const turnIsOver = (): boolean => performance.now() - begun > SLICE
