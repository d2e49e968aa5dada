// Commands in containers and local ports to pods, over websockets with the API server's channel protocol.
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { describe, expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { atEnd, connectTo, failureOf, forever, sendStatus, serve } from './bed.ts'

/** An API server whose websockets go to `accept`; `refuse` answers the upgrade instead. */
async function serveSockets(accept: (socket: WebSocket, request: IncomingMessage) => void) {
  const sockets = new WebSocketServer({ noServer: true })
  const bed = await serve((_request, response) => sendStatus(response, 400, 'Upgrade request required'))
  bed.server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (one) => accept(one, request))
  })
  atEnd(() => {
    for (const client of sockets.clients) client.terminate()
  })
  return connectTo({ server: bed.url, user: { token: 't' } })
}

const refusing = async (code: number, message: string) => {
  const bed = await serve(() => undefined)
  bed.server.on('upgrade', (_request, socket) => {
    const body = JSON.stringify({ kind: 'Status', message, code })
    socket.end(
      `HTTP/1.1 ${code} No\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
  })
  return connectTo({ server: bed.url })
}

const frame = (channel: number, body: string | Buffer) =>
  Buffer.concat([Buffer.of(channel), Buffer.from(body)])
const command = { namespace: 'shop', pod: 'cart-0', container: 'app', command: ['sh', '-c', 'echo hi'] }

describe('exec', () => {
  test('what it wrote and how it ended; who we are and what we ask', async () => {
    let asked: IncomingMessage | undefined
    const cluster = await serveSockets((socket, request) => {
      asked = request
      const bytes = Buffer.from('grüße\n')
      socket.send(frame(1, bytes.subarray(0, 3)))
      socket.send(frame(2, 'oh\n'))
      socket.send(frame(1, bytes.subarray(3)))
      const causes = [{ reason: 'ExitCode', message: '3' }]
      socket.send(
        frame(
          3,
          JSON.stringify({
            kind: 'Status',
            status: 'Failure',
            reason: 'NonZeroExitCode',
            details: { causes },
          }),
        ),
      )
      socket.close()
    })
    expect(await cluster.exec(command, forever())).toEqual({ stdout: 'grüße\n', stderr: 'oh\n', exitCode: 3 })
    expect(asked?.url).toBe(
      '/api/v1/namespaces/shop/pods/cart-0/exec?stdout=true&stderr=true&container=app&command=sh&command=-c&command=echo+hi',
    )
    expect(asked?.headers).toMatchObject({
      authorization: 'Bearer t',
      'sec-websocket-protocol': 'v5.channel.k8s.io,v4.channel.k8s.io',
    })
  })

  test('success', async () => {
    const cluster = await serveSockets((socket) => {
      socket.send(frame(3, '{"metadata":{},"status":"Success"}'))
      socket.close()
    })
    expect(await cluster.exec(command, forever())).toEqual({ stdout: '', stderr: '', exitCode: 0 })
  })

  test('a command that cannot be started is a failure, not an exit code', async () => {
    // As a kubelet writes it: the Status of the channel has no kind.
    const status = {
      metadata: {},
      status: 'Failure',
      code: 500,
      message: 'exec: "sh": executable file not found',
    }
    const cluster = await serveSockets((socket) => {
      socket.send(frame(3, JSON.stringify(status)))
      socket.close()
    })
    expect(await failureOf(cluster.exec(command, forever()))).toMatchObject({
      reason: 'server-error',
      detail: status.message,
    })
  })

  test('a connection that is cut before the status', async () => {
    const cluster = await serveSockets((socket) => {
      socket.send(frame(1, 'half'), () => socket.terminate())
    })
    expect(await failureOf(cluster.exec(command, forever()))).toMatchObject({ reason: 'unreachable' })
  })

  test('refused by the API server', async () => {
    const cluster = await refusing(
      403,
      'pods "cart-0" is forbidden: User "ben" cannot create resource "pods/exec" in API group "" in the namespace "shop"',
    )
    expect(await failureOf(cluster.exec(command, forever()))).toMatchObject({
      reason: 'forbidden',
      detail: 'create pods/exec forbidden for ben in shop',
    })
  })

  test('left by the caller', async () => {
    const open = Promise.withResolvers<void>()
    const cluster = await serveSockets(() => open.resolve())
    const abort = new AbortController()
    const answer = cluster.exec(command, abort.signal)
    await open.promise
    const reason = new Error('left')
    abort.abort(reason)
    await expect(answer).rejects.toBe(reason)
  })
})

/** Sends `text` to a local port and gives all that comes back. */
function talk(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connectTcp(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (data) => {
      answer += data
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

describe('forward', () => {
  const port = Buffer.of(9090 & 0xff, 9090 >> 8)

  test('each local connection is its own; bytes go both ways', async () => {
    const urls: (string | undefined)[] = []
    const cluster = await serveSockets((socket, request) => {
      urls.push(request.url)
      socket.send(frame(0, port))
      socket.send(frame(1, port))
      socket.on('message', (data: Buffer) => {
        socket.send(frame(0, `echo ${data.subarray(1)}`), () => socket.close())
      })
    })
    const forward = await cluster.forward('observability', 'prometheus-0', 9090, forever())
    expect(await Promise.all([talk(forward.port, 'one'), talk(forward.port, 'two')])).toEqual([
      'echo one',
      'echo two',
    ])
    expect(new Set(urls)).toEqual(
      new Set(['/api/v1/namespaces/observability/pods/prometheus-0/portforward?ports=9090']),
    )
    await forward.close()
    await expect(talk(forward.port, 'three')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('an error of the pod closes the local connection', async () => {
    const cluster = await serveSockets((socket) => {
      socket.send(frame(0, port))
      socket.send(Buffer.concat([frame(1, port), Buffer.from('connection refused')]))
    })
    const forward = await cluster.forward('a', 'b', 9090, forever())
    expect(await talk(forward.port, 'x')).toBe('')
    await forward.close()
  })

  test('what is forbidden fails at once', async () => {
    const cluster = await refusing(
      403,
      'pods "b" is forbidden: User "ben" cannot create resource "pods/portforward" in API group "" in the namespace "a"',
    )
    expect(await failureOf(cluster.forward('a', 'b', 1, forever()))).toMatchObject({
      reason: 'forbidden',
      detail: 'create pods/portforward forbidden for ben in a',
    })
  })

  test('the signal closes the port', async () => {
    const cluster = await serveSockets(() => undefined)
    const abort = new AbortController()
    const forward = await cluster.forward('a', 'b', 9090, abort.signal)
    abort.abort()
    await expect
      .poll(() => talk(forward.port, 'x').catch((error: unknown) => error))
      .toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('who leaves before the websocket is open leaves none behind', async () => {
    const sockets = new WebSocketServer({ noServer: true })
    const bed = await serve(() => undefined)
    const waiting: (() => void)[] = []
    bed.server.on('upgrade', (request, socket, head) => {
      waiting.push(() => sockets.handleUpgrade(request, socket, head, (one) => opened.push(one)))
    })
    const opened: WebSocket[] = []
    const asked = async (times: number) => {
      await expect.poll(() => waiting.length).toBe(times)
      return waiting[times - 1]
    }
    const cluster = await connectTo({ server: bed.url })
    const forwarding = cluster.forward('a', 'b', 9090, forever())
    const acceptFirst = await asked(1)
    acceptFirst?.()
    const forward = await forwarding
    const local = connectTcp(forward.port, '127.0.0.1')
    const acceptSecond = await asked(2)
    local.resetAndDestroy()
    await once(local, 'close')
    acceptSecond?.()
    await expect.poll(() => opened.map((one) => one.readyState)).toEqual([3, 3])
    await forward.close()
  })
})
