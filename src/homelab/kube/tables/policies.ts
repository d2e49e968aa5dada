// The columns of what steers workloads and leads to them: autoscalers, budgets, ingresses, endpoints.
import { at, fieldsAt, listAt, numberAt, textAt } from '#homelab/kube/json.ts'
import type { KubeObject } from '#model/kube.ts'
import { AGE, type Column, column, count, NAME, orNone } from './column.ts'

/** `cpu: 41%/80%`, as the API server writes the metrics of an autoscaler. */
function targets(autoscaler: KubeObject): string {
  const current = listAt(autoscaler, 'status', 'currentMetrics')
  const parts = listAt(autoscaler, 'spec', 'metrics').map((metric) => {
    if (metric.type !== 'Resource') return '<unknown>'
    const name = textAt(metric, 'resource', 'name')
    const now = current.find((one) => textAt(one, 'resource', 'name') === name)
    const wanted = at(metric, 'resource', 'target', 'averageUtilization')
    if (wanted === undefined) {
      const value = textAt(now, 'resource', 'current', 'averageValue') || '<unknown>'
      return `${name}: ${value}/${textAt(metric, 'resource', 'target', 'averageValue')}`
    }
    const used = at(now, 'resource', 'current', 'averageUtilization')
    return `${name}: ${used === undefined ? '<unknown>' : `${used}%`}/${wanted}%`
  })
  return orNone(parts.join(', '))
}

function reference(autoscaler: KubeObject): string {
  const target = fieldsAt(autoscaler, 'spec', 'scaleTargetRef')
  return `${textAt(target, 'kind')}/${textAt(target, 'name')}`
}

function addresses(ingress: KubeObject): string {
  return listAt(ingress, 'status', 'loadBalancer', 'ingress')
    .map((one) => textAt(one, 'ip') || textAt(one, 'hostname'))
    .join(',')
}

function hosts(ingress: KubeObject): string {
  const names = listAt(ingress, 'spec', 'rules').map((rule) => textAt(rule, 'host'))
  return names.filter(Boolean).join(',') || '*'
}

/** Three addresses and how many more there are. */
function endpoints(object: KubeObject): string {
  const all = listAt(object, 'subsets').flatMap((subset) =>
    listAt(subset, 'ports').flatMap((port) =>
      listAt(subset, 'addresses').map((address) => `${textAt(address, 'ip')}:${port.port}`),
    ),
  )
  const shown = all.slice(0, 3).join(',')
  return orNone(all.length > 3 ? `${shown} + ${all.length - 3} more...` : shown)
}

const orNA = (value: unknown) => (value === undefined ? 'N/A' : String(value))

export const POLICY_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  HorizontalPodAutoscaler: [
    NAME,
    column('Reference', reference),
    column('Targets', targets),
    column('MinPods', (one) => String(at(one, 'spec', 'minReplicas') ?? '<unset>')),
    column('MaxPods', (one) => numberAt(one, 'spec', 'maxReplicas')),
    column('Replicas', (one) => numberAt(one, 'status', 'currentReplicas')),
    AGE,
  ],
  PodDisruptionBudget: [
    NAME,
    column('Min Available', (one) => orNA(at(one, 'spec', 'minAvailable'))),
    column('Max Unavailable', (one) => orNA(at(one, 'spec', 'maxUnavailable'))),
    count('Allowed Disruptions', (one) => numberAt(one, 'status', 'disruptionsAllowed')),
    AGE,
  ],
  Ingress: [
    NAME,
    column('Class', (one) => orNone(textAt(one, 'spec', 'ingressClassName'))),
    column('Hosts', hosts),
    column('Address', addresses),
    column('Ports', (one) => (listAt(one, 'spec', 'tls').length > 0 ? '80, 443' : '80')),
    AGE,
  ],
  Endpoints: [NAME, column('Endpoints', endpoints), AGE],
}
