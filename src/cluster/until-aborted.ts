// Work that many wait for, and that goes on when one of them leaves.
import { abortError } from './network-error.ts'

/** The promise's own end, or the signal's, whichever is first. `server` names what did not answer in time. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal, server: string): Promise<T> {
  const left = Promise.withResolvers<never>()
  const onAbort = () => left.reject(abortError(signal, server))
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([work, left.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
