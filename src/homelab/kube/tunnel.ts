// kubectl's port-forward: SPDY inside a websocket, two streams (error, data) for each connection it takes.
import type { RawData, WebSocket } from 'ws'
import type { KindCall } from './call.ts'
import { connect, type Pipe } from './pipe.ts'
import { forwardablePod, refusal } from './portforward.ts'
import {
  dataFrame,
  FIN,
  type Frame,
  frameReader,
  headerReader,
  PING,
  pingFrame,
  RST_STREAM,
  replyWriter,
  SYN_STREAM,
} from './spdy.ts'
import { upstreamOfPod } from './upstreams.ts'

export const TUNNEL_PROTOCOLS = ['SPDY/3.1+portforward.k8s.io']

const NOTHING = new Uint8Array()

/** Checks the request before it is upgraded; what it returns serves the socket. Throws 400 and 404. */
export function tunnelSession(call: KindCall): (socket: WebSocket) => void {
  const pod = forwardablePod(call)
  const { world, upstreams } = call.api
  return (socket) => {
    const frames = frameReader()
    const headersOf = headerReader()
    const reply = replyWriter()
    const pipes = new Map<number, Pipe>()
    /** Error streams by the request that they belong to. */
    const errors = new Map<string, number>()

    const open = (stream: number, headers: ReadonlyMap<string, string>) => {
      const request = headers.get('requestid') ?? ''
      if (headers.get('streamtype') === 'error') {
        errors.set(request, stream)
        return
      }
      const error = errors.get(request)
      errors.delete(request)
      const port = Number(headers.get('port'))
      let over = false
      const finish = (why: string) => {
        if (over) return
        over = true
        pipes.delete(stream)
        if (error !== undefined) socket.send(dataFrame(error, Buffer.from(why), FIN))
        socket.send(dataFrame(stream, NOTHING, FIN))
      }
      const upstream = upstreamOfPod(world, upstreams, pod, port)
      if (!upstream) finish(refusal(port, pod.metadata.name))
      else {
        const onData = (bytes: Uint8Array) => socket.send(dataFrame(stream, bytes))
        pipes.set(
          stream,
          connect(upstream, onData, () => finish('')),
        )
      }
    }

    const take = (frame: Frame) => {
      if (frame.type === SYN_STREAM) {
        const headers = headersOf(frame)
        socket.send(reply(frame.stream))
        open(frame.stream, headers)
      } else if (frame.type === PING) socket.send(pingFrame(frame.payload))
      else if (frame.type === RST_STREAM) pipes.get(frame.stream)?.destroy()
      else if (frame.type === undefined) {
        const pipe = pipes.get(frame.stream)
        if (frame.payload.length > 0) pipe?.write(Buffer.from(frame.payload))
        if ((frame.flags & FIN) !== 0) pipe?.end()
      }
    }

    socket.on('message', (message: RawData) => {
      const bytes = Array.isArray(message) ? Buffer.concat(message) : Buffer.from(message as Buffer)
      try {
        for (const frame of frames(bytes)) take(frame)
      } catch {
        // What is no SPDY cannot be answered in it.
        socket.close(1002)
      }
    })
    socket.on('close', () => {
      for (const pipe of pipes.values()) pipe.destroy()
    })
  }
}
