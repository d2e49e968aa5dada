// Speaks HTTP/1.1 over any stream in the name of an upstream: what a forwarded port leads to.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Duplex } from 'node:stream'
import type { Upstream } from '#homelab/upstream.ts'
import { createFaults } from './faults.ts'
import { respond } from './respond.ts'
import { askUpstream } from './upstreams.ts'

/** A server that never listens: streams are given to it. */
function serverOf(upstream: Upstream): Server {
  return createServer((request, response) => {
    void answer(upstream, request, response)
  })
}

async function answer(upstream: Upstream, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  try {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { pathname: path, searchParams: params } = new URL(request.url ?? '/', 'http://pod')
    const asked = await askUpstream(upstream, request, { path, params }, Buffer.concat(chunks), gone.signal)
    await respond(request, response, asked, createFaults())
  } catch {
    response.destroy()
  }
}

/** The server's end of one connection. */
export interface Pipe {
  /** Bytes from the client. */
  write(bytes: Uint8Array): void
  /** The client has no more to say. */
  end(): void
  destroy(): void
}

/** Opens a connection to an upstream; `onData` gets what it says, `onEnd` when it is done. */
export function connect(upstream: Upstream, onData: (bytes: Uint8Array) => void, onEnd: () => void): Pipe {
  const stream = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      onData(chunk)
      done()
    },
    final(done) {
      onEnd()
      done()
    },
  })
  stream.on('close', onEnd)
  stream.on('error', onEnd)
  serverOf(upstream).emit('connection', stream)
  return {
    write: (bytes) => {
      stream.push(bytes)
    },
    end: () => {
      stream.push(null)
    },
    destroy: () => {
      stream.destroy()
    },
  }
}
