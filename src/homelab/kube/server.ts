// The HTTPS server: connections, faults, who is calling, and what went wrong as a Status body.
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { Duplex } from 'node:stream'
import type { Certificates } from '#homelab/certificates.ts'
import { type Answer, type Api, type Call, jsonAnswer, protobufAnswer } from './call.ts'
import { StatusError, tooLarge } from './errors.ts'
import { type Faults, failAsAsked } from './faults.ts'
import { prefersProtobuf } from './negotiate.ts'
import { statusEnvelope } from './protobuf-status.ts'
import { respond } from './respond.ts'
import type { User } from './roles.ts'
import { route } from './router.ts'
import { targetOf } from './target.ts'
import { handleUpgrade } from './upgrade.ts'
import { authenticate } from './users.ts'

/** The largest body that the API server takes. */
const BODY_LIMIT = 3 * 1024 * 1024

export interface KubeServer {
  readonly port: number
  dropConnections(): void
  close(): Promise<void>
}

export interface KubeServerOptions {
  readonly api: Api
  readonly certificates: Certificates
  readonly users: readonly User[]
  readonly faults: Faults
  /** 0: any free one. */
  readonly port: number
}

export async function startServer(options: KubeServerOptions): Promise<KubeServer> {
  const { certificates, faults } = options
  const sockets = new Set<Duplex>()
  const server = createServer({
    key: certificates.server.key,
    cert: certificates.server.certificate,
    ca: certificates.authority,
    requestCert: true,
    rejectUnauthorized: false,
    keepAliveTimeout: 90_000,
    requestTimeout: 0,
  })
  server.on('connection', (socket) => {
    if (faults.refuse) {
      socket.destroy()
      return
    }
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('request', (request, response) => {
    void handle(request, response, options)
  })
  server.on('upgrade', (request, stream, head) => handleUpgrade(request, stream, head, options))
  // A client that breaks its TLS handshake or its request is no concern of the others.
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  server.on('clientError', (_error, socket) => socket.destroy())
  const dropConnections = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: await listen(server, options.port),
    dropConnections,
    close: () => shut(server, dropConnections),
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

async function shut(server: Server, dropConnections: () => void): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  dropConnections()
  await closed
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: KubeServerOptions,
): Promise<void> {
  const { faults } = options
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  try {
    const url = request.url ?? '/'
    const body = await readBody(request)
    if (body === 'too large') {
      await respond(request, response, refusal(tooLarge(BODY_LIMIT), request), faults)
      return
    }
    if (faults.delay > 0) await wait(faults.delay, gone.signal)
    if (faults.hang?.test(url)) return
    if (faults.garbage?.test(url)) {
      await respond(request, response, jsonAnswer('{"items":[{"\u001b[2J\u001b]0;x\u0007'), faults)
      return
    }
    const answer = await answerOf(request, body, gone.signal, options).catch((error: unknown) =>
      refusal(error, request),
    )
    await respond(request, response, answer, faults)
  } catch {
    // The client went away, or sent something that is no request: there is no one left to tell.
    response.destroy()
  }
}

async function answerOf(
  request: IncomingMessage,
  body: Uint8Array,
  signal: AbortSignal,
  { api, users, faults }: KubeServerOptions,
) {
  const url = request.url ?? '/'
  failAsAsked(faults, url)
  const { pathname, searchParams: params } = new URL(url, 'https://homelab')
  const call: Call = {
    api,
    request,
    params,
    target: targetOf(request.method ?? 'GET', pathname, params),
    user: authenticate(request, users),
    signal,
    body,
  }
  return await route(call)
}

/**
 * A refusal as its Status body, in protobuf where that is what the client likes best; anything else that was thrown is
 * our own fault and says so with 500.
 */
function refusal(error: unknown, request: IncomingMessage): Answer {
  const status =
    error instanceof StatusError
      ? error
      : new StatusError(500, 'InternalError', `Internal error occurred: ${String(error)}`)
  const answer =
    prefersProtobuf(request.headers.accept) && status.code !== 406
      ? protobufAnswer(statusEnvelope(status.status), status.code)
      : jsonAnswer(status.status, status.code)
  return { ...answer, headers: { ...answer.headers, ...status.headers } }
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | 'too large'> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= BODY_LIMIT) chunks.push(chunk)
  }
  return size > BODY_LIMIT ? 'too large' : Buffer.concat(chunks)
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
