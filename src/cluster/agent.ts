// The one connection pool of a cluster: kept-alive sockets, TLS set up once from the kubeconfig's certificates.
import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Agent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { createSecureContext } from 'node:tls'
import { SourceError } from '#model/reading.ts'
import { text } from './fields.ts'
import { entryPath, type KubeconfigEntry } from './kubeconfig.ts'
import type { Target } from './target.ts'
import { oneLine } from './wire.ts'

/** A client certificate and its key, as PEM. */
export interface ClientPair {
  readonly cert: string
  readonly key: string
}

/** Whom we believe to be the server. */
export interface TlsTrust {
  readonly ca?: string
  /** insecure-skip-tls-verify: whoever answers. */
  readonly anyone: boolean
  /** tls-server-name: the name its certificate must have, where that is not the address. */
  readonly servername?: string
}

/** @throws SourceError where a certificate or key cannot be read, is none, does not fit, or has expired. */
export async function makeAgent(target: Target, pair: ClientPair | undefined): Promise<Agent> {
  const trust = await trustOf(target.cluster)
  if (pair) checkExpiry(pair, target)
  try {
    if (target.proxy !== undefined) {
      const { proxyAgent } = await import('./delegated.ts')
      return await proxyAgent(target, target.proxy, trust, pair)
    }
    return await directAgent(target, trust, pair)
  } catch (cause) {
    if (cause instanceof SourceError) throw cause
    const why = oneLine(cause instanceof Error ? cause.message : String(cause), 120)
    throw badCertificate(`the certificates of context ${target.context} cannot be used: ${why}`, cause)
  }
}

async function directAgent(target: Target, trust: TlsTrust, pair: ClientPair | undefined): Promise<Agent> {
  // Idle sockets stay for reuse; dead peers are noticed by TCP's own keep-alive.
  const pool = { keepAlive: true, keepAliveMsecs: 30_000 }
  if (target.server.startsWith('http:')) return new (await import('node:http')).Agent(pool)
  const secureContext = createSecureContext({ ...(trust.ca !== undefined && { ca: trust.ca }), ...pair })
  const servername = trust.servername === undefined ? {} : { servername: trust.servername }
  return new HttpsAgent({ ...pool, secureContext, rejectUnauthorized: !trust.anyone, ...servername })
}

async function trustOf(cluster: KubeconfigEntry): Promise<TlsTrust> {
  const anyone = cluster.fields['insecure-skip-tls-verify'] === true
  const ca = anyone ? undefined : await pem(cluster, 'certificate-authority')
  const servername = text(cluster.fields['tls-server-name'])
  return { anyone, ...(ca !== undefined && { ca }), ...(servername !== undefined && { servername }) }
}

/** The pair of a user, from data or files; undefined where it has none. */
export async function clientPair(user: KubeconfigEntry): Promise<ClientPair | undefined> {
  const cert = await pem(user, 'client-certificate')
  const key = await pem(user, 'client-key')
  if (cert === undefined && key === undefined) return undefined
  if (cert !== undefined && key !== undefined) return { cert, key }
  throw badCertificate(
    `user ${user.name} has a client ${cert === undefined ? 'key without a certificate' : 'certificate without a key'}`,
  )
}

/** `<field>-data` (base64) wins over the file named by `<field>`, as in kubectl. */
async function pem(entry: KubeconfigEntry, field: string): Promise<string | undefined> {
  const data = text(entry.fields[`${field}-data`])
  const path = text(entry.fields[field])
  if (data === undefined && path === undefined) return undefined
  const where = data === undefined ? `${entryPath(entry, path ?? '')}` : `${field}-data of ${entry.name}`
  const content =
    data === undefined
      ? await readPem(entryPath(entry, path ?? ''))
      : Buffer.from(data, 'base64').toString('utf8')
  if (!content.includes('-----BEGIN ')) throw badCertificate(`${where} is not PEM`)
  return content
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : cause
    throw badCertificate(`cannot read ${file}: ${code}`, cause)
  }
}

function checkExpiry(pair: ClientPair, target: Target) {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(pair.cert)
  } catch (cause) {
    throw badCertificate(`the client certificate of context ${target.context} cannot be read`, cause)
  }
  if (Date.parse(certificate.validTo) >= Date.now()) return
  throw new SourceError({
    reason: 'unauthorized',
    detail: `the client certificate of context ${target.context} expired on ${isoDay(certificate.validTo)}`,
    fix: 'get a new kubeconfig, or renew the certificate',
  })
}

function isoDay(validTo: string): string {
  return `${new Date(validTo).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function badCertificate(detail: string, cause?: unknown): SourceError {
  return new SourceError(
    { reason: 'invalid', detail, fix: 'check the certificates in the kubeconfig' },
    { cause },
  )
}
