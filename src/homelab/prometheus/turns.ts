// Turns on the event loop: long work goes in slices, and between two of them everything else has its turn. Of those who
// wait, the one that has worked least goes next, so that a small question never stands behind a large one.
import { AsyncLocalStorage } from 'node:async_hooks'

/** One question, from when it came until it is answered. */
interface Work {
  /** Milliseconds. */
  used: number
}

/** Milliseconds; what a request to the API server may have to wait for. */
const SLICE = 6

const works = new AsyncLocalStorage<Work>()
const waiting: { readonly work: Work; readonly go: () => void }[] = []
let begun = performance.now()

/** Does `run` as one piece of work, whose turns are counted together. */
export function asWork<T>(run: () => Promise<T>): Promise<T> {
  return works.run({ used: 0 }, run)
}

function give(): void {
  let next = 0
  for (let index = 1; index < waiting.length; index += 1) {
    if ((waiting[index]?.work.used ?? 0) < (waiting[next]?.work.used ?? 0)) next = index
  }
  const [turn] = waiting.splice(next, 1)
  begun = performance.now()
  turn?.go()
  if (waiting.length > 0) setImmediate(give)
}

/** Resolves when the caller may work for a slice. */
export function nextTurn(): Promise<void> {
  const work = works.getStore() ?? { used: 0 }
  work.used += performance.now() - begun
  return new Promise((go) => {
    waiting.push({ work, go })
    if (waiting.length === 1) setImmediate(give)
  })
}

/** Whether the slice is used up, so that it is time to wait for the next. */
export const turnIsOver = (): boolean => performance.now() - begun > SLICE
