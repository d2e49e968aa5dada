// A server inside the homelab, as the API server's service proxy reaches it: Prometheus now, others beside it.
// It gets a decoded request and answers with status, headers and a body; no socket is involved.

export interface UpstreamRequest {
  readonly method: string
  /** Without the proxy's prefix: `/api/v1/query`. */
  readonly path: string
  readonly params: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

export interface UpstreamAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>
}

/** Where it stands: a Service of the world, by namespace, name and port number. */
export interface Upstream {
  readonly namespace: string
  readonly service: string
  readonly port: number
  answer(request: UpstreamRequest, signal: AbortSignal): Promise<UpstreamAnswer>
}
