// Where the API server's connections into the cluster network end: an HTTP CONNECT server on a Unix socket that leads
// every address, whatever its host, to the same port of loopback. Never imported: it is run, with the socket's path.
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'

const socketPath = process.argv[2]
if (socketPath === undefined) throw new Error('usage: egress.ts SOCKET')
rmSync(socketPath, { force: true })

const server = createServer((_, response) => response.writeHead(405).end())
server.on('connect', (request, client, head) => {
  const upstream = connect({ host: '127.0.0.1', port: Number(request.url?.split(':').at(-1)) })
  const refuse = () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  upstream.once('error', refuse)
  upstream.once('connect', () => {
    upstream.off('error', refuse)
    upstream.on('error', () => client.destroy())
    client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    upstream.write(head)
    client.pipe(upstream)
    upstream.pipe(client)
  })
  client.on('error', () => upstream.destroy())
  client.on('close', () => upstream.destroy())
})
server.listen(socketPath)
