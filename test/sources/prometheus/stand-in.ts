// A small HTTP server in Prometheus's place: each test says what it answers, and sees what it was asked.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly params: URLSearchParams
  readonly headers: IncomingMessage['headers']
}

export interface StandIn {
  readonly url: string
  readonly asked: readonly Asked[]
}

type Answer = (asked: Asked, response: ServerResponse) => void

const endings: (() => void)[] = []
afterEach(() => {
  for (const end of endings.splice(0)) end()
})

export async function standIn(answer: Answer): Promise<StandIn> {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://prometheus')
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const form = request.method === 'POST' ? new URLSearchParams(body) : searchParams
    const one = { method: request.method ?? '', path: pathname, params: form, headers: request.headers }
    asked.push(one)
    answer(one, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endings.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

/** Answers everything with this status and body. */
export function says(body: unknown, status = 200): Answer {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}

export const success = (data: unknown, more: object = {}) => says({ status: 'success', data, ...more })
