// What a Flux object says beside its conditions: what it applies from where, what it waits for, what it made, and
// what it did before. Field names: Kustomization v1, HelmRelease v2 and the sources of source.toolkit.fluxcd.io/v1.
import type { KubeObject } from '#model/kube.ts'
import type { Fact } from './facts.ts'
import { type Fields, fields, items, text, time } from './fields.ts'

export const isFlux = (object: KubeObject): boolean =>
  /(^|\.)toolkit\.fluxcd\.io\/|^fluxcd\.controlplane\.io\//.test(object.apiVersion)

export function fluxFacts(object: KubeObject): Fact[] {
  const spec = fields(object.spec)
  const status = fields(object.status)
  const deployed = items(status.history)
    .map(fields)
    .find((one) => one.status === 'deployed')
  const applied =
    text(status.lastAppliedRevision) ?? text(fields(status.artifact).revision) ?? text(deployed?.chartVersion)
  const attempted = text(status.lastAttemptedRevision)
  const facts: (readonly [string, string | undefined])[] = [
    ['suspended', spec.suspend === true ? 'yes: nothing is applied until it is resumed' : undefined],
    ['revision', applied],
    ['attempted', attempted === applied ? undefined : attempted],
    ['source', sourceText(spec)],
    ['path', text(spec.path)],
    ['url', text(spec.url)],
    ...items(spec.dependsOn).map((one) => ['depends on', dependencyText(fields(one))] as const),
    ['interval', text(spec.interval)],
  ]
  return facts.flatMap(([word, value]) => (value === undefined ? [] : [[word, value]]))
}

function sourceText(spec: Fields): string | undefined {
  const chart = fields(fields(spec.chart).spec)
  const ref = fields(spec.sourceRef ?? spec.chartRef ?? chart.sourceRef)
  const name = text(ref.name)
  if (name === undefined) return undefined
  const from = `${text(ref.kind) ?? ''} ${ref.namespace === undefined ? '' : `${text(ref.namespace)}/`}${name}`
  return chart.chart === undefined
    ? from
    : `${text(chart.chart)} ${text(chart.version) ?? ''} from ${from}`.replace('  ', ' ')
}

const dependencyText = ({ namespace, name }: Fields) =>
  `${namespace === undefined ? '' : `${text(namespace)}/`}${text(name) ?? ''}`

/** `Deployment shop/checkout`, from the ids `<namespace>_<name>_<group>_<kind>`: names hold no underscores, save RBAC's, whose colons Flux writes as two. */
export function inventoryOf(object: KubeObject): string[] {
  const entries = items(fields(fields(object.status).inventory).entries)
  return entries.flatMap((entry) => {
    const id = text(fields(entry).id)
    const [, namespace = '', name = '', , kind = ''] = /^([^_]*)_(.+)_([^_]*)_([^_]+)$/.exec(id ?? '') ?? []
    if (id === undefined) return []
    if (kind === '') return [id]
    return [`${kind} ${namespace === '' ? '' : `${namespace}/`}${name.replaceAll('__', ':')}`]
  })
}

export interface PastRelease {
  readonly at: number | undefined
  readonly what: string
  readonly failed: boolean
}

/** Newest first, as Flux keeps it: releases of a HelmRelease, reconciliations of a Kustomization. */
export function historyOf(object: KubeObject): PastRelease[] {
  return items(fields(object.status).history).map((entry) => {
    const one = fields(entry)
    const state = text(one.status) ?? text(one.lastReconciledStatus) ?? ''
    const what = [
      text(one.chartVersion) ?? text(fields(one.metadata).revision) ?? text(one.digest),
      one.appVersion === undefined ? undefined : `app ${text(one.appVersion)}`,
      state,
      text(one.action),
    ]
    return {
      at: time(one.lastDeployed) ?? time(one.lastReconciled),
      what: what.filter((part) => part !== undefined && part !== '').join('  '),
      failed: /fail/i.test(state),
    }
  })
}
