// What only few kubeconfigs need, from @kubernetes/client-node: OIDC and the other auth providers, and connections
// through an HTTP or SOCKS proxy. Nothing else may import that library: it costs a third of a second.
import type { Agent } from 'node:http'
import type { RequestOptions } from 'node:https'
import { KubeConfig } from '@kubernetes/client-node'
import { SourceError } from '#model/reading.ts'
import { type ClientPair, clientPair, makeAgent, type TlsTrust } from './agent.ts'
import { type Credentials, impersonation } from './credentials.ts'
import { type Fields, fields, text } from './fields.ts'
import { entryPath, type KubeconfigEntry } from './kubeconfig.ts'
import type { Target } from './target.ts'
import { untilAborted } from './until-aborted.ts'
import { oneLine } from './wire.ts'

/** A provider is asked again after this long; it knows itself when its token ends. */
const kept = 30_000

/** Credentials of a user with an `auth-provider`. */
export async function providerCredentials(
  target: Target,
  user: KubeconfigEntry,
  timeout: number,
): Promise<Credentials> {
  const provider = fields(user.fields['auth-provider'])
  const name = text(provider.name) ?? ''
  const config = kubeConfig(target, {
    name: user.name,
    authProvider: { name, config: providerConfig(user, fields(provider.config)) },
  })
  const agent = await makeAgent(target, await clientPair(user))
  const names = impersonation(user)
  let last: { readonly at: number; readonly authorization: string } | undefined
  let asking: Promise<string> | undefined
  const ask = async () => {
    const options: RequestOptions = {}
    try {
      await config.applyToHTTPSOptions(options)
    } catch (cause) {
      const why = oneLine(cause instanceof Error ? cause.message : String(cause))
      throw refused(`the auth provider ${name} failed: ${why}`, cause)
    }
    const authorization = text(fields(options.headers).Authorization)
    if (authorization === undefined) throw refused(`the auth provider ${name} gave no token`)
    last = { at: Date.now(), authorization }
    return authorization
  }
  /** Once for all who wait: many providers take a refresh token only once. The library has no limit of its own. */
  const askOnce = () => {
    asking ??= untilAborted(ask(), AbortSignal.timeout(timeout), `the auth provider ${name}`).finally(() => {
      asking = undefined
    })
    return asking
  }
  return {
    async identity(signal) {
      const fresh = last && Date.now() - last.at < kept ? last.authorization : undefined
      const authorization = fresh ?? (await untilAborted(askOnce(), signal, `the auth provider ${name}`))
      return { headers: { authorization, ...names }, agent }
    },
    renew() {
      last = undefined
      return true
    },
    close: () => agent.destroy(),
  }
}

/** A pool whose connections go through `proxy`. */
export async function proxyAgent(
  target: Target,
  proxy: string,
  trust: TlsTrust,
  pair: ClientPair | undefined,
): Promise<Agent> {
  const base64 = (pem: string) => Buffer.from(pem).toString('base64')
  const user = { name: 'user', ...(pair && { certData: base64(pair.cert), keyData: base64(pair.key) }) }
  const config = kubeConfig(target, user, {
    proxyUrl: proxy,
    // The library wants this said for a server that has no TLS at all.
    skipTLSVerify: trust.anyone || target.server.startsWith('http:'),
    ...(trust.ca !== undefined && { caData: base64(trust.ca) }),
    ...(trust.servername !== undefined && { tlsServerName: trust.servername }),
  })
  const options: RequestOptions = {}
  await config.applyToHTTPSOptions(options)
  const { agent } = options
  if (typeof agent !== 'object')
    throw new SourceError({ reason: 'invalid', detail: `no way through the proxy ${new URL(proxy).host}` })
  // The library makes a pool that closes each connection after one request.
  return Object.assign(agent, { keepAlive: true })
}

type LibraryUser = ReturnType<KubeConfig['getUsers']>[number]
type LibraryCluster = ReturnType<KubeConfig['getClusters']>[number]

function kubeConfig(target: Target, user: LibraryUser, cluster: Partial<LibraryCluster> = {}): KubeConfig {
  const config = new KubeConfig()
  const name = target.cluster.name
  config.loadFromOptions({
    clusters: [{ name, server: target.server, skipTLSVerify: true, ...cluster }],
    users: [user],
    contexts: [{ name: target.context, cluster: name, user: user.name }],
    currentContext: target.context,
  })
  return config
}

/** Paths made absolute, and the issuer as the URL object that the library's own library insists on. */
function providerConfig(user: KubeconfigEntry, config: Fields): Fields {
  const file = text(config['idp-certificate-authority'])
  const issuer = text(config['idp-issuer-url'])
  return {
    ...config,
    ...(file !== undefined && { 'idp-certificate-authority': entryPath(user, file) }),
    ...(issuer !== undefined && URL.canParse(issuer) && { 'idp-issuer-url': new URL(issuer) }),
  }
}

function refused(detail: string, cause?: unknown): SourceError {
  return new SourceError(
    { reason: 'unauthorized', detail, fix: 'log in again with the provider’s own tool' },
    { cause },
  )
}
