// How the Overview names what it speaks of: short, as the field writes it.
import type { ObjectRef } from '#model/kube.ts'

const prefixes: Readonly<Record<string, string>> = {
  Kustomization: 'ks',
  HelmRelease: 'hr',
  GitRepository: 'git',
  OCIRepository: 'oci',
  HelmRepository: 'helm',
  HelmChart: 'chart',
  Bucket: 'bucket',
  Node: 'node',
  PersistentVolumeClaim: 'pvc',
}

const inNamespaces = new Set([
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ReplicaSet',
])

/** `shop/checkout` for what runs, `ks/apps`, `node/nuc-3`, else the bare name. */
export function subjectLabel(ref: ObjectRef): string {
  const prefix = prefixes[ref.kind]
  if (prefix !== undefined) return `${prefix}/${ref.name}`
  return inNamespaces.has(ref.kind) && ref.namespace !== undefined ? `${ref.namespace}/${ref.name}` : ref.name
}

/** The letter of a change, as charts mark it: `F` Flux, `R` rollout, `B` node. */
export function changeLetter(ref: ObjectRef): string {
  if (ref.group.endsWith('fluxcd.io')) return 'F'
  return ref.kind === 'Node' ? 'B' : 'R'
}
