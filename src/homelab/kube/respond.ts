// Puts an answer on the wire: gzip where it helps, streams as they come, faults as asked.
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { Answer } from './call.ts'
import type { Faults } from './faults.ts'

const compress = promisify(gzip)

/** Smaller bodies are sent as they are: the API server's own limit. */
const GZIP_FROM = 128 * 1024

export async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  faults: Faults,
): Promise<void> {
  const limit = cutAfter(request, faults)
  const { status, headers } = answer
  if (typeof answer.body === 'string' || answer.body instanceof Uint8Array) {
    let body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body
    const own: Record<string, string> = { ...headers }
    if (body.length >= GZIP_FROM && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
      body = await compress(body, { level: constants.Z_BEST_SPEED })
      own['content-encoding'] = 'gzip'
      own.vary = 'Accept-Encoding'
    }
    response.writeHead(status, { ...own, 'content-length': String(body.length) })
    if (limit !== undefined && limit < body.length) cut(response, body.subarray(0, limit))
    else response.end(request.method === 'HEAD' ? undefined : body)
    return
  }
  response.writeHead(status, { ...headers })
  response.flushHeaders()
  let sent = 0
  for await (const chunk of answer.body) {
    if (response.destroyed) return
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    if (limit !== undefined && sent + bytes.length > limit) {
      cut(response, bytes.subarray(0, limit - sent))
      return
    }
    sent += bytes.length
    if (!response.write(bytes)) {
      await Promise.race([once(response, 'drain'), once(response, 'close')])
    }
  }
  response.end()
}

function cutAfter(request: IncomingMessage, faults: Faults): number | undefined {
  return faults.cut?.path.test(request.url ?? '') ? faults.cut.after : undefined
}

function cut(response: ServerResponse, last: Uint8Array): void {
  response.write(last, () => response.socket?.destroy())
}
