// A server that refuses, hangs, cuts, lies or is not who it should be: one clear reason each, and in time.

import { beforeAll, describe, expect, test } from 'vitest'
import { networkError } from '#cluster/network-error.ts'
import {
  asIs,
  collect,
  connectTo,
  failureOf,
  forever,
  pods,
  sendJson,
  sendStatus,
  serve,
  serveRaw,
} from './bed.ts'
import { type Authority, makeAuthority } from './certificates.ts'

let authority: Authority
const base64 = (pem: string) => Buffer.from(pem).toString('base64')
beforeAll(async () => {
  authority = await makeAuthority()
})

const ask = async (server: string, more: object = {}, timeout = 5000) => {
  const cluster = await connectTo({ server, ...more }, { timeout })
  return failureOf(cluster.version(forever()))
}

describe('statuses', () => {
  const sentence = (resource: string, scope: string, verb = 'list') =>
    `${resource} is forbidden: User "ben" cannot ${verb} resource "${resource}" in API group "" ${scope}`
  const answers: [number, string, Record<string, unknown>][] = [
    [
      401,
      'Unauthorized',
      { reason: 'unauthorized', detail: expect.stringContaining('does not accept these credentials') },
    ],
    [
      403,
      sentence('pods', 'in the namespace "shop"'),
      { reason: 'forbidden', detail: 'pods forbidden for ben in shop' },
    ],
    [
      403,
      sentence('nodes', 'at the cluster scope'),
      { reason: 'forbidden', detail: 'nodes forbidden for ben cluster-wide' },
    ],
    [
      403,
      sentence('pods', 'in the namespace "shop"', 'delete'),
      { detail: 'delete pods forbidden for ben in shop' },
    ],
    [
      403,
      'admission webhook "gatekeeper" denied the request:\n [x] no\n',
      { reason: 'forbidden', detail: 'admission webhook "gatekeeper" denied the request: [x] no' },
    ],
    [404, 'pods "a" not found', { reason: 'not-found', detail: 'pods "a" not found' }],
    [409, 'Operation cannot be fulfilled', { reason: 'conflict' }],
    [410, 'too old resource version', { reason: 'expired' }],
    [422, 'Deployment "a" is invalid', { reason: 'invalid', detail: 'Deployment "a" is invalid' }],
    [500, 'etcdserver: leader changed', { reason: 'server-error', detail: 'etcdserver: leader changed' }],
    [503, 'the server is currently unable', { reason: 'server-error' }],
    [504, 'Timeout: request did not complete', { reason: 'timeout' }],
  ]
  test.each(answers)('%i %s', async (code, message, expected) => {
    const bed = await serve((_request, response) => sendStatus(response, code, message))
    expect(await ask(bed.url)).toMatchObject({ status: code, ...expected })
  })

  test('429 keeps what Retry-After says, when it is too long to wait for', async () => {
    const bed = await serve((_request, response) =>
      sendStatus(response, 429, 'slow down', { 'retry-after': '120' }),
    )
    expect(await ask(bed.url)).toMatchObject({ reason: 'too-many', retryAfter: 120_000 })
  })

  test('a page of a proxy in front, with control characters, is one clean line', async () => {
    const bed = await serve((_request, response) => {
      response.writeHead(502)
      response.end('<h1>\u001b[31mBad\u0007 Gateway\r\n</h1>')
    })
    expect(await ask(bed.url)).toMatchObject({
      reason: 'server-error',
      detail: 'GET /version answered 502: <h1> [31mBad Gateway </h1>',
    })
  })

  test('a success that is no JSON is garbage', async () => {
    const bed = await serve((_request, response) => response.end('<html>Sign in</html>'))
    expect(await ask(bed.url)).toMatchObject({
      reason: 'garbage',
      detail: expect.stringContaining('GET /version'),
    })
  })

  test('JSON of another kind is garbage', async () => {
    const bed = await serve((_request, response) => sendJson(response, { hello: 'world' }))
    expect(await ask(bed.url)).toMatchObject({ reason: 'garbage' })
  })
})

