// A real bed as the Kubernetes contract sees it: with Services that lead to a server of this process.

import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect } from '#cluster/connect.ts'
import type { KubeObject } from '#model/kube.ts'
import { createWires, type KubernetesBed, NARROWED } from '#test/contract/kubernetes/bed.ts'
import { createUpstream } from '#test/contract/kubernetes/upstream.ts'
import type { Bed } from './bed/bed.ts'
import { until } from './bed/wait.ts'

const namespace = 'observability'
const target = { namespace, service: 'contract', port: 80 }
const closed = { namespace, service: 'contract-closed', port: 80 }
const empty = { namespace, service: 'contract-empty', port: 80 }

/** Behind the pod of Prometheus, which every Service here selects: its addresses lead to this machine. */
const selected = { 'app.kubernetes.io/name': 'prometheus' }

const service = (name: string, targetPort: number, selector: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: { selector, ports: [{ name: 'http', port: 80, targetPort }] },
})

export interface ContractBed {
  /** Shared by all suites: closing what they get does nothing. */
  readonly shared: KubernetesBed
  close(): Promise<void>
}

export async function contractBed(bed: Bed): Promise<ContractBed> {
  const podPort = bed.ports.suite
  const server = await listen(podPort)
  const wires = createWires(await readFile(bed.kubeconfig, 'utf8'))
  await Promise.all([
    bed.api.apply(service(target.service, podPort, selected)),
    // A port of the block that no part of this bed listens on.
    bed.api.apply(service(closed.service, bed.ports.helmHealth, selected)),
    bed.api.apply(service(empty.service, podPort, { app: 'nobody' })),
  ])
  for (const { service: name } of [target, closed]) await hasAddress(bed, name)
  const shared: KubernetesBed = {
    connect: (context) =>
      connect({
        kubeconfig: bed.kubeconfig,
        env: {},
        home: bed.folder,
        timeout: 10_000,
        ...(context && { context }),
      }),
    wire: wires.as,
    namespace: 'default',
    pod: { namespace, name: 'prometheus-0', container: 'prometheus' },
    moreLog: () => bed.logLine('one line more'),
    exitCodes: false,
    service: {
      target: { namespace, service: 'prometheus-operated', port: 9090 },
      pod: 'prometheus-0',
      podPort: 9090,
      path: '/-/healthy',
      text: 'Prometheus Server is Healthy.\n',
    },
    upstream: { target, portName: 'http', pod: 'prometheus-0', podPort, closed, empty },
    narrowed: NARROWED,
    async compact() {
      await bed.compact()
      // It keeps what it has seen, and serves watches from there; only one that starts anew has to ask etcd.
      await bed.stop('kube-apiserver', 'SIGKILL')
      await bed.start('kube-apiserver')
    },
    close: async () => undefined,
  }
  return {
    shared,
    async close() {
      await wires.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

async function hasAddress(bed: Bed, name: string): Promise<void> {
  await until(`endpoints of ${name}`, 20_000, async () => {
    const found = (await bed.api.get(`/api/v1/namespaces/${namespace}/endpoints/${name}`)) as {
      subsets?: readonly { addresses?: readonly object[] }[]
    }
    return found.subsets?.some(({ addresses = [] }) => addresses.length > 0)
  })
}

async function listen(port: number): Promise<Server> {
  const answer = createUpstream()
  const server = createServer((request, response) => {
    void serve(answer, request, response).catch(() => response.destroy())
  })
  await once(server.listen({ port, host: '127.0.0.1' }), 'listening')
  return server
}

async function serve(
  answer: ReturnType<typeof createUpstream>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { pathname: path, searchParams: params } = new URL(request.url ?? '/', 'http://pod')
  const headers = { 'content-type': request.headers['content-type'] }
  const asked = {
    method: request.method ?? '',
    path,
    params,
    headers,
    body: Buffer.concat(chunks).toString(),
  }
  const { status, headers: own, body } = await answer(asked, gone.signal)
  response.writeHead(status, { ...own })
  response.flushHeaders()
  if (typeof body === 'string' || body instanceof Uint8Array) {
    response.end(body)
    return
  }
  for await (const piece of body) response.write(piece)
  response.end()
}
