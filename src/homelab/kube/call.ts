// One request on its way through the handlers, and the answers that they give.
import type { IncomingMessage } from 'node:http'
import type { Upstream } from '#homelab/upstream.ts'
import type { World } from '#homelab/world.ts'
import type { Fields } from './json.ts'
import { PROTOBUF_TYPE } from './protobuf-writer.ts'
import type { Registry, Served } from './registry.ts'
import type { User } from './roles.ts'
import type { Snapshots } from './snapshots.ts'
import type { Target } from './target.ts'

/** What all requests of one server share. */
export interface Api {
  readonly world: World
  readonly registry: Registry
  readonly upstreams: readonly Upstream[]
  readonly snapshots: Snapshots
  /** Milliseconds between the bookmarks of a watch, by the machine's clock. */
  readonly bookmarkEvery: number
}

export interface Call {
  readonly api: Api
  readonly request: IncomingMessage
  readonly params: URLSearchParams
  readonly target: Target
  readonly user: User
  /** Aborted when the client goes away or the server closes. */
  readonly signal: AbortSignal
  readonly body: Uint8Array
}

/** A call about a kind that is served. */
export interface KindCall extends Call {
  readonly served: Served
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | AsyncIterable<string | Uint8Array>
}

export const JSON_TYPE = 'application/json'

export function jsonAnswer(body: string | object, status = 200): Answer {
  return {
    status,
    headers: { 'content-type': JSON_TYPE },
    body: typeof body === 'string' ? body : `${JSON.stringify(body)}\n`,
  }
}

export function protobufAnswer(body: Uint8Array, status = 200): Answer {
  return { status, headers: { 'content-type': PROTOBUF_TYPE }, body }
}

export function textAnswer(body: string, status = 200): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}

/** The Success body of a delete that removed at once. */
export function success(details: Fields): Fields {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }
}
