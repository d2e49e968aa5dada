// A bed as a suite holds it: connected before its first case, let go after its last; with a hand at the wire.
import { afterAll, beforeAll } from 'vitest'
import type { Cluster } from '#cluster/cluster.ts'
import type { Body } from '#test/homelab/kube/client.ts'
import type { KubernetesBed } from './bed.ts'

export type MakeBed = () => Promise<KubernetesBed>

export const never = new AbortController().signal

export const JSON_TYPE = 'application/json'
export const MERGE = 'application/merge-patch+json'
export const STRATEGIC = 'application/strategic-merge-patch+json'
export const JSON_PATCH = 'application/json-patch+json'
export const APPLY = 'application/apply-patch+yaml'

export interface Sent {
  readonly as?: string
  readonly accept?: string
  readonly type?: string
  /** A string goes as it is. */
  readonly body?: unknown
}

export interface Told {
  readonly status: number
  readonly type: string
  readonly header: (name: string) => string | null
  readonly text: string
  /** Empty where the body is no JSON. */
  readonly body: Body
}

export interface Held {
  readonly bed: KubernetesBed
  readonly cluster: Cluster
  ask(method: string, path: string, sent?: Sent): Promise<Told>
}

/** To be called where the cases are described: it registers what opens and closes the bed. */
export function hold(makeBed: MakeBed): Held {
  let bed: KubernetesBed
  let cluster: Cluster
  beforeAll(async () => {
    bed = await makeBed()
    cluster = await bed.connect()
  })
  afterAll(async () => {
    await cluster?.close()
    await bed?.close()
  })
  return {
    get bed() {
      return bed
    },
    get cluster() {
      return cluster
    },
    async ask(method, path, { as, accept, type, body } = {}) {
      const answer = await bed.wire(as).fetch(path, {
        method,
        headers: {
          ...(body !== undefined && { 'content-type': type ?? JSON_TYPE }),
          ...(accept !== undefined && { accept }),
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        signal: AbortSignal.timeout(20_000),
      })
      const text = await answer.text()
      return {
        status: answer.status,
        type: (answer.headers.get('content-type') ?? '').split(';')[0] ?? '',
        header: (name) => answer.headers.get(name),
        text,
        body: decoded(text),
      }
    },
  }
}

function decoded(text: string): Body {
  try {
    return JSON.parse(text) as Body
  } catch {
    return {}
  }
}

/** A refusal as the API server writes it, for `toMatchObject`. */
export const refusal = (code: number, reason: string, message: unknown) => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  reason,
  message,
  code,
})

/** ConfigMaps of one suite: in the bed's namespace, with a label by which they are found and removed. */
export function maps(held: Held, suite: string) {
  const label = `suite=${suite}`
  const path = (name = '', query = '') => {
    const place = `/api/v1/namespaces/${held.bed.namespace}/configmaps`
    return `${place}${name && `/${name}`}${query && `?${query}`}`
  }
  const map = (name: string, data: Record<string, unknown> = {}, labels: Record<string, string> = {}) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels: { suite, ...labels } },
    data,
  })
  const clear = () => held.ask('DELETE', path('', `labelSelector=${encodeURIComponent(label)}`))
  // The suites share a namespace, and their names are short.
  afterAll(async () => {
    await clear()
  })
  return {
    label,
    path,
    map,
    create: (...parameters: Parameters<typeof map>) => held.ask('POST', path(), { body: map(...parameters) }),
    dataOf: async (name: string) => (await held.ask('GET', path(name))).body.data,
    clear,
  }
}

export const namesOf = (list: Body) => (list.items ?? []).map(({ metadata }) => metadata?.name)
