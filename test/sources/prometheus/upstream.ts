// The homelab's Prometheus behind HTTP, for what asks over the wire.
import type { ServerResponse } from 'node:http'
import type { Upstream } from '#homelab/upstream.ts'
import { type Asked, type StandIn, standIn } from './stand-in.ts'

/** `of` says which one answers a request. */
export function standInFor(of: (asked: Asked) => Pick<Upstream, 'answer'>): Promise<StandIn> {
  const answer = async (asked: Asked, response: ServerResponse) => {
    const { path, params } = asked
    const request = { method: 'GET', path, params, headers: {}, body: '' }
    const { status, headers, body } = await of(asked).answer(request, new AbortController().signal)
    response.writeHead(status, { ...headers })
    response.end(String(body))
  }
  return standIn((asked, response) => void answer(asked, response))
}
