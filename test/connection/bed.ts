// What the tests of the connection stand on: a temp folder, small servers on loopback, kubeconfigs that lead to them.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttps, type ServerOptions } from 'node:https'
import { type AddressInfo, createServer as createTcp, type Socket, type Server as TcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { Cluster } from '#cluster/cluster.ts'
import { type ConnectOptions, connect } from '#cluster/connect.ts'
import type { KubeObject, Resource } from '#model/kube.ts'
import { SourceError } from '#model/reading.ts'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

const endings: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

/** Something to end after the test, last made first. */
export function atEnd(end: () => Promise<void> | void) {
  endings.push(end)
}

export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'obsdeck-connection-'))
  atEnd(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export interface Bed {
  readonly url: string
  readonly port: number
  readonly server: Server
  /** TCP connections since the start. */
  connections(): number
}

/** A server on a port of its own: TLS where certificates are given. */
export async function serve(handler: Handler, tls?: ServerOptions): Promise<Bed> {
  const server = tls ? createHttps(tls, handler) : createHttp(handler)
  let connections = 0
  server.on('connection', () => {
    connections += 1
  })
  const port = await listening(server)
  atEnd(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`
  return { url, port, server, connections: () => connections }
}

/** A server that speaks raw bytes. */
export async function serveRaw(handler: (socket: Socket) => void): Promise<{ url: string; port: number }> {
  const sockets = new Set<Socket>()
  const server = createTcp((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    handler(socket)
  })
  const port = await listening(server)
  atEnd(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { url: `http://127.0.0.1:${port}`, port }
}

function listening(server: Server | TcpServer): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

export interface Wanted {
  readonly server: string
  readonly cluster?: Readonly<Record<string, unknown>>
  readonly user?: Readonly<Record<string, unknown>>
  readonly namespace?: string
}

/** The text of a kubeconfig with one context, `lab`, of user `ben`. */
export function kubeconfigOf({ server, cluster, user, namespace }: Wanted): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'lab',
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'ben', ...(namespace && { namespace }) } }],
    clusters: [{ name: 'lab', cluster: { server, ...cluster } }],
    users: [{ name: 'ben', user: user ?? {} }],
  })
}

export async function connectTo(wanted: Wanted, options: Partial<ConnectOptions> = {}): Promise<Cluster> {
  const folder = await tempFolder()
  const kubeconfig = join(folder, 'config')
  await writeFile(kubeconfig, kubeconfigOf(wanted))
  const cluster = await connect({ kubeconfig, env: {}, home: folder, timeout: 5000, ...options })
  atEnd(() => cluster.close())
  return cluster
}

/** The SourceError that a promise is rejected with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<SourceError> {
  const error = await promise.then(
    (value) => new Error(`expected a failure, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  )
  if (error instanceof SourceError) return error
  throw error
}

export const pods: Resource = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true }
export const kustomizations: Resource = {
  group: 'kustomize.toolkit.fluxcd.io',
  version: 'v1',
  plural: 'kustomizations',
  kind: 'Kustomization',
  namespaced: true,
}

export const asIs = { json: (object: KubeObject) => object }

export const forever = () => new AbortController().signal

export function sendJson(response: ServerResponse, body: unknown, status = 200, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** meta/v1 Status, as the API server refuses. */
export function sendStatus(response: ServerResponse, code: number, message: string, headers = {}) {
  sendJson(response, { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code }, code, headers)
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

export interface Sent {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly type: string | undefined
  readonly body: string
}

/** A server that records each request and answers it. */
export async function recorder(answer: (sent: Sent, response: ServerResponse) => void) {
  const sent: Sent[] = []
  const bed = await serve((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { method, url } = request
      const one = {
        method,
        url,
        type: request.headers['content-type'],
        body: Buffer.concat(parts).toString(),
      }
      sent.push(one)
      answer(one, response)
    })
  })
  return { cluster: await connectTo({ server: bed.url }), sent }
}
