// Where Helm keeps its releases: a Secret for each, with the manifest packed inside. `flux tree` and `helm` read it.
import { gzipSync } from 'node:zlib'
import type { ObjectStore } from '#homelab/store.ts'
import { core } from '#homelab/world/kinds.ts'
import type { FluxObject } from './objects.ts'

/** One for each release of the history, with the status that it has now. */
export function keepReleaseSecrets(store: ObjectStore, release: FluxObject): void {
  for (const entry of release.status?.history ?? []) {
    const name = `sh.helm.release.v1.${entry.name}.v${entry.version}`
    const namespace = String(release.status?.storageNamespace ?? release.metadata.namespace)
    const status = String(entry.status)
    const before = store.get(core.secret, namespace, name)
    if (before?.metadata.labels?.status === status) continue
    store.put(core.secret, {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'helm.sh/release.v1',
      metadata: {
        name,
        namespace,
        labels: { owner: 'helm', name: String(entry.name), status, version: String(entry.version) },
      },
      data: { release: packed(release, entry) },
    })
  }
}

/** JSON, zipped, in base64, and once more in base64 as every Secret's data. */
function packed(release: FluxObject, entry: Record<string, unknown>): string {
  const { name, namespace, version, status, chartName, chartVersion, appVersion } = entry
  const { firstDeployed, lastDeployed } = entry
  const stored = {
    name,
    namespace,
    version,
    info: { status, first_deployed: firstDeployed, last_deployed: lastDeployed, deleted: '' },
    chart: { metadata: { apiVersion: 'v2', name: chartName, version: chartVersion, appVersion } },
    config: {},
    manifest: manifest(release),
  }
  const zipped = gzipSync(JSON.stringify(stored)).toString('base64')
  return Buffer.from(zipped).toString('base64')
}

/** As much of each object as names it. */
function manifest({ status }: FluxObject): string {
  return (status?.inventory?.entries ?? [])
    .map(({ id, v }) => {
      const [, namespace = '', name = '', group = '', kind = ''] =
        /^([^_]*)_(.*)_([^_]*)_([^_]*)$/.exec(id) ?? []
      return [
        '---',
        `apiVersion: ${group ? `${group}/${v}` : v}`,
        `kind: ${kind}`,
        'metadata:',
        `  name: ${JSON.stringify(name.replaceAll('__', ':'))}`,
        ...(namespace ? [`  namespace: ${namespace}`] : []),
        '',
      ].join('\n')
    })
    .join('')
}
