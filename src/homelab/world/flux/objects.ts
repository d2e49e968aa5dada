// Flux objects as Git and the controllers have them: sources, Kustomizations and HelmReleases, freshly reconciled.
import { stamp } from '#homelab/store.ts'
import { type FluxOwner, managed, ownerLabels } from '#homelab/world/build/meta.ts'
import { helmRepositories, repository } from '#homelab/world/catalogue/flux.ts'
import type { FluxKustomization, FluxRelease } from '#homelab/world/catalogue/shapes.ts'
import { apiVersion, flux } from '#homelab/world/kinds.ts'
import { hex } from '#homelab/world/random.ts'
import type { KubeObject, Resource } from '#model/kube.ts'

export interface FluxCondition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
  readonly lastTransitionTime: string
  readonly observedGeneration: number
}

export interface FluxStatus {
  readonly observedGeneration?: number
  readonly conditions?: readonly FluxCondition[]
  readonly lastHandledReconcileAt?: string
  readonly lastAppliedRevision?: string
  readonly lastAttemptedRevision?: string
  readonly history?: readonly Record<string, unknown>[]
  readonly inventory?: { readonly entries: readonly { id: string; v: string }[] }
  readonly [field: string]: unknown
}

export interface FluxObject extends KubeObject {
  readonly spec: { readonly suspend?: boolean; readonly [field: string]: unknown }
  readonly status?: FluxStatus
}

const condition = (type: string, reason: string, message: string, at: number): FluxCondition => ({
  type,
  status: 'True',
  observedGeneration: 1,
  lastTransitionTime: stamp(at),
  reason,
  message,
})

function object(
  resource: Resource,
  namespace: string,
  name: string,
  ks: string | undefined,
  at: number,
  spec: Record<string, unknown>,
  status: FluxStatus,
  annotations?: Record<string, string>,
): FluxObject {
  const owner: FluxOwner | undefined = ks ? { kind: 'ks', name: ks, namespace: 'flux-system' } : undefined
  const base = { apiVersion: apiVersion(resource), kind: resource.kind, spec }
  return {
    ...base,
    metadata: {
      name,
      namespace,
      creationTimestamp: stamp(at),
      generation: 1,
      finalizers: ['finalizers.fluxcd.io'],
      labels: ownerLabels(owner),
      ...(annotations && { annotations }),
      managedFields: managed(base, owner, at),
    },
    status: { observedGeneration: 1, ...status },
  }
}

export const gitRevision = (key: string): string => `${repository.branch}@sha1:${hex(key, 40)}`

/** `file` is what source-controller calls the archive; it follows from the revision where that names a commit. */
export function artifactOf(
  kind: string,
  namespace: string,
  name: string,
  revision: string,
  at: number,
  file = `${revision.slice(revision.lastIndexOf(':') + 1)}.tar.gz`,
) {
  const path = `${kind}/${namespace}/${name}/${file}`
  return {
    digest: `sha256:${hex(`artifact/${path}`, 64)}`,
    lastUpdateTime: stamp(at),
    path,
    revision,
    size: 14_000 + ((name.length * 977) % 60_000),
    url: `http://source-controller.flux-system.svc.cluster.local./${path}`,
  }
}

const stored = (message: string, at: number, reason = 'Succeeded') => [
  condition('Ready', reason, message, at),
  condition('ArtifactInStorage', reason, message, at),
]

export function gitRepositoryObject(revision: string, at: number, created: number): FluxObject {
  return object(
    flux.gitRepository,
    'flux-system',
    'flux-system',
    'flux-system',
    created,
    {
      interval: '1m0s',
      ref: { branch: repository.branch },
      secretRef: { name: 'flux-system' },
      timeout: '60s',
      url: repository.url,
    },
    {
      artifact: artifactOf('gitrepository', 'flux-system', 'flux-system', revision, at),
      conditions: stored(`stored artifact for revision '${revision}'`, at),
    },
  )
}

export function kustomizationObject(ks: FluxKustomization, created: number): FluxObject {
  return object(
    flux.kustomization,
    'flux-system',
    ks.name,
    'flux-system',
    created,
    {
      ...(ks.dependsOn && { dependsOn: ks.dependsOn.map((name) => ({ name })) }),
      force: false,
      interval: ks.interval >= 60 ? `${ks.interval / 60}h0m0s` : `${ks.interval}m0s`,
      path: ks.path,
      prune: true,
      retryInterval: '2m0s',
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      timeout: '5m0s',
      ...(ks.wait && { wait: true }),
      ...(ks.suspendedBy && { suspend: true }),
    },
    {},
    ks.suspendedBy
      ? {
          'fluxcd.controlplane.io/suspendedBy': ks.suspendedBy,
          ...(ks.suspendReason && { 'homelab/suspend-reason': ks.suspendReason }),
        }
      : undefined,
  )
}

