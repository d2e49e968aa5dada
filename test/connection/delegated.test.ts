// What goes through client-node: connections through a proxy, and the tokens of an auth provider.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect as connectTcp } from 'node:net'
import { describe, expect, test } from 'vitest'
import { environmentProxy } from '#cluster/proxy.ts'
import { atEnd, connectTo, failureOf, forever, sendJson, serve, serveRaw } from './bed.ts'
import { makeAuthority } from './certificates.ts'

/** An HTTP proxy that tunnels (CONNECT) to wherever it is told, and remembers where. */
async function proxy() {
  const tunnels: (string | undefined)[] = []
  const server = createServer()
  server.on('connect', (request: IncomingMessage, client, head: Buffer) => {
    tunnels.push(request.url)
    const { hostname, port } = new URL(`http://${request.url}`)
    const upstream = connectTcp(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.write(head)
      upstream.pipe(client).pipe(upstream)
    })
    upstream.on('error', () => client.destroy())
    client.on('error', () => upstream.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  atEnd(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tunnels }
}

const base64 = (pem: string) => Buffer.from(pem).toString('base64')

async function tlsServer() {
  const authority = await makeAuthority()
  const bed = await serve(
    (request, response) => sendJson(response, { gitVersion: request.headers.authorization ?? 'nobody' }),
    await authority.issue({ name: 'server' }),
  )
  return { bed, cluster: { 'certificate-authority-data': base64(authority.ca) } }
}

describe('a proxy', () => {
  test('of the kubeconfig: one tunnel for many requests, TLS checked end to end', async () => {
    const { bed, cluster } = await tlsServer()
    const { url, tunnels } = await proxy()
    const connected = await connectTo({
      server: bed.url,
      cluster: { ...cluster, 'proxy-url': url },
      user: { token: 't' },
    })
    for (let i = 0; i < 5; i += 1)
      expect(await connected.version(forever())).toEqual({ gitVersion: 'Bearer t' })
    expect(tunnels).toEqual([`127.0.0.1:${bed.port}`])
    const stranger = { 'proxy-url': url, 'certificate-authority-data': base64((await makeAuthority()).ca) }
    const failure = await failureOf(
      (await connectTo({ server: bed.url, cluster: stranger })).version(forever()),
    )
    expect(failure).toMatchObject({
      reason: 'unreachable',
      detail: expect.stringContaining('is not trusted'),
    })
  })

  test('that is not there', async () => {
    const { bed, cluster } = await tlsServer()
    const gone = await serve(() => undefined)
    await new Promise((resolve) => gone.server.close(resolve))
    const connected = await connectTo({ server: bed.url, cluster: { ...cluster, 'proxy-url': gone.url } })
    expect(await failureOf(connected.version(forever()))).toMatchObject({
      reason: 'unreachable',
      detail: `${bed.url} (through 127.0.0.1:${gone.port}) refuses connections`,
    })
  })

  test.each(['ftp://ben:secret@proxy', 'not an address'])('that is none: %s', async (proxyUrl) => {
    const failure = await failureOf(
      connectTo({ server: 'https://10.1.2.3:6443', cluster: { 'proxy-url': proxyUrl } }),
    )
    expect(failure).toMatchObject({
      reason: 'invalid',
      detail: expect.stringContaining('the proxy of cluster'),
    })
    expect(failure.detail).not.toContain('secret')
  })

  test('that never answers', async () => {
    const silent = await serveRaw(() => undefined)
    const cluster = { 'proxy-url': silent.url.replace('http://', 'http://ben:secret@') }
    const connected = await connectTo({ server: 'https://10.1.2.3:6443', cluster }, { timeout: 200 })
    const failure = await failureOf(connected.version(forever()))
    expect(failure).toMatchObject({ reason: 'timeout', detail: expect.stringContaining('through 127.0.0.1') })
    expect(failure.detail).not.toContain('secret')
  })

  const env = {
    HTTPS_PROXY: 'proxy:3128',
    HTTP_PROXY: 'http://plain:80',
    NO_PROXY: 'corp.example,.only.sub, 10.0.0.0/8,1.2.3.4:6443,fd00::/8',
  }
  test.each([
    ['https://lab.example:6443', 'http://proxy:3128'],
    ['http://lab.example', 'http://plain:80'],
    ['https://corp.example', undefined],
    ['https://api.corp.example:6443', undefined],
    ['https://notcorp.example', 'http://proxy:3128'],
    ['https://x.only.sub', undefined],
    ['https://only.sub', 'http://proxy:3128'],
    ['https://10.3.4.5:6443', undefined],
    ['https://11.3.4.5:6443', 'http://proxy:3128'],
    ['https://1.2.3.4:6443', undefined],
    ['https://1.2.3.4:443', 'http://proxy:3128'],
    ['https://[fd00::1]:6443', undefined],
    ['https://127.0.0.1:6443', undefined],
    ['https://localhost:6443', undefined],
  ])('of the environment, for %s: %s', (server, expected) => {
    expect(environmentProxy(server, env)).toBe(expected)
  })

  test('none where NO_PROXY says *', () => {
    expect(
      environmentProxy('https://lab.example', { https_proxy: 'http://p', no_proxy: '*' }),
    ).toBeUndefined()
  })
})

describe('an auth provider', () => {
  const jwt = (exp: number) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    return `${part({ alg: 'none' })}.${part({ exp })}.x`
  }
  const provider = (config: object) => ({ 'auth-provider': { name: 'oidc', config } })

  test('oidc with a token that is good', async () => {
    const { bed, cluster } = await tlsServer()
    const token = jwt(Date.now() / 1000 + 3600)
    const connected = await connectTo({ server: bed.url, cluster, user: provider({ 'id-token': token }) })
    expect(await connected.version(forever())).toEqual({ gitVersion: `Bearer ${token}` })
  })

  test('oidc with a token that ended and nothing to renew it with', async () => {
    const { bed, cluster } = await tlsServer()
    const connected = await connectTo({ server: bed.url, cluster, user: provider({ 'id-token': jwt(1) }) })
    expect(await failureOf(connected.version(forever()))).toMatchObject({
      reason: 'unauthorized',
      detail: 'the auth provider oidc gave no token',
    })
  })

  test('an issuer that never answers', async () => {
    const { bed, cluster } = await tlsServer()
    const silent = await serveRaw(() => undefined)
    const user = provider({
      'id-token': jwt(1),
      'client-id': 'c',
      'refresh-token': 'r',
      'idp-issuer-url': silent.url.replace('http:', 'https:'),
    })
    const connected = await connectTo({ server: bed.url, cluster, user }, { timeout: 200 })
    expect(await failureOf(connected.version(forever()))).toMatchObject({ reason: 'timeout' })
  })

  test('is asked once, however many requests wait', async () => {
    const { bed, cluster } = await tlsServer()
    let asked = 0
    const silent = await serveRaw(() => {
      asked += 1
    })
    const user = provider({
      'id-token': jwt(1),
      'client-id': 'c',
      'refresh-token': 'only good once',
      'idp-issuer-url': silent.url.replace('http:', 'https:'),
    })
    const connected = await connectTo({ server: bed.url, cluster, user }, { timeout: 200 })
    await Promise.all([1, 2, 3].map(() => failureOf(connected.version(forever()))))
    expect(asked).toBe(1)
  })
})
