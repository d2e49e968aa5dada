// The websocket of exec and port-forward: binary messages whose first byte says which channel they belong to
// (k8s.io/apimachinery remotecommand, protocols v4/v5.channel.k8s.io).
import type { IncomingMessage } from 'node:http'
import type { WebSocket } from 'ws'
import { SourceError } from '#model/reading.ts'
import { abortError, networkError, timeoutError } from './network-error.ts'
import { statusError } from './status-error.ts'
import type { Transport } from './transport.ts'

const connectLimit = 8000

/** Opens the websocket at `path`, paused: resume it once somebody listens; a refusal of the API server is the SourceError that it would be over HTTP. */
export async function openChannels(
  transport: Transport,
  path: string,
  protocols: readonly string[],
  signal: AbortSignal,
): Promise<WebSocket> {
  const { headers, agent } = await transport.identity(signal)
  const { WebSocket } = await import('ws')
  if (signal.aborted) throw abortError(signal, transport.server)
  const address = transport.server.replace(/^http/, 'ws') + path
  const socket = new WebSocket(address, [...protocols], { headers, agent, handshakeTimeout: connectLimit })
  const about = `GET ${path.replace(/\?.*$/s, '')}`
  await new Promise<void>((resolve, reject) => {
    const onAbort = () => socket.terminate()
    const settled = () => signal.removeEventListener('abort', onAbort)
    signal.addEventListener('abort', onAbort)
    socket.once('open', () => {
      settled()
      // What came together with the answer would be told before anybody listens.
      socket.pause()
      resolve()
    })
    socket.once('unexpected-response', (_request, response: IncomingMessage) => {
      settled()
      const ended = refusal(response, about).then(reject, (error) =>
        reject(networkError(error, transport.server)),
      )
      void ended.finally(() => socket.terminate())
    })
    // Stays for the life of the socket: an error without a listener would end the process.
    socket.on('error', (error) => {
      settled()
      if (signal.aborted) reject(abortError(signal, transport.server))
      else if (/handshake has timed out/.test(error.message))
        reject(timeoutError(`${about}: no answer`, connectLimit))
      else reject(networkError(error, transport.server))
    })
  })
  return socket
}

async function refusal(response: IncomingMessage, about: string): Promise<SourceError> {
  const parts: Buffer[] = []
  for await (const part of response) parts.push(part)
  const body = Buffer.concat(parts).toString('utf8')
  const status = response.statusCode ?? 0
  if (status === 200) {
    return new SourceError({
      reason: 'garbage',
      detail: `${about}: the server does not speak websocket here`,
    })
  }
  return statusError({ status, headers: {}, body }, about)
}

/** A message as bytes: `ws` gives one buffer, or the fragments of it. */
export function messageBytes(data: Buffer | ArrayBuffer | Buffer[]): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? Buffer.from(data) : data
}
