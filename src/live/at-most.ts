// No more than so many tasks at once; the others wait in the order they came.

export type Slots = <T>(task: () => Promise<T>, signal: AbortSignal) => Promise<T>

export function atMost(count: number): Slots {
  const waiting: (() => void)[] = []
  let running = 0
  return async (task, signal) => {
    if (running >= count) {
      await new Promise<void>((resolve, reject) => {
        const go = () => {
          signal.removeEventListener('abort', leave)
          resolve()
        }
        const leave = () => {
          waiting.splice(waiting.indexOf(go), 1)
          reject(signal.reason)
        }
        if (signal.aborted) return reject(signal.reason)
        waiting.push(go)
        signal.addEventListener('abort', leave, { once: true })
      })
    } else running += 1
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
