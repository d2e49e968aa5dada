// What the rest of the program knows of a Kubernetes cluster. Shapes only: connect.ts makes one.
// Every failure that an operator can meet is a SourceError; every wait ends with the signal.
import type { KubeObject, ObjectRef, Resource, TableColumn, TableRow } from '#model/kube.ts'
import type { SourceError } from '#model/reading.ts'

/** Turns one object on the wire into what we keep. `protobuf` is offered for the kinds that have it. */
export interface Decoder<T> {
  readonly json: (object: KubeObject) => T
  /** The bytes of one object's message (for a pod: k8s.io/api/core/v1.Pod). */
  readonly protobuf?: (bytes: Uint8Array) => T
}

export interface ListQuery {
  readonly resource: Resource
  /** Absent: all namespaces. */
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
  /** Objects asked for with the first request and with each later one. */
  readonly firstPage?: number
  readonly page?: number
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly resourceVersion: string
  /** Objects still to come, where the server says. */
  readonly remaining?: number
}

export interface WatchQuery extends Omit<ListQuery, 'firstPage' | 'page'> {
  readonly resourceVersion: string
}

export type WatchEvent<T> =
  | { readonly type: 'added' | 'modified' | 'deleted'; readonly item: T; readonly resourceVersion: string }
  | { readonly type: 'bookmark'; readonly resourceVersion: string }

/** Why a watch ended. `closed`: resume from the last version; `expired`: list again; `failed`: back off first. */
export type WatchEnd =
  | { readonly reason: 'closed' | 'aborted' }
  | { readonly reason: 'expired' | 'failed'; readonly error: SourceError }

export interface Table {
  readonly columns: readonly TableColumn[]
  readonly rows: readonly TableRow[]
  readonly resourceVersion: string
}

export interface LogQuery {
  readonly namespace: string
  readonly pod: string
  readonly container?: string
  readonly follow?: boolean
  readonly previous?: boolean
  readonly timestamps?: boolean
  readonly tailLines?: number
  readonly sinceSeconds?: number
  readonly sinceTime?: string
}

export interface ServiceTarget {
  readonly namespace: string
  readonly service: string
  /** A port's name or number. */
  readonly port: string | number
  readonly scheme?: 'http' | 'https'
}

export interface ServiceRequest {
  readonly method?: 'GET' | 'POST'
  /** With a leading slash and the query: `/api/v1/query?query=up`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface ServiceAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  text(): Promise<string>
  json(): Promise<unknown>
  stream(): AsyncIterable<Uint8Array>
}

/** How a service was reached and why that way. */
export interface RouteState {
  readonly route: 'proxy' | 'forward' | 'direct'
  readonly why: string
}

/** A local port that leads to a pod's port until it is closed. */
export interface Forward {
  readonly port: number
  close(): Promise<void>
}

export interface Access {
  readonly verb: string
  readonly group: string
  /** `pods`, or with a subresource `services/proxy`. */
  readonly resource: string
  readonly namespace?: string
  readonly name?: string
}

export interface AccessAnswer {
  readonly allowed: boolean
  readonly reason?: string
}

export interface ExecQuery {
  readonly namespace: string
  readonly pod: string
  readonly container?: string
  readonly command: readonly string[]
}

export interface ExecAnswer {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

export interface ServerInfo {
  readonly gitVersion: string
}

export interface Cluster {
  readonly context: string
  /** All that there is to choose from, in the order of the kubeconfig. */
  readonly contexts: readonly string[]
  readonly server: string
  /** The kubeconfig's user name, for messages such as "forbidden for ben". */
  readonly user: string
  /** The context's own namespace, `default` where it names none. */
  readonly namespace: string

  version(signal: AbortSignal): Promise<ServerInfo>
  /** All kinds that the server serves, preferred versions only. Groups that fail are named, not fatal. */
  discover(signal: AbortSignal): Promise<{ resources: readonly Resource[]; failed: readonly string[] }>
  /** Page by page; a continue token that expired (410) starts the list again, and says so by `restarted`. */
  list<T>(
    query: ListQuery,
    decoder: Decoder<T>,
    signal: AbortSignal,
  ): AsyncGenerator<Page<T> & { readonly restarted?: true }>
  /** One connection. Never throws for the server's sake: the return value says how it ended. */
  watch<T>(
    query: WatchQuery,
    decoder: Decoder<T>,
    signal: AbortSignal,
  ): AsyncGenerator<WatchEvent<T>, WatchEnd>
  table(query: ListQuery, signal: AbortSignal): Promise<Table>
  get(
    resource: Resource,
    name: string,
    namespace: string | undefined,
    signal: AbortSignal,
  ): Promise<KubeObject>
  /** A JSON merge patch (RFC 7386) as field manager `obsdeck`. */
  patch(
    resource: Resource,
    ref: ObjectRef,
    body: unknown,
    signal: AbortSignal,
    options?: { dryRun?: boolean },
  ): Promise<KubeObject>
  /** Server-side apply as field manager `obsdeck`, never forced. */
  apply(
    resource: Resource,
    object: KubeObject,
    signal: AbortSignal,
    options?: { dryRun?: boolean },
  ): Promise<KubeObject>
  delete(
    resource: Resource,
    ref: ObjectRef,
    signal: AbortSignal,
    options?: { dryRun?: boolean },
  ): Promise<void>
  /** The log's bytes line by line, without the line ends. */
  logs(query: LogQuery, signal: AbortSignal): AsyncGenerator<string>
  exec(query: ExecQuery, signal: AbortSignal): Promise<ExecAnswer>
  /** One request through the API server's service proxy. */
  serviceFetch(target: ServiceTarget, request: ServiceRequest, signal: AbortSignal): Promise<ServiceAnswer>
  forward(namespace: string, pod: string, port: number, signal: AbortSignal): Promise<Forward>
  /** From SelfSubjectRulesReview where it is complete, else SelfSubjectAccessReview; kept for a minute. */
  can(access: Access, signal: AbortSignal): Promise<AccessAnswer>
  close(): Promise<void>
}
