// The bench's own hand on the homelab: one raw request, and changes to pods at a steady rate.
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { parse } from 'yaml'

interface Kubeconfig {
  readonly clusters: readonly { cluster: { server: string; 'certificate-authority-data': string } }[]
  readonly users: readonly { user: { 'client-certificate-data'?: string; 'client-key-data'?: string } }[]
}

/** What the bench needs of a pod to change it. */
export interface PodInView {
  readonly metadata: { readonly namespace: string; readonly name: string }
  readonly status: {
    readonly phase: string
    readonly containerStatuses: readonly { readonly ready: boolean; readonly restartCount: number }[]
  }
}

export interface Api {
  /** Milliseconds for the whole answer on a connection of its own, and the answer. */
  raw(path: string): Promise<{ milliseconds: number; bytes: number; body: string }>
  patchStatus(pod: PodInView['metadata'], status: unknown): Promise<void>
  close(): void
}

export function openApi(kubeconfig: string): Api {
  const config = parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig
  const cluster = config.clusters[0]?.cluster
  const user = config.users.find((one) => one.user['client-certificate-data'])?.user
  const decode = (text: string | undefined) => Buffer.from(text ?? '', 'base64')
  const keys = {
    ca: decode(cluster?.['certificate-authority-data']),
    cert: decode(user?.['client-certificate-data']),
    key: decode(user?.['client-key-data']),
  }
  const agent = new Agent({ ...keys, keepAlive: true })
  const send = (path: string, options: object, body?: string) =>
    new Promise<string>((resolve, reject) => {
      const sent = request(`${cluster?.server}${path}`, options, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          if ((answer.statusCode ?? 500) < 300) resolve(text)
          else reject(new Error(`${answer.statusCode}: ${text.slice(0, 300)}`))
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })
  return {
    async raw(path) {
      const begun = performance.now()
      const body = await send(path, { ...keys, agent: false })
      return { milliseconds: performance.now() - begun, bytes: Buffer.byteLength(body), body }
    },
    async patchStatus({ namespace, name }, status) {
      await send(
        `/api/v1/namespaces/${namespace}/pods/${name}/status`,
        { agent, method: 'PATCH', headers: { 'content-type': 'application/merge-patch+json' } },
        JSON.stringify({ status }),
      )
    },
    close: () => agent.destroy(),
  }
}

/** Counts a restart of one pod after another, `perSecond` a second, until stopped: the rows change where they stand. */
export function startChanges(
  api: Api,
  pods: readonly PodInView[],
  perSecond: number,
): { stop(): Promise<number> } {
  let count = 0
  let failure: unknown
  const timer = setInterval(() => {
    const pod = pods[count % pods.length]
    const round = Math.floor(count / pods.length) + 1
    count++
    if (!pod) return
    const containerStatuses = pod.status.containerStatuses.map((one) => ({
      ...one,
      restartCount: one.restartCount + round,
    }))
    api.patchStatus(pod.metadata, { containerStatuses }).catch((error: unknown) => (failure = error))
  }, 1000 / perSecond)
  return {
    async stop() {
      clearInterval(timer)
      if (failure) throw failure
      return count
    },
  }
}
