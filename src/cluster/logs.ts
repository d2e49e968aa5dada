// A container's log through the API server, line by line.
import { succeed, withQuery } from './api.ts'
import type { LogQuery } from './cluster.ts'
import { linesOf } from './lines.ts'
import type { Ask, Transport } from './transport.ts'

/** A line longer than this is cut, and says so: a program that writes no line ends must not fill our memory. */
const longestLine = 1024 * 1024

export async function* logs(
  transport: Transport,
  query: LogQuery,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { namespace, pod, ...rest } = query
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`
  const ask: Ask = { method: 'GET', path: withQuery(path, rest) }
  // A container may be silent for days, and the head of the answer waits for its first line.
  const patient = { head: Number.POSITIVE_INFINITY, silence: Number.POSITIVE_INFINITY }
  const open = query.follow ? transport.stream(ask, patient, signal) : transport.request(ask, signal)
  const answer = await succeed(ask, await open)
  for await (const line of linesOf(answer.chunks(), longestLine)) {
    yield line.cut ? `${line.text} … [line cut at 1 MiB]` : line.text
  }
}
