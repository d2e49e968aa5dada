// HTTP to one server: one pool, an abort signal on every wait, a limit on every silence that is not meant.
// Knows nothing of Kubernetes; every failure is a SourceError.
import type { IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Credentials, Identity } from './credentials.ts'
import { abortError, networkError, timeoutError } from './network-error.ts'

export interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With a leading slash and the query. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** The head of an answer; the body is read once, or dropped. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  chunks(): AsyncGenerator<Uint8Array>
  bytes(): Promise<Buffer>
  drop(): void
}

/** Milliseconds, or Infinity; the time-out counts where one is absent. */
interface Patience {
  /** Until the head of the answer is there. */
  readonly head?: number
  /** Until the next piece of the body is there. */
  readonly silence?: number
}

export interface Transport {
  readonly server: string
  /** Fails when the head, or later the next piece of the body, takes longer than the time-out. */
  request(ask: Ask, signal: AbortSignal): Promise<Answer>
  /** The same with patience of its own. */
  stream(ask: Ask, patience: Patience, signal: AbortSignal): Promise<Answer>
  /** What a websocket needs to reach the same server as the same user. */
  identity(signal: AbortSignal): Promise<Identity>
  close(): void
}

/** A connection that is not there after this long will not come: says so before the whole time-out is over. */
const connectLimit = 8000

/** `proxy` is only named in messages: the way through it is the credentials' agent. */
export function openTransport(
  { server, proxy }: { readonly server: string; readonly proxy?: string },
  credentials: Credentials,
  timeout: number,
): Transport {
  const base = new URL(server)
  // Without the password that a proxy's address may have.
  const place = proxy === undefined ? base.origin : `${base.origin} (through ${new URL(proxy).host})`
  const prefix = base.pathname.replace(/\/$/, '')
  const gzip = isLoopback(base.hostname) ? {} : { 'accept-encoding': 'gzip' }

  const send = (ask: Ask, identity: Identity, limits: Limits, signal: AbortSignal) =>
    exchange(
      base,
      { ...ask, path: prefix + ask.path, headers: { ...gzip, ...ask.headers } },
      identity,
      limits,
      signal,
    )

  /** A kept socket may be closed by the server while the request is on its way: then it was not read. */
  const stream = async (ask: Ask, patience: Patience, signal: AbortSignal): Promise<Answer> => {
    const { head = timeout, silence = timeout } = patience
    const deadline = Date.now() + head
    let identity = await credentials.identity(signal)
    for (let stale = 0; ; ) {
      const limits = { head: Math.max(1, deadline - Date.now()), silence, timeout, place }
      try {
        const answer = await send(ask, identity, limits, signal)
        if (answer.status !== 401 || !credentials.renew()) return answer
        answer.drop()
        identity = await credentials.identity(signal)
        return await send(ask, identity, limits, signal)
      } catch (error) {
        stale += 1
        if (!(error instanceof StaleSocket)) throw error
        if (stale > 3 || ask.method !== 'GET') throw networkError(error.cause, place)
      }
    }
  }

  return {
    server,
    request: (ask, signal) => stream(ask, {}, signal),
    stream,
    identity: (signal) => credentials.identity(signal),
    close: () => credentials.close(),
  }
}

interface Limits {
  readonly head: number
  readonly silence: number
  /** What the operator asked for, for messages. */
  readonly timeout: number
  /** What messages call the server. */
  readonly place: string
}

class StaleSocket extends Error {}

/** Importing node:http makes Node load its fetch too (9 MiB): only servers without TLS pay for that. */
async function requesterFor(base: URL): Promise<typeof httpsRequest> {
  return base.protocol === 'https:' ? httpsRequest : (await import('node:http')).request
}

async function exchange(
  base: URL,
  ask: Ask,
  identity: Identity,
  limits: Limits,
  signal: AbortSignal,
): Promise<Answer> {
  const server = limits.place
  const send = await requesterFor(base)
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(abortError(signal, server))
      return
    }
    const body = ask.body === undefined ? undefined : Buffer.from(ask.body)
    const request = send({
      hostname: base.hostname.replace(/^\[|\]$/g, ''),
      port: base.port || (base.protocol === 'https:' ? 443 : 80),
      method: ask.method,
      path: ask.path,
      headers: { ...ask.headers, ...identity.headers, ...(body && { 'content-length': body.length }) },
      agent: identity.agent,
    })
    // Without a socket (a proxy that hangs) a destroyed request says nothing: both must be told.
    const fail = (error: unknown) => {
      reject(error)
      request.destroy(new Error('given up', { cause: error }))
    }
    const late = () => fail(timeoutError(`${server} did not answer`, limits.timeout))
    const timer = after(limits.head, late)
    let connecting: NodeJS.Timeout | undefined
    const onAbort = () => fail(abortError(signal, server))
    const settled = () => {
      clearTimeout(timer)
      clearTimeout(connecting)
    }
    signal.addEventListener('abort', onAbort)
    request.on('socket', (socket) => {
      if (!socket.connecting || connectLimit >= limits.head) return
      const unreached = () => fail(timeoutError(`no connection to ${server}`, connectLimit))
      connecting = setTimeout(unreached, connectLimit)
      socket.once('connect', () => clearTimeout(connecting))
    })
    request.on('close', () => signal.removeEventListener('abort', onAbort))
    request.on('error', (error) => {
      settled()
      if (signal.aborted) reject(abortError(signal, server))
      else if (request.reusedSocket && isReset(error)) reject(new StaleSocket('', { cause: error }))
      else reject(networkError(error, server))
    })
    request.on('response', (response) => {
      settled()
      resolve(answerOf(response, limits, signal))
    })
    request.end(body)
  })
}

function answerOf(response: IncomingMessage, limits: Limits, signal: AbortSignal): Answer {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  const chunks = () => readBody(response, headers['content-encoding'] === 'gzip', limits, signal)
  return {
    status: response.statusCode ?? 0,
    headers,
    chunks,
    async bytes() {
      const parts: Uint8Array[] = []
      for await (const chunk of chunks()) parts.push(chunk)
      return parts[0] instanceof Buffer && parts.length === 1 ? parts[0] : Buffer.concat(parts)
    },
    drop: () => response.destroy(),
  }
}

async function* readBody(
  response: IncomingMessage,
  zipped: boolean,
  { place: server, silence }: Limits,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const source: Readable = zipped ? pipeline(response, createGunzip(), () => undefined) : response
  const silent = () =>
    source.destroy(timeoutError(`${server} stopped in the middle of an answer: nothing more came`, silence))
  let timer: NodeJS.Timeout | undefined
  const listen = () => {
    timer = after(silence, silent)
  }
  try {
    listen()
    for await (const chunk of source) {
      clearTimeout(timer)
      yield chunk
      listen()
    }
  } catch (error) {
    if (signal.aborted) throw abortError(signal, server)
    throw networkError(error, server)
  } finally {
    clearTimeout(timer)
    if (!response.complete) response.destroy()
  }
}

function after(milliseconds: number, act: () => void): NodeJS.Timeout | undefined {
  return Number.isFinite(milliseconds) ? setTimeout(act, milliseconds) : undefined
}

function isReset(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(hostname)
}
