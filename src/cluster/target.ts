// Which cluster, as whom, in which namespace: one context of a kubeconfig, checked before anything is sent.

import { nearest } from '#model/nearest.ts'
import { SourceError } from '#model/reading.ts'
import { text } from './fields.ts'
import type { Kubeconfig, KubeconfigEntry, KubeconfigPlace } from './kubeconfig.ts'
import { environmentProxy } from './proxy.ts'

export interface Target {
  readonly context: string
  readonly namespace: string
  /** `https://host:6443`, perhaps with a path, without a trailing slash. */
  readonly server: string
  readonly cluster: KubeconfigEntry
  /** Absent: anonymous. */
  readonly user?: KubeconfigEntry
  /** Address of the proxy on the way, where there is one. */
  readonly proxy?: string
}

/** `wanted` is --context; without it the kubeconfig's current context counts. */
export function chooseTarget(
  config: Kubeconfig,
  wanted: string | undefined,
  env: KubeconfigPlace['env'],
): Target {
  const entry = chooseContext(config, wanted)
  const where = config.files.join(', ')
  const clusterName = text(entry.fields.cluster)
  const cluster = clusterName === undefined ? undefined : config.clusters.get(clusterName)
  if (!cluster)
    throw invalid(`context ${entry.name} names cluster ${clusterName ?? '(none)'}, which ${where} has not`)
  const userName = text(entry.fields.user)
  const user = userName === undefined ? undefined : config.users.get(userName)
  if (userName !== undefined && !user) {
    throw invalid(`context ${entry.name} names user ${userName}, which ${where} has not`)
  }
  const server = serverOf(cluster)
  const proxy = text(cluster.fields['proxy-url']) ?? environmentProxy(server, env)
  // Not shown: it may have a password.
  if (proxy !== undefined && !/^(https?|socks\w*):$/.test(URL.parse(proxy)?.protocol ?? ''))
    throw invalid(`the proxy of cluster ${cluster.name} is no http, https or socks5 address`)
  return {
    context: entry.name,
    namespace: text(entry.fields.namespace) ?? 'default',
    server,
    cluster,
    ...(user && { user }),
    ...(proxy !== undefined && { proxy }),
  }
}

function chooseContext(config: Kubeconfig, wanted: string | undefined): KubeconfigEntry {
  const names = [...config.contexts.keys()]
  const name = wanted ?? config.currentContext
  if (name === undefined) {
    throw new SourceError({
      reason: 'invalid',
      detail: `${config.files.join(', ')} has no current context`,
      fix: names.length > 0 ? `pass --context: ${names.slice(0, 5).join(', ')}` : 'add a context to it',
    })
  }
  const entry = config.contexts.get(name)
  if (entry) return entry
  const near = nearest(name, names)
  throw new SourceError({
    reason: 'not-found',
    detail: `no context ${name} in ${config.files.join(', ')}`,
    fix: near === undefined ? `its contexts: ${names.join(', ') || 'none'}` : `did you mean ${near}?`,
  })
}

function serverOf(cluster: KubeconfigEntry): string {
  const server = text(cluster.fields.server)
  if (server === undefined) throw invalid(`cluster ${cluster.name} has no server`)
  // As in kubectl, an address without a scheme is http.
  const address = /^https?:\/\//i.test(server) ? server : `http://${server}`
  if (!URL.canParse(address)) throw invalid(`the server of cluster ${cluster.name} is no address: ${server}`)
  return address.replace(/\/+$/, '')
}

function invalid(detail: string): SourceError {
  return new SourceError({ reason: 'invalid', detail, fix: '`kubectl config view` shows what is there' })
}
