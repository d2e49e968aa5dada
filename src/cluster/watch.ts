// One watch: one connection, one line of JSON an event. How it ended is the return value; resuming, listing again
// and backing off are the caller's.

import type { KubeObject } from '#model/kube.ts'
import { SourceError } from '#model/reading.ts'
import { aboutAsk, resourcePath, succeed, withQuery } from './api.ts'
import type { Decoder, WatchEnd, WatchEvent, WatchQuery } from './cluster.ts'
import { fields, text } from './fields.ts'
import { type Line, linesOf } from './lines.ts'
import { statusError } from './status-error.ts'
import type { Ask, Transport } from './transport.ts'
import { garbage, parseJson } from './wire.ts'

/** etcd holds no object larger than 1.5 MiB by default; as JSON with managed fields it may be several times that. */
const longestLine = 32 * 1024 * 1024
/** The API server sends a bookmark about every minute: a connection this silent is taken for dead. */
const longestSilence = 180_000

export async function* watch<T>(
  transport: Transport,
  query: WatchQuery,
  decoder: Decoder<T>,
  signal: AbortSignal,
  silence: number = longestSilence,
): AsyncGenerator<WatchEvent<T>, WatchEnd> {
  const ask = watchAsk(query)
  let stands = false
  try {
    const answer = await succeed(ask, await transport.stream(ask, { silence }, signal))
    stands = true
    for await (const line of linesOf(answer.chunks(), longestLine)) {
      if (line.text === '') continue
      yield readEvent(line, decoder, aboutAsk(ask))
    }
    return { reason: signal.aborted ? 'aborted' : 'closed' }
  } catch (error) {
    if (signal.aborted) return { reason: 'aborted' }
    if (!(error instanceof SourceError)) throw error
    // Silence is how a connection dies that a NAT or a sleeping machine has forgotten: resuming is enough.
    if (stands && error.reason === 'timeout' && error.status === undefined) return { reason: 'closed' }
    return { reason: error.reason === 'expired' ? 'expired' : 'failed', error }
  }
}

function watchAsk(query: WatchQuery): Ask {
  const { resource, namespace, labelSelector, fieldSelector, resourceVersion } = query
  const path = withQuery(resourcePath(resource, namespace), {
    watch: 1,
    allowWatchBookmarks: true,
    resourceVersion,
    // Five to ten minutes, not the same for all, so that watches of many clients do not return at once.
    timeoutSeconds: 300 + Math.floor(Math.random() * 300),
    labelSelector,
    fieldSelector,
  })
  return { method: 'GET', path, headers: { accept: 'application/json' } }
}

const types = { ADDED: 'added', MODIFIED: 'modified', DELETED: 'deleted' } as const

function readEvent<T>(line: Line, decoder: Decoder<T>, about: string): WatchEvent<T> {
  // The last line without its end is an event that was cut in half.
  const event = fields(parseJson(line.text, about))
  const type = text(event.type)
  const object = fields(event.object)
  const resourceVersion = text(fields(object.metadata).resourceVersion)
  if (type === 'ERROR') throw eventError(object, about)
  if (resourceVersion === undefined) throw garbage(about, line.text)
  if (type === 'BOOKMARK') return { type: 'bookmark', resourceVersion }
  if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED') throw garbage(about, line.text)
  return { type: types[type], item: decoder.json(object as KubeObject), resourceVersion }
}

/** An ERROR event carries a Status; its code is what an HTTP status would have said. */
function eventError(object: Readonly<Record<string, unknown>>, about: string): SourceError {
  const code = object.code
  const status = typeof code === 'number' ? code : 500
  return statusError({ status, headers: {}, body: JSON.stringify({ ...object, kind: 'Status' }) }, about)
}
