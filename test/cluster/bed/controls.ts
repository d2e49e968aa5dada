// What a suite can do to a bed beyond stopping and starting its parts.
import { X509Certificate } from 'node:crypto'
import { appendFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { etcdData } from './control-plane.ts'
import type { Identity } from './identity.ts'
import { criLine, podLog } from './kwok.ts'
import type { Part, Setup } from './parts.ts'
import { until } from './wait.ts'

export interface Controls {
  /** Compacts etcd up to now. The API server still serves old watches and pages from its cache until it is started again. */
  compact(): Promise<void>
  /** API server and etcd come back with nothing but what a bed has from the start; the bed's own controllers too. */
  emptyStore(): Promise<void>
  /** Resolves when connections get the new certificate; by the other authority, the kubeconfig is written anew. */
  replaceCertificate(by: 'same authority' | 'other authority'): Promise<void>
  /** A line more in the log of every pod. */
  logLine(text: string): Promise<void>
}

interface Holds {
  readonly setup: Setup
  readonly identity: Identity
  readonly start: (part: Part) => Promise<void>
  readonly stop: (part: Part, signal: 'SIGKILL') => Promise<void>
  /** What watches the API, in the order of its end; `fill` starts it again. */
  readonly clients: readonly Part[]
  readonly fill: () => Promise<void>
}

export function controlsOf({ setup, identity, start, stop, clients, fill }: Holds): Controls {
  const { folder, ports } = setup
  const etcd = async (path: string, body: object) => {
    const answer = await fetch(`http://127.0.0.1:${ports.etcd}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`etcd ${path}: ${answer.status} ${text}`)
    return JSON.parse(text) as { header: { revision: string } }
  }
  return {
    async compact() {
      const { header } = await etcd('/v3/kv/range', { key: Buffer.from('nothing').toString('base64') })
      await etcd('/v3/kv/compaction', { revision: header.revision, physical: true })
    },
    async emptyStore() {
      // A watch from a version that the new store has not reached waits without a word: whatever watches starts anew.
      // The API server goes before etcd, and not gently: without its store it takes a minute to end.
      for (const part of [...clients, 'kube-apiserver', 'etcd'] as const) await stop(part, 'SIGKILL')
      await rm(etcdData(folder), { recursive: true })
      await start('etcd')
      await start('kube-apiserver')
      await fill()
    },
    async replaceCertificate(by) {
      const { raw } = new X509Certificate((await identity.replaceServing(by)).cert)
      await until('the new certificate to be served', 90_000, async () =>
        (await served(ports.api)).equals(raw),
      )
    },
    logLine: (text) => appendFile(join(folder, podLog), criLine(text, new Date())),
  }
}

function served(port: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().raw)
      socket.destroy()
    })
    socket.on('error', reject)
  })
}
