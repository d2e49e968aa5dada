// Credentials from an exec plugin (client.authentication.k8s.io): kept until they expire or are refused, asked for
// once however many requests wait. The plugin may give a token, a client certificate, or both.
import type { Agent } from 'node:http'
import { type ClientPair, makeAgent } from './agent.ts'
import { type Credentials, impersonation } from './credentials.ts'
import { type PluginAnswer, runPlugin } from './exec-plugin.ts'
import type { KubeconfigEntry } from './kubeconfig.ts'
import type { Target } from './target.ts'
import { untilAborted } from './until-aborted.ts'

/** Asking a little early spares the request that would meet the expiry on its way. */
const early = 10_000

export interface PluginOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly timeout: number
}

export function execCredentials(target: Target, user: KubeconfigEntry, options: PluginOptions): Credentials {
  const names = impersonation(user)
  const closing = new AbortController()
  let kept: { readonly answer: PluginAnswer; readonly agent: Agent } | undefined
  let asking: Promise<{ readonly answer: PluginAnswer; readonly agent: Agent }> | undefined

  const ask = async () => {
    const answer = await runPlugin(user, target, options, closing.signal)
    const same = kept && samePair(kept.answer.pair, answer.pair)
    const agent = kept && same ? kept.agent : await makeAgent(target, answer.pair)
    if (kept && !same) kept.agent.destroy()
    kept = { answer, agent }
    return kept
  }

  const current = async () => {
    if (kept && (kept.answer.expires ?? Number.POSITIVE_INFINITY) - early > Date.now()) return kept
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return asking
  }

  return {
    async identity(signal) {
      const { answer, agent } = await untilAborted(current(), signal, target.server)
      const bearer = answer.token === undefined ? {} : { authorization: `Bearer ${answer.token}` }
      return { headers: { ...bearer, ...names }, agent }
    },
    renew() {
      if (kept) kept = { ...kept, answer: { ...kept.answer, expires: 0 } }
      return true
    },
    close() {
      closing.abort()
      kept?.agent.destroy()
    },
  }
}

function samePair(a: ClientPair | undefined, b: ClientPair | undefined): boolean {
  return a?.cert === b?.cert && a?.key === b?.key
}
