// pods/portforward over a websocket: two channels a port, one for data and one for errors.
import type { WebSocket } from 'ws'
import type { KubeObject } from '#model/kube.ts'
import type { KindCall } from './call.ts'
import { received, send } from './channels.ts'
import { badRequest } from './errors.ts'
import { readObject } from './get.ts'
import { textAt } from './json.ts'
import { connect, type Pipe } from './pipe.ts'
import { checkHost } from './reach.ts'
import { upstreamOfPod } from './upstreams.ts'

export const PORT_FORWARD_PROTOCOLS = ['v4.channel.k8s.io']

/** The pod of a call, if it runs; throws 400 and 404. */
export function forwardablePod(call: KindCall): KubeObject {
  const pod = readObject(call)
  checkHost(pod)
  const phase = textAt(pod, 'status', 'phase')
  if (phase !== 'Running') throw badRequest(`pod is not running; current phase is ${phase}`)
  return pod
}

/** Checks the request before it is upgraded; what it returns serves the socket. Throws 400 and 404. */
export function portForwardSession(call: KindCall): (socket: WebSocket) => void {
  const pod = forwardablePod(call)
  const ports = call.params.getAll('ports').flatMap((list) => list.split(',').map(Number))
  if (ports.length === 0) throw badRequest('query parameter "port" is required')
  if (!ports.every((port) => Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw badRequest(`unable to parse "${call.params.getAll('ports')}" as a port`)
  }
  const { world, upstreams } = call.api
  return (socket) => {
    const pipes = new Map<number, Pipe>()
    for (const [index, port] of ports.entries()) {
      const [data, error] = [index * 2, index * 2 + 1]
      const number = Uint8Array.of(port & 255, port >> 8)
      send(socket, data, number)
      send(socket, error, number)
      const upstream = upstreamOfPod(world, upstreams, pod, port)
      if (!upstream) {
        send(socket, error, refusal(port, pod.metadata.name))
        continue
      }
      const close = () => {
        pipes.delete(data)
        if (pipes.size === 0) socket.close(1000)
      }
      pipes.set(
        data,
        connect(upstream, (bytes) => send(socket, data, bytes), close),
      )
    }
    socket.on('message', (message) => {
      const { channel, bytes } = received(message)
      pipes.get(channel)?.write(bytes)
    })
    socket.on('close', () => {
      for (const pipe of pipes.values()) pipe.destroy()
    })
  }
}

/** What the kubelet says where nothing listens on the port. */
export function refusal(port: number, pod: string): string {
  return `an error occurred forwarding ${port} -> ${port}: error forwarding port ${port} to pod ${pod}, uid : failed to connect to localhost:${port} inside namespace: connection refused`
}
