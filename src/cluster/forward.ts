// A local port that leads to a pod's port: one websocket for each connection that comes in. Only this machine
// can reach it.
import { createServer, type Socket } from 'node:net'
import type { WebSocket } from 'ws'
import { SourceError } from '#model/reading.ts'
import { messageBytes, openChannels } from './channels.ts'
import type { Forward } from './cluster.ts'
import { abortError } from './network-error.ts'
import type { Transport } from './transport.ts'

const dataChannel = 0
/** Beyond this the local socket waits for the websocket. */
const mostBuffered = 1024 * 1024

/** The first websocket is opened at once, so that what is forbidden or gone fails here, not at the first use. */
export async function forward(
  transport: Transport,
  namespace: string,
  pod: string,
  port: number,
  signal: AbortSignal,
): Promise<Forward> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/portforward?ports=${port}`
  const ended = new AbortController()
  const either = AbortSignal.any([signal, ended.signal])
  const open = () => openChannels(transport, path, ['v4.channel.k8s.io'], either)
  const probe = await open()
  probe.terminate()
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (local) => {
    sockets.add(local)
    local.on('close', () => sockets.delete(local))
    // The client sees a closed connection; nobody else is there to be told.
    local.on('error', () => local.destroy())
    open().then(
      (remote) => join(local, remote),
      () => local.destroy(),
    )
  })
  const close = async () => {
    ended.abort()
    signal.removeEventListener('abort', onAbort)
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  const onAbort = () => void close()
  signal.addEventListener('abort', onAbort)
  const local = await listen(server)
  if (signal.aborted) {
    await close()
    throw abortError(signal, transport.server)
  }
  return { port: local, close }
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (typeof address === 'object' && address) resolve(address.port)
      else reject(new SourceError({ reason: 'unreachable', detail: 'no local port could be opened' }))
    })
  })
}

/** Each channel opens with the port as two bytes; channel 1 carries an error text, after which all is over. */
function join(local: Socket, remote: WebSocket) {
  // Who left while the websocket was opened tells nobody any more.
  if (local.destroyed) return remote.terminate()
  const opened = new Set<number>()
  remote.on('message', (data) => {
    const message = messageBytes(data)
    const channel = message[0] ?? 0
    const body = message.subarray(opened.has(channel) ? 1 : 3)
    opened.add(channel)
    if (channel !== dataChannel) {
      if (body.length > 0) local.destroy()
      return
    }
    if (body.length > 0 && !local.write(body)) {
      remote.pause()
      local.once('drain', () => remote.resume())
    }
  })
  remote.on('close', () => local.end())
  local.on('data', (chunk) => {
    remote.send(Buffer.concat([Buffer.of(dataChannel), chunk]), () => {
      if (remote.bufferedAmount < mostBuffered) local.resume()
    })
    if (remote.bufferedAmount >= mostBuffered) local.pause()
  })
  // The protocol has no half-closed state: a client that says it is done may still wait for the answer.
  local.on('close', () => remote.terminate())
  remote.resume()
}
