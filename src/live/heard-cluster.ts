// A cluster whose requests tell on the way whether its API server answers. Nothing is asked for that alone.
import type { Cluster } from '#cluster/cluster.ts'
import type { Gap } from '#model/reading.ts'
import type { Hearing } from './hearing.ts'

/** Nobody there, or nobody who lets us in; everything else is an answer. */
export const isSilence = ({ reason }: Gap): boolean =>
  reason === 'unreachable' || reason === 'timeout' || reason === 'unauthorized'

export function heardCluster(cluster: Cluster, hearing: Hearing): Cluster {
  const once = async <T>(answer: Promise<T>, signal: AbortSignal): Promise<T> => {
    try {
      const value = await answer
      hearing.answered()
      return value
    } catch (error) {
      if (!signal.aborted) hearing.failed(error)
      throw error
    }
  }
  return {
    ...cluster,
    version: (signal) => once(cluster.version(signal), signal),
    discover: (signal) => once(cluster.discover(signal), signal),
    table: (query, signal) => once(cluster.table(query, signal), signal),
    get: (resource, name, namespace, signal) => once(cluster.get(resource, name, namespace, signal), signal),
    async *list(query, decoder, signal) {
      try {
        for await (const page of cluster.list(query, decoder, signal)) {
          hearing.answered()
          yield page
        }
      } catch (error) {
        if (!signal.aborted) hearing.failed(error)
        throw error
      }
    },
    async *watch(query, decoder, signal) {
      const events = cluster.watch(query, decoder, signal)
      try {
        for (;;) {
          const next = await events.next()
          if (next.done) {
            if (next.value.reason === 'failed') hearing.failed(next.value.error)
            return next.value
          }
          hearing.answered()
          yield next.value
        }
      } finally {
        await events.return({ reason: 'aborted' })
      }
    },
  }
}
