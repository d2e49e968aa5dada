// kwok: the nodes and kubelets. What pods log, run and serve on their ports is said in its configuration; how nodes and
// pods come to life are the stages that its own module carries.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { moduleFolder } from '../programs/build.ts'
import { programOf } from '../programs/catalogue.ts'
import { files } from './identity.ts'
import type { Plans, Setup } from './parts.ts'

/** In the CRI's form; the same for every pod, and so is the log of the previous container. */
export const podLog = 'pod.log'
const previousPodLog = 'pod-previous.log'

export const criLine = (text: string, at: Date) => `${at.toISOString()} stdout F ${text}\n`

export function kwok({ folder, ports }: Setup): Pick<Plans, 'kwok'> {
  const config = join(folder, 'kwok.yaml')
  return {
    kwok: {
      program: 'kwok',
      args: [
        `--kubeconfig=${join(folder, files.components)}`,
        `--config=${config}`,
        '--manage-all-nodes',
        '--node-ip=127.0.0.1',
        `--node-port=${ports.kwok}`,
        `--server-address=127.0.0.1:${ports.kwok}`,
        `--tls-cert-file=${join(folder, files.adminCert)}`,
        `--tls-private-key-file=${join(folder, files.adminKey)}`,
        '--cidr=10.200.0.0/16',
        '--node-lease-duration-seconds=40',
      ],
      async prepare() {
        const documents = [...(await stages()), ...behaviour(folder, ports).map((one) => JSON.stringify(one))]
        await writeFile(config, documents.join('\n---\n'))
        const begun = Date.now() - 60_000
        const lines = (what: string) =>
          Array.from({ length: 20 }, (_, index) =>
            criLine(`${what}, line ${index + 1}`, new Date(begun + index * 1000)),
          ).join('')
        await writeFile(join(folder, podLog), lines('this container'))
        await writeFile(join(folder, previousPodLog), lines('the previous container'))
      },
    },
  }
}

async function stages(): Promise<string[]> {
  const root = join(await moduleFolder(programOf('kwok')), 'kustomize', 'stage')
  const texts: string[] = []
  for (const folder of ['node/fast', 'node/heartbeat-with-lease', 'pod/fast']) {
    for (const name of (await readdir(join(root, folder))).sort()) {
      if (!name.endsWith('.yaml') || name === 'kustomization.yaml') continue
      texts.push(await readFile(join(root, folder, name), 'utf8'))
    }
  }
  return texts
}

function behaviour(folder: string, ports: Setup['ports']) {
  const rule = (kind: string, spec: object) => ({
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind,
    metadata: { name: 'bed' },
    spec,
  })
  const target = (port: number) => ({ port, address: '127.0.0.1' })
  const logs = {
    logsFile: join(folder, podLog),
    previousLogsFile: join(folder, previousPodLog),
    follow: true,
  }
  return [
    rule('ClusterLogs', { logs: [logs] }),
    rule('ClusterExec', { execs: [{ local: { workDir: '/' } }] }),
    rule('ClusterPortForward', {
      forwards: [
        { ports: [9090, ports.prometheus], target: target(ports.prometheus) },
        { ports: [9093, ports.alertmanager], target: target(ports.alertmanager) },
        { ports: [ports.suite], target: target(ports.suite) },
      ],
    }),
  ]
}
