// Requests that become websockets: who may, what for, and by which protocol.
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Api, Call, KindCall } from './call.ts'
import { badRequest, noSuchResource, StatusError } from './errors.ts'
import { EXEC_PROTOCOLS, execSession } from './exec.ts'
import { type Faults, failAsAsked } from './faults.ts'
import { kindOf } from './get.ts'
import { PORT_FORWARD_PROTOCOLS, portForwardSession } from './portforward.ts'
import { authorize, type User } from './roles.ts'
import { targetOf } from './target.ts'
import { TUNNEL_PROTOCOLS, tunnelSession } from './tunnel.ts'
import { authenticate } from './users.ts'

interface Session {
  readonly protocols: readonly string[]
  readonly open: (call: KindCall) => (socket: WebSocket) => void
}

/** By subresource; the first whose protocol the client speaks. */
const SESSIONS: Readonly<Record<string, readonly Session[]>> = {
  exec: [{ protocols: EXEC_PROTOCOLS, open: execSession }],
  portforward: [
    { protocols: PORT_FORWARD_PROTOCOLS, open: portForwardSession },
    { protocols: TUNNEL_PROTOCOLS, open: tunnelSession },
  ],
}

export interface UpgradeOptions {
  readonly api: Api
  readonly users: readonly User[]
  readonly faults: Faults
}

/** Serves an upgrade (or fails it as asked), or answers it with a Status body and closes. */
export function handleUpgrade(
  request: IncomingMessage,
  stream: Duplex,
  head: Buffer,
  { api, users, faults }: UpgradeOptions,
): void {
  stream.on('error', () => stream.destroy())
  const gone = new AbortController()
  stream.on('close', () => gone.abort())
  if (faults.hang?.test(request.url ?? '')) return
  try {
    failAsAsked(faults, request.url ?? '')
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') throw badRequest('Upgrade request required')
    const { pathname, searchParams: params } = new URL(request.url ?? '/', 'https://homelab')
    const target = targetOf('GET', pathname, params)
    const call: Call = {
      api,
      request,
      params,
      target,
      user: authenticate(request, users),
      signal: gone.signal,
      body: new Uint8Array(),
    }
    authorize(call.user, target)
    const sessions = SESSIONS[target.subresource ?? '']
    if (target.plural !== 'pods' || !sessions) throw noSuchResource()
    const { session, protocol } = agreed(request, sessions)
    const serve = session.open(kindOf(call))
    // The websocket library refuses names with a slash, as SPDY's has: it gets another, and answers the real one.
    request.headers['sec-websocket-protocol'] = 'agreed'
    const server = new WebSocketServer({ noServer: true, handleProtocols: () => protocol })
    server.handleUpgrade(request, stream, head, serve)
  } catch (error) {
    refuse(stream, error)
  }
}

/** Throws 400 where the client speaks none of the protocols. */
function agreed(request: IncomingMessage, sessions: readonly Session[]) {
  const asked = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim())
  for (const session of sessions) {
    const protocol = session.protocols.find((one) => asked.includes(one))
    if (protocol !== undefined) return { session, protocol }
  }
  const offered = sessions.flatMap(({ protocols }) => protocols)
  throw badRequest(`unable to negotiate protocol: client supports [${asked}], server accepts [${offered}]`)
}

function refuse(stream: Duplex, error: unknown): void {
  const refused =
    error instanceof StatusError
      ? error
      : new StatusError(500, 'InternalError', `Internal error occurred: ${String(error)}`)
  const body = JSON.stringify(refused.status)
  stream.end(
    [
      `HTTP/1.1 ${refused.code} ${STATUS_CODES[refused.code] ?? ''}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