describe('the connection', () => {
  test('refused', async () => {
    const bed = await serve(() => undefined)
    await new Promise((resolve) => bed.server.close(resolve))
    expect(await ask(bed.url)).toMatchObject({
      reason: 'unreachable',
      detail: `${bed.url} refuses connections`,
    })
  })

  test('a name that does not resolve', async () => {
    const failure = await ask('https://no-such-host.invalid:6443')
    expect(failure).toMatchObject({
      reason: 'unreachable',
      detail: expect.stringContaining('cannot be resolved'),
    })
  })

  test('a server that never answers', async () => {
    const bed = await serve(() => undefined)
    expect(await ask(bed.url, {}, 100)).toMatchObject({
      reason: 'timeout',
      detail: `${bed.url} did not answer within 0.1 s`,
    })
  })

  test('a TLS handshake that never ends', async () => {
    const bed = await serveRaw(() => undefined)
    expect(await ask(bed.url.replace('http:', 'https:'), {}, 100)).toMatchObject({ reason: 'timeout' })
  })

  test('a body that stops in the middle', async () => {
    const bed = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"gitVersion":')
    })
    expect(await ask(bed.url, {}, 100)).toMatchObject({ reason: 'timeout' })
  })

  test('a body that is cut in the middle', async () => {
    const bed = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"gitVersion":', () => response.socket?.destroy())
    })
    expect(await ask(bed.url)).toMatchObject({
      reason: 'unreachable',
      detail: expect.stringContaining('was cut'),
    })
  })

  test('no HTTP', async () => {
    const bed = await serveRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'))
    expect(await ask(bed.url)).toMatchObject({
      reason: 'garbage',
      detail: expect.stringContaining('does not speak HTTP'),
    })
  })

  test('the signal of the caller ends the wait with its own reason', async () => {
    const asked = Promise.withResolvers<void>()
    const bed = await serve(() => asked.resolve())
    const cluster = await connectTo({ server: bed.url })
    const abort = new AbortController()
    const version = cluster.version(abort.signal)
    await asked.promise
    const reason = new Error('the screen was left')
    abort.abort(reason)
    await expect(version).rejects.toBe(reason)
    await expect(cluster.version(abort.signal)).rejects.toBe(reason)
  })

  test('a time-out signal of the caller is a time-out, not a bug', async () => {
    const bed = await serve(() => undefined)
    const cluster = await connectTo({ server: bed.url })
    expect(await failureOf(cluster.version(AbortSignal.timeout(50)))).toMatchObject({ reason: 'timeout' })
  })

  test('a kept connection that the server closed is replaced without a word', async () => {
    let asked = 0
    const bed = await serve((request, response) => {
      asked += 1
      // The second request arrives on the kept connection and finds it closing.
      if (asked === 2) return request.socket.resetAndDestroy()
      sendJson(response, { gitVersion: `v${asked}` })
    })
    const cluster = await connectTo({ server: bed.url })
    await cluster.version(forever())
    expect(await cluster.version(forever())).toEqual({ gitVersion: 'v3' })
  })
})

describe('TLS', () => {
  const hello = (_request: unknown, response: Parameters<typeof sendJson>[0]) =>
    sendJson(response, { gitVersion: 'v' })
  const trusted = () => ({ cluster: { 'certificate-authority-data': base64(authority.ca) } })

  test('a certificate of somebody else', async () => {
    const other = await makeAuthority('other CA')
    const bed = await serve(hello, await other.issue({ name: 'server' }))
    expect(await ask(bed.url, trusted())).toMatchObject({
      reason: 'unreachable',
      detail: expect.stringContaining('is not trusted'),
    })
  })

  test('an expired certificate', async () => {
    const bed = await serve(hello, await authority.issue({ name: 'server', from: -3, until: -2 }))
    expect(await ask(bed.url, trusted())).toMatchObject({
      reason: 'unreachable',
      detail: expect.stringContaining('has expired'),
    })
  })

  test('a certificate for another host', async () => {
    const bed = await serve(
      hello,
      await authority.issue({ name: 'server', hosts: ['lab.example', '10.0.0.9'] }),
    )
    expect(await ask(bed.url, trusted())).toMatchObject({
      reason: 'unreachable',
      detail: `the certificate of ${bed.url} is for another host: lab.example, 10.0.0.9`,
      fix: expect.stringContaining('tls-server-name'),
    })
  })

  test('https asked of a server that has none', async () => {
    const bed = await serve(hello)
    const failure = await ask(bed.url.replace('http:', 'https:'))
    expect(failure).toMatchObject({
      reason: 'unreachable',
      detail: expect.stringContaining('does not speak TLS'),
    })
  })

  test.each([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'unauthorized'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'unauthorized'],
    ['CERT_NOT_YET_VALID', 'unreachable'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'unreachable'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ETIMEDOUT', 'timeout'],
  ])('%s is %s', (code, reason) => {
    const error = Object.assign(new Error('what the system said'), { code })
    const failure = networkError(new AggregateError([error]), 'https://lab')
    expect(failure).toMatchObject({ reason, detail: expect.stringContaining('https://lab') })
    expect(failure.detail).not.toContain('what the system said')
  })

  test('an expired client certificate is told with its day, before anything is sent', async () => {
    const client = await authority.issue({ name: 'ben', from: -10, until: -3 })
    const user = { 'client-certificate-data': base64(client.cert), 'client-key-data': base64(client.key) }
    const failure = await failureOf(connectTo({ server: 'https://127.0.0.1:1', user }))
    const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10)
    expect(failure).toMatchObject({
      reason: 'unauthorized',
      detail: expect.stringContaining(`expired on ${day}`),
    })
  })

  test('certificate data that is none', async () => {
    const client = await authority.issue({ name: 'ben' })
    const other = await authority.issue({ name: 'eve' })
    const wrong = [
      { 'client-certificate-data': 'AAAA', 'client-key-data': base64(client.key) },
      {
        'client-certificate-data': base64('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'),
        'client-key-data': base64(client.key),
      },
      { 'client-certificate-data': base64(client.cert), 'client-key-data': base64(other.key) },
      { 'client-certificate-data': base64(client.cert) },
      { 'client-certificate': 'missing.crt', 'client-key-data': base64(client.key) },
    ]
    for (const user of wrong) {
      const failure = await failureOf(connectTo({ server: 'https://127.0.0.1:1', user }))
      expect(failure, JSON.stringify(user).slice(0, 60)).toMatchObject({ reason: 'invalid' })
    }
  })
})

test('a list that is cut in the middle fails, and is never a short list', async () => {
  const body = JSON.stringify({
    kind: 'PodList',
    metadata: { resourceVersion: '1' },
    items: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }],
  })
  for (let at = 1; at < body.length; at += 7) {
    const bed = await serve((_request, response) => response.end(body.slice(0, at)))
    const cluster = await connectTo({ server: bed.url })
    expect(await failureOf(collect(cluster.list({ resource: pods }, asIs, forever())))).toMatchObject({
      reason: 'garbage',
    })
  }
})
