// Who we are to the API server. The plain cases are answered here, at once; exec plugins have their own file,
// and what only few need (OIDC and other providers, proxies) waits for @kubernetes/client-node in delegated.ts.
import { readFile } from 'node:fs/promises'
import type { Agent } from 'node:http'
import { SourceError } from '#model/reading.ts'
import { clientPair, makeAgent } from './agent.ts'
import { text, texts } from './fields.ts'
import { entryPath, type KubeconfigEntry } from './kubeconfig.ts'
import type { Target } from './target.ts'

/** A header with several values is sent several times: the API server splits none at commas. */
export type IdentityHeaders = Readonly<Record<string, string | string[]>>

/** What a request carries: headers that name the user, and the pool whose TLS may name them too. */
export interface Identity {
  readonly headers: IdentityHeaders
  readonly agent: Agent
}

export interface Credentials {
  /** Asked before every request, since tokens run out. */
  identity(signal: AbortSignal): Promise<Identity>
  /** After a 401: forgets what was kept. False where asking again cannot help. */
  renew(): boolean
  close(): void
}

/** Client certificate, token, token file, user and password, or nobody. */
export async function plainCredentials(target: Target): Promise<Credentials> {
  const { user } = target
  const agent = await makeAgent(target, user && (await clientPair(user)))
  const token = user ? tokenReader(user) : async () => undefined
  const names = user ? impersonation(user) : {}
  const password = user && passwordHeader(user)
  return {
    async identity() {
      const bearer = await token()
      const authorization = bearer === undefined ? password : `Bearer ${bearer}`
      return { headers: { ...(authorization !== undefined && { authorization }), ...names }, agent }
    },
    renew: () => false,
    close: () => agent.destroy(),
  }
}

/** Impersonation asked for by the kubeconfig (`as`, `as-uid`, `as-groups`), as headers. */
export function impersonation(user: KubeconfigEntry): IdentityHeaders {
  const as = text(user.fields.as)
  const uid = text(user.fields['as-uid'])
  const groups = texts(user.fields['as-groups'])
  return {
    ...(as !== undefined && { 'impersonate-user': as }),
    ...(uid !== undefined && { 'impersonate-uid': uid }),
    ...(groups.length > 0 && { 'impersonate-group': [...groups] }),
  }
}

/** A token file wins over a token, as in client-go, and is read again each minute: the kubelet rotates it. */
function tokenReader(user: KubeconfigEntry): () => Promise<string | undefined> {
  const token = text(user.fields.token)
  const path = text(user.fields.tokenFile)
  if (path === undefined) return async () => token
  const file = entryPath(user, path)
  let kept: { at: number; value: string } | undefined
  return async () => {
    if (kept && Date.now() - kept.at < 60_000) return kept.value
    try {
      kept = { at: Date.now(), value: (await readFile(file, 'utf8')).trim() }
      return kept.value
    } catch (cause) {
      if (token !== undefined) return token
      throw new SourceError(
        { reason: 'unauthorized', detail: `cannot read the token of user ${user.name} from ${file}` },
        { cause },
      )
    }
  }
}

function passwordHeader(user: KubeconfigEntry): string | undefined {
  const name = text(user.fields.username)
  if (name === undefined) return undefined
  return `Basic ${Buffer.from(`${name}:${text(user.fields.password) ?? ''}`).toString('base64')}`
}
