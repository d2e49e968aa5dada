// From a kubeconfig to answers: who we are, over which connection, and what goes over the wire.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { beforeAll, describe, expect, test } from 'vitest'
import { connect } from '#cluster/connect.ts'
import { connectTo, forever, kubeconfigOf, sendJson, serve, tempFolder } from './bed.ts'
import { type Authority, type Issued, makeAuthority } from './certificates.ts'

let authority: Authority
let server: Issued
const base64 = (pem: string) => Buffer.from(pem).toString('base64')

beforeAll(async () => {
  authority = await makeAuthority()
  server = await authority.issue({ name: 'server' })
})

describe('who we are', () => {
  test('a client certificate by data', async () => {
    const client = await authority.issue({ name: 'ben' })
    const bed = await serve(
      (request, response) => {
        const peer = (request.socket as TLSSocket).getPeerCertificate()
        sendJson(response, { gitVersion: `hello ${peer.subject.CN}` })
      },
      { ...server, ca: authority.ca, requestCert: true, rejectUnauthorized: true },
    )
    const cluster = await connectTo({
      server: bed.url,
      cluster: { 'certificate-authority-data': base64(authority.ca) },
      user: { 'client-certificate-data': base64(client.cert), 'client-key-data': base64(client.key) },
      namespace: 'shop',
    })
    expect(await cluster.version(forever())).toEqual({ gitVersion: 'hello ben' })
    expect(cluster).toMatchObject({ context: 'lab', user: 'ben', namespace: 'shop', server: bed.url })
  })

  test('certificates by files, relative to the kubeconfig', async () => {
    const client = await authority.issue({ name: 'ben' })
    const folder = await tempFolder()
    const files = { 'ca.crt': authority.ca, 'ben.crt': client.cert, 'ben.key': client.key }
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    const bed = await serve(
      (request, response) => {
        const peer = (request.socket as TLSSocket).getPeerCertificate()
        sendJson(response, { gitVersion: String(peer.subject.CN) })
      },
      { ...server, ca: authority.ca, requestCert: true, rejectUnauthorized: true },
    )
    const user = { 'client-certificate': 'ben.crt', 'client-key': 'ben.key' }
    const kubeconfig = join(folder, 'config')
    await writeFile(
      kubeconfig,
      kubeconfigOf({ server: bed.url, cluster: { 'certificate-authority': 'ca.crt' }, user }),
    )
    const cluster = await connect({ kubeconfig, env: {}, home: folder, timeout: 5000 })
    expect(await cluster.version(forever())).toEqual({ gitVersion: 'ben' })
    await cluster.close()
  })

  const users: [string, Record<string, unknown>, unknown][] = [
    ['a token', { token: 't0k' }, expect.objectContaining({ authorization: 'Bearer t0k' })],
    [
      'user and password',
      { username: 'ben', password: 'p:w' },
      expect.objectContaining({ authorization: 'Basic YmVuOnA6dw==' }),
    ],
    [
      'impersonation',
      { token: 't', as: 'eve', 'as-groups': ['a', 'b'] },
      expect.objectContaining({ 'impersonate-user': 'eve', 'impersonate-group': 'a, b' }),
    ],
    ['nobody', {}, expect.not.objectContaining({ authorization: expect.anything() })],
  ]
  test.each(users)('%s', async (_name, user, headers) => {
    const seen: unknown[] = []
    const bed = await serve((request, response) => {
      seen.push(request.headers)
      sendJson(response, { gitVersion: 'v1' })
    })
    const cluster = await connectTo({ server: bed.url, user })
    await cluster.version(forever())
    expect(seen).toEqual([headers])
  })

  test('a token file wins over the token', async () => {
    const folder = await tempFolder()
    await writeFile(join(folder, 'token'), 'fresh\n')
    let authorization: string | undefined
    const bed = await serve((request, response) => {
      authorization = request.headers.authorization
      sendJson(response, { gitVersion: 'v1' })
    })
    const user = { tokenFile: join(folder, 'token'), token: 'old' }
    const cluster = await connectTo({ server: bed.url, user })
    await cluster.version(forever())
    expect(authorization).toBe('Bearer fresh')
  })
})

describe('whom we believe', () => {
  test('insecure-skip-tls-verify believes anyone', async () => {
    const bed = await serve((_request, response) => sendJson(response, { gitVersion: 'v1' }), server)
    const cluster = await connectTo({ server: bed.url, cluster: { 'insecure-skip-tls-verify': true } })
    expect(await cluster.version(forever())).toEqual({ gitVersion: 'v1' })
  })

  test('tls-server-name is the name that the certificate must have', async () => {
    const named = await authority.issue({ name: 'server', hosts: ['lab.example'] })
    const bed = await serve((_request, response) => sendJson(response, { gitVersion: 'v1' }), named)
    const cluster = await connectTo({
      server: bed.url,
      cluster: { 'certificate-authority-data': base64(authority.ca), 'tls-server-name': 'lab.example' },
    })
    expect(await cluster.version(forever())).toEqual({ gitVersion: 'v1' })
  })
})

test('twenty requests in a row share one TLS connection', async () => {
  const bed = await serve((_request, response) => sendJson(response, { gitVersion: 'v1' }), server)
  const cluster = await connectTo({
    server: bed.url,
    cluster: { 'certificate-authority-data': base64(authority.ca) },
  })
  for (let i = 0; i < 20; i += 1) await cluster.version(forever())
  expect(bed.connections()).toBe(1)
})

test('a server below a path keeps its path', async () => {
  let path: string | undefined
  const bed = await serve((request, response) => {
    path = request.url
    sendJson(response, { gitVersion: 'v1' })
  })
  const cluster = await connectTo({ server: `${bed.url}/k8s/clusters/c-1/` })
  await cluster.version(forever())
  expect(path).toBe('/k8s/clusters/c-1/version')
})

test('contexts are named in the order of the kubeconfig', async () => {
  const folder = await tempFolder()
  const file = join(folder, 'config')
  const context = (name: string) => `{name: ${name}, context: {cluster: c, user: u}}`
  const clusters = '[{name: c, cluster: {server: "https://127.0.0.1:1"}}]'
  const users = '[{name: u, user: {token: t}}]'
  await writeFile(
    file,
    `current-context: b\ncontexts: [${context('b')}, ${context('a')}]\nclusters: ${clusters}\nusers: ${users}\n`,
  )
  const cluster = await connect({ kubeconfig: file, env: {}, home: folder, timeout: 5000 })
  expect(cluster).toMatchObject({ context: 'b', contexts: ['b', 'a'] })
  await cluster.close()
})
