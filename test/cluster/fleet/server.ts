// One HTTP server on loopback for all that the fleet is fetched from: `git http-backend` below /git/, and the files of
// a Helm repository below /charts/.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gitEnvironment } from './repository.ts'

export interface FleetServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  close(): Promise<void>
}

/** `folder` holds the repositories; `chart` gives a file of the Helm repository by its name. */
export async function serve(
  folder: string,
  chart: (name: string) => Buffer | undefined,
): Promise<FleetServer> {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://fleet')
    if (pathname.startsWith('/git/')) {
      backend(folder, pathname.slice('/git'.length), search.slice(1), request, response)
      return
    }
    const file = pathname.startsWith('/charts/') ? chart(pathname.slice('/charts/'.length)) : undefined
    response.writeHead(file ? 200 : 404).end(file)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function backend(
  folder: string,
  path: string,
  query: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const header = (name: string) => String(request.headers[name] ?? '')
  const child = spawn('git', ['http-backend'], {
    env: {
      ...gitEnvironment,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: header('git-protocol'),
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: header('content-type'),
      CONTENT_LENGTH: header('content-length'),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.stdin.on('error', () => undefined)
  request.pipe(child.stdin)
  let waiting = Buffer.alloc(0)
  const untilHead = (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk])
    const end = waiting.indexOf('\r\n\r\n')
    if (end < 0) return
    child.stdout.off('data', untilHead)
    writeHead(waiting.subarray(0, end).toString(), response)
    response.write(waiting.subarray(end + 4))
    child.stdout.pipe(response)
  }
  child.stdout.on('data', untilHead)
  child.once('close', () => response.end())
}

/** A CGI program writes the status as if it were a header. */
function writeHead(head: string, response: ServerResponse): void {
  for (const line of head.split('\r\n')) {
    const [name = '', value = ''] = line.split(/: (.*)/s)
    if (name.toLowerCase() === 'status') response.statusCode = Number.parseInt(value, 10)
    else response.setHeader(name, value)
  }
}
