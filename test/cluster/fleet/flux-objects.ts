// Flux's own objects, short: what the fleet's Git holds of them, with nothing left to chance but what is said.
import type { KubeObject } from '#model/kube.ts'

export const FLUX_NAMESPACE = 'flux-system'
/** Where the fleet's workloads and releases are. */
export const FLEET_NAMESPACE = 'fleet'

/** Long: what happens is what a test asks for. */
const interval = '1h'

type Spec = Readonly<Record<string, unknown>>

const object = (
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
  spec: Spec,
): KubeObject => ({ apiVersion, kind, metadata: { name, namespace }, spec })

export const gitRepository = (name: string, url: string, spec: Spec = {}) =>
  object('source.toolkit.fluxcd.io/v1', 'GitRepository', FLUX_NAMESPACE, name, {
    interval,
    url,
    ref: { branch: 'main' },
    ...spec,
  })

export const helmRepositoryObject = (name: string, url: string) =>
  object('source.toolkit.fluxcd.io/v1', 'HelmRepository', FLUX_NAMESPACE, name, { interval, url })

export const kustomization = (name: string, path: string, spec: Spec = {}) =>
  object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', FLUX_NAMESPACE, name, {
    interval,
    retryInterval: interval,
    prune: true,
    path,
    sourceRef: { kind: 'GitRepository', name: 'fleet' },
    // The shortest that counts.
    timeout: '30s',
    ...spec,
  })

export const helmRelease = (name: string, chart: string, version: string, spec: Spec = {}) =>
  object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', FLEET_NAMESPACE, name, {
    interval,
    chart: {
      spec: {
        chart,
        version,
        interval,
        sourceRef: { kind: 'HelmRepository', name: 'charts', namespace: FLUX_NAMESPACE },
      },
    },
    timeout: '1m',
    ...spec,
  })
