// How tests speak to the homelab: over HTTPS with what its kubeconfig says, by undici alone.
import { Agent, fetch, type RequestInit } from 'undici'
import { parse } from 'yaml'
import { type Homelab, type HomelabOptions, serveHomelab } from '#homelab/serve.ts'

interface KubeConfig {
  readonly clusters: readonly { cluster: { server: string; 'certificate-authority-data': string } }[]
  readonly users: readonly {
    name: string
    user: { token?: string; 'client-certificate-data'?: string; 'client-key-data'?: string }
  }[]
}

export interface Client {
  readonly agent: Agent
  readonly headers: Readonly<Record<string, string>>
  fetch(path: string, init?: RequestInit): ReturnType<typeof fetch>
  /** The decoded body, whatever the status. */
  json(path: string, init?: RequestInit): Promise<Answered>
}

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
}

/** A decoded JSON body: what most answers have, and whatever else. */
export interface Body {
  readonly kind?: string
  readonly apiVersion?: string
  readonly metadata?: {
    readonly name?: string
    readonly namespace?: string
    readonly resourceVersion?: string
    readonly continue?: string
    readonly remainingItemCount?: number
    readonly [field: string]: unknown
  }
  readonly items?: readonly Body[]
  readonly message?: string
  readonly reason?: string
  readonly details?: { readonly causes?: readonly { reason?: string; message?: string; field?: string }[] }
  readonly type?: string
  readonly object?: Body
  readonly [field: string]: unknown
}

type Headers = Awaited<ReturnType<typeof fetch>>['headers']

const decode = (text: string | undefined) => (text ? Buffer.from(text, 'base64').toString() : undefined)

/** A client as one user of the kubeconfig. */
export function clientOf(kubeconfig: string, user = 'admin'): Client {
  const config = parse(kubeconfig) as KubeConfig
  const cluster = config.clusters[0]?.cluster
  const credentials = config.users.find(({ name }) => name === user)?.user
  if (!cluster || !credentials) throw new Error(`no ${user} in the kubeconfig`)
  const cert = decode(credentials['client-certificate-data'])
  const key = decode(credentials['client-key-data'])
  const agent = new Agent({
    connect: { ca: decode(cluster['certificate-authority-data']), ...(cert && key && { cert, key }) },
  })
  const headers: Record<string, string> = credentials.token
    ? { authorization: `Bearer ${credentials.token}` }
    : {}
  const get = (path: string, init: RequestInit = {}) =>
    fetch(`${cluster.server}${path}`, {
      ...init,
      dispatcher: agent,
      headers: { ...headers, ...(init.headers as Record<string, string> | undefined) },
    })
  return {
    agent,
    headers,
    fetch: get,
    async json(path, init) {
      const answer = await get(path, init)
      return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Body }
    },
  }
}

export interface Bed {
  readonly homelab: Homelab
  /** A client as `user`; the administrator where none is named. */
  as(user?: string): Client
  close(): Promise<void>
}

/** Serves a world and hands out clients; `close` ends both. */
export async function makeBed(options: HomelabOptions): Promise<Bed> {
  const homelab = await serveHomelab(options)
  const clients = new Map<string, Client>()
  return {
    homelab,
    as(user = 'admin') {
      const known = clients.get(user) ?? clientOf(homelab.kubeconfig, user)
      clients.set(user, known)
      return known
    },
    async close() {
      await homelab.close()
      await Promise.all([...clients.values()].map(({ agent }) => agent.destroy()))
    },
  }
}

/** The lines of a streamed body as they come, each decoded. */
export async function* lines(body: AsyncIterable<Uint8Array> | null): AsyncGenerator<Body> {
  if (!body) return
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) yield JSON.parse(part) as Body
  }
}