export const releaseSource = (hr: FluxRelease): { resource: Resource; namespace: string; name: string } =>
  'oci' in hr.from
    ? { resource: flux.ociRepository, namespace: hr.namespace, name: hr.name }
    : { resource: flux.helmChart, namespace: 'flux-system', name: `${hr.namespace}-${hr.name}` }

export function releaseObjects(
  hr: FluxRelease,
  version: string,
  at: number,
  created: number,
): [Resource, FluxObject][] {
  const { resource, namespace, name } = releaseSource(hr)
  const revision = 'oci' in hr.from ? `${version}@sha256:${hex(`${hr.chart}/${version}`, 64)}` : version
  const file =
    'oci' in hr.from ? `${revision.slice(revision.indexOf('@') + 1)}.tgz` : `${hr.chart}-${version}.tgz`
  const artifact = artifactOf(resource.kind.toLowerCase(), namespace, name, revision, at, file)
  const source =
    'oci' in hr.from
      ? object(
          resource,
          namespace,
          name,
          hr.ks,
          created,
          {
            interval: '15m0s',
            layerSelector: {
              mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
              operation: 'copy',
            },
            provider: 'generic',
            ref: { tag: version },
            timeout: '60s',
            url: hr.from.oci,
          },
          { artifact, conditions: stored(`stored artifact for digest '${revision}'`, at) },
        )
      : object(
          resource,
          namespace,
          name,
          undefined,
          created,
          {
            chart: hr.chart,
            interval: '1h0m0s',
            reconcileStrategy: 'ChartVersion',
            sourceRef: { kind: 'HelmRepository', name: hr.from.repository },
            version,
          },
          {
            artifact,
            observedChartName: hr.chart,
            observedSourceArtifactRevision: indexRevision(hr.from.repository),
            url: `http://source-controller.flux-system.svc.cluster.local./helmchart/${namespace}/${name}/latest.tar.gz`,
            conditions: stored(
              `pulled '${hr.chart}' chart with version '${version}'`,
              at,
              'ChartPullSucceeded',
            ),
          },
        )
  const from =
    'oci' in hr.from
      ? { chartRef: { kind: 'OCIRepository', name: hr.name } }
      : {
          chart: {
            spec: {
              chart: hr.chart,
              version,
              sourceRef: { kind: 'HelmRepository', name: hr.from.repository, namespace: 'flux-system' },
              interval: '1h0m0s',
              reconcileStrategy: 'ChartVersion',
            },
          },
        }
  const release = object(
    flux.helmRelease,
    hr.namespace,
    hr.name,
    hr.ks,
    created,
    {
      ...from,
      ...(hr.dependsOn && { dependsOn: hr.dependsOn.map((name) => ({ name, namespace: hr.namespace })) }),
      driftDetection: { mode: 'enabled' },
      install: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure' } },
      interval: '1h0m0s',
      timeout: '15m0s',
      upgrade: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure' } },
      valuesFrom: [{ kind: 'ConfigMap', name: `${hr.name}-values`, optional: true }],
    },
    {
      storageNamespace: hr.namespace,
      ...('repository' in hr.from && { helmChart: `flux-system/${name}` }),
      history: [],
    },
  )
  return [
    [resource, source],
    [flux.helmRelease, release],
  ]
}

const indexRevision = (repository: string) => `sha256:${hex(`index/${repository}`, 64)}`

export function helmRepositoryObjects(at: number, created: number): FluxObject[] {
  return Object.entries(helmRepositories).map(([name, url]) => {
    const revision = indexRevision(name)
    const file = `index-${revision.slice('sha256:'.length)}.yaml`
    return object(
      flux.helmRepository,
      'flux-system',
      name,
      'flux-system',
      created,
      { interval: '2h0m0s', timeout: '60s', url },
      {
        artifact: artifactOf('helmrepository', 'flux-system', name, revision, at, file),
        conditions: stored(`stored artifact: revision '${revision}'`, at),
        url: `http://source-controller.flux-system.svc.cluster.local./helmrepository/flux-system/${name}/index.yaml`,
      },
    )
  })
}

export function snapshot(
  hr: FluxRelease,
  chart: string,
  app: string,
  number: number,
  status: string,
  action: string,
  at: number,
): Record<string, unknown> {
  return {
    apiVersion: 'v2',
    digest: `sha256:${hex(`release/${hr.name}/${chart}/${number}`, 64)}`,
    name: hr.name,
    namespace: hr.namespace,
    version: number,
    status,
    action,
    chartName: hr.chart,
    chartVersion: chart,
    ...(app && { appVersion: app }),
    configDigest: `sha256:${hex(`values/${hr.name}/${number}`, 64)}`,
    ...('oci' in hr.from && { ociDigest: `sha256:${hex(`${hr.chart}/${chart}`, 64)}` }),
    firstDeployed: stamp(at),
    lastDeployed: stamp(at),
  }
}
