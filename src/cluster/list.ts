// Lists page by page. The next page's request leaves before the current page is decoded, and decoding lets the
// event loop breathe between a few items, so that keys and frames never wait for a page.
import { setImmediate as breathe } from 'node:timers/promises'
import type { KubeObject } from '#model/kube.ts'
import { SourceError } from '#model/reading.ts'
import { aboutAsk, call, resourcePath, withQuery } from './api.ts'
import type { Decoder, ListQuery, Page } from './cluster.ts'
import { type ListParts, splitJson, splitProtobuf } from './split-list.ts'
import type { Ask, Transport } from './transport.ts'
import { parseJson } from './wire.ts'

const protobuf = 'application/vnd.kubernetes.protobuf'
/** Items decoded in one slice of work: about a millisecond of pods. */
const slice = 10
/** A list that expires again and again is slower than its cluster changes: then say so. */
const mostRestarts = 3

export async function* list<T>(
  transport: Transport,
  query: ListQuery,
  decoder: Decoder<T>,
  signal: AbortSignal,
): AsyncGenerator<Page<T> & { readonly restarted?: true }> {
  const abandon = new AbortController()
  const either = AbortSignal.any([signal, abandon.signal])
  const fetchPage = (token?: string) => {
    const page = getPage(transport, query, decoder, token, either)
    // It is awaited later; until then a failure is nobody's.
    page.catch(() => undefined)
    return page
  }
  try {
    let restarts = 0
    let restarted = false
    let token: string | undefined
    let next = fetchPage()
    for (;;) {
      const page = await next.catch((error: unknown) => {
        const expired = error instanceof SourceError && error.reason === 'expired' && token !== undefined
        if (expired && restarts < mostRestarts) return undefined
        throw error
      })
      if (!page) {
        restarts += 1
        restarted = true
        token = undefined
        next = fetchPage()
        continue
      }
      token = page.continue
      if (token !== undefined) next = fetchPage(token)
      const items = await decodeItems(page, either)
      const { resourceVersion, remaining } = page
      yield {
        items,
        resourceVersion,
        ...(remaining !== undefined && { remaining }),
        ...(restarted && { restarted: true as const }),
      }
      restarted = false
      if (token === undefined) return
    }
  } finally {
    abandon.abort()
  }
}

interface RawPage<T> extends ListParts {
  readonly decode: (bytes: Uint8Array) => T
}

async function getPage<T>(
  transport: Transport,
  query: ListQuery,
  decoder: Decoder<T>,
  token: string | undefined,
  signal: AbortSignal,
): Promise<RawPage<T>> {
  const ask = { method: 'GET', path: listPath(query, token) } as const
  if (decoder.protobuf) {
    const answer = await askEither(transport, ask, signal)
    if (answer.protobuf) return { ...splitProtobuf(answer.bytes, aboutAsk(ask)), decode: decoder.protobuf }
    return jsonPage(answer.bytes, decoder, ask)
  }
  const answer = await call(transport, { ...ask, headers: { accept: 'application/json' } }, signal)
  return jsonPage(await answer.bytes(), decoder, ask)
}

/** Asks for protobuf, takes JSON: from a server that has none for this kind, or (406) refuses the question. */
async function askEither(transport: Transport, ask: Ask, signal: AbortSignal) {
  const accept = (value: string) => call(transport, { ...ask, headers: { accept: value } }, signal)
  const answer = await accept(`${protobuf}, application/json`).catch((error: unknown) => {
    if (error instanceof SourceError && error.status === 406) return accept('application/json')
    throw error
  })
  const bytes = await answer.bytes()
  return { bytes, protobuf: (answer.headers['content-type'] ?? '').startsWith(protobuf) }
}

/** Items of a typed list leave out kind and version: the list's own say them. */
function jsonPage<T>(bytes: Uint8Array, decoder: Decoder<T>, ask: Ask): RawPage<T> {
  const about = aboutAsk(ask)
  const parts = splitJson(bytes, about)
  const kind = parts.kind?.replace(/List$/, '')
  const decode = (item: Uint8Array) => {
    const object = parseJson(Buffer.from(item.buffer, item.byteOffset, item.length).toString('utf8'), about)
    return decoder.json({ apiVersion: parts.apiVersion, kind, ...(object as object) } as KubeObject)
  }
  return { ...parts, decode }
}

async function decodeItems<T>(page: RawPage<T>, signal: AbortSignal): Promise<readonly T[]> {
  const decoded: T[] = []
  for (const item of page.items) {
    decoded.push(page.decode(item))
    if (decoded.length % slice === 0) {
      await breathe()
      signal.throwIfAborted()
    }
  }
  return decoded
}

function listPath(query: ListQuery, token: string | undefined): string {
  const { resource, namespace, labelSelector, fieldSelector, firstPage = 50, page = 250 } = query
  const limit = token === undefined ? firstPage : page
  return withQuery(resourcePath(resource, namespace), {
    limit,
    continue: token,
    labelSelector,
    fieldSelector,
  })
}
