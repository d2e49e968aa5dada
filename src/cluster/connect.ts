// A kubeconfig's context as a Cluster. Nothing is sent yet: the first request finds out whether somebody answers.

import { accessReviewer } from './access.ts'
import { aboutAsk, callJson } from './api.ts'
import { authenticate } from './authenticate.ts'
import type { Cluster } from './cluster.ts'
import { discover } from './discover.ts'
import { exec } from './exec.ts'
import { fields, text } from './fields.ts'
import { forward } from './forward.ts'
import { inCluster } from './in-cluster.ts'
import { type Kubeconfig, type KubeconfigPlace, noKubeconfig, readKubeconfig } from './kubeconfig.ts'
import { list } from './list.ts'
import { logged } from './logged.ts'
import { logs } from './logs.ts'
import { applyObject, deleteObject, getObject, patchObject } from './objects.ts'
import { serviceFetch } from './service.ts'
import { table } from './table.ts'
import { chooseTarget } from './target.ts'
import { openTransport, type Transport } from './transport.ts'
import { watch } from './watch.ts'
import { garbage } from './wire.ts'

export interface ConnectOptions extends KubeconfigPlace {
  /** Instead of the kubeconfig's current context. */
  readonly context?: string
  /** How long one request may take, in milliseconds. */
  readonly timeout: number
  /** Takes the lines of the diagnostic log, where one is kept. */
  readonly log?: (line: string) => void
}

/** @throws SourceError where the kubeconfig does not lead to a cluster: what is wrong with it, and where. */
export async function connect(options: ConnectOptions): Promise<Cluster> {
  const kubeconfig = await findKubeconfig(options)
  const target = chooseTarget(kubeconfig, options.context, options.env)
  const credentials = await authenticate(target, options)
  const bare = openTransport(target, credentials, options.timeout)
  const transport = options.log === undefined ? bare : logged(bare, options.log)
  const can = accessReviewer(transport)
  return {
    context: target.context,
    contexts: [...kubeconfig.contexts.keys()],
    server: target.server,
    user: target.user?.name ?? 'anonymous',
    namespace: target.namespace,
    version: (signal) => version(transport, signal),
    discover: (signal) => discover(transport, signal),
    list: (query, decoder, signal) => list(transport, query, decoder, signal),
    watch: (query, decoder, signal) => watch(transport, query, decoder, signal),
    table: (query, signal) => table(transport, query, signal),
    get: (resource, name, namespace, signal) => getObject(transport, resource, name, namespace, signal),
    patch: (resource, ref, body, signal, write) => patchObject(transport, resource, ref, body, signal, write),
    apply: (resource, object, signal, write) => applyObject(transport, resource, object, signal, write),
    delete: (resource, ref, signal, write) => deleteObject(transport, resource, ref, signal, write),
    logs: (query, signal) => logs(transport, query, signal),
    exec: (query, signal) => exec(transport, query, signal),
    serviceFetch: (service, request, signal) => serviceFetch(transport, service, request, signal),
    forward: (namespace, pod, port, signal) => forward(transport, namespace, pod, port, signal),
    can,
    close: async () => transport.close(),
  }
}

async function findKubeconfig(place: KubeconfigPlace): Promise<Kubeconfig> {
  const config = (await readKubeconfig(place)) ?? (await inCluster(place.env))
  if (!config) throw noKubeconfig(place)
  return config
}

async function version(transport: Transport, signal: AbortSignal) {
  const ask = { method: 'GET', path: '/version' } as const
  const answer = await callJson(transport, ask, signal)
  const gitVersion = text(fields(answer).gitVersion)
  if (gitVersion === undefined) throw garbage(aboutAsk(ask), JSON.stringify(answer))
  return { gitVersion }
}
