// The columns of what is looked at less often: rights, quotas, storage drivers, leases, webhooks.
import { at, type Fields, fieldsAt, listAt, numberAt, textAt } from '#homelab/kube/json.ts'
import type { KubeObject } from '#model/kube.ts'
import { AGE, type Column, column, count, NAME, orNone, wide } from './column.ts'
import { selectorText } from './selector-text.ts'

const CREATED = column('Created At', (one) => one.metadata.creationTimestamp ?? '', { type: 'date' })

const text =
  (...path: string[]) =>
  (object: KubeObject) =>
    textAt(object, ...path)

const flag = (name: string, ...path: string[]) =>
  column(name, (object) => at(object, ...path) === true, { type: 'boolean' })

/** `ClusterRole/admin`. */
const role = column('Role', (one) => `${textAt(one, 'roleRef', 'kind')}/${textAt(one, 'roleRef', 'name')}`)

const subjects = (kind: string, name: (subject: Fields) => string) => (binding: KubeObject) =>
  listAt(binding, 'subjects')
    .filter((subject) => subject.kind === kind)
    .map(name)
    .join(', ')

const nameOf = (subject: Fields) => textAt(subject, 'name')

const BINDING: readonly Column[] = [
  NAME,
  role,
  AGE,
  wide('Users', subjects('User', nameOf)),
  wide('Groups', subjects('Group', nameOf)),
  wide(
    'ServiceAccounts',
    subjects('ServiceAccount', (subject) => `${textAt(subject, 'namespace')}/${nameOf(subject)}`),
  ),
]

const WEBHOOKS: readonly Column[] = [NAME, count('Webhooks', (one) => listAt(one, 'webhooks').length), AGE]

/** `requests.cpu: 1/2, pods: 3/10`: used and allowed, of requests or of limits. */
const quota = (limits: boolean) => (one: KubeObject) =>
  Object.entries(fieldsAt(one, 'status', 'hard'))
    .filter(([name]) => name.startsWith('limits.') === limits)
    .map(([name, hard]) => `${name}: ${String(at(one, 'status', 'used', name) ?? 0)}/${String(hard)}`)
    .sort()
    .join(', ')

const owner = (one: KubeObject) => {
  const controller = one.metadata.ownerReferences?.find((reference) => reference.controller)
  if (!controller) return '<none>'
  const group = controller.apiVersion.split('/')[0]
  const kind = controller.kind.toLowerCase()
  return `${kind}${controller.apiVersion.includes('/') ? `.${group}` : ''}/${controller.name}`
}

const first = (values: readonly string[]) =>
  values.length > 3 ? `${values.slice(0, 3).join(',')} + ${values.length - 3} more...` : values.join(',')

const addresses = (slice: KubeObject) =>
  listAt(slice, 'endpoints').flatMap((one) => (Array.isArray(one.addresses) ? one.addresses.map(String) : []))

const available = (service: KubeObject) => {
  const condition = listAt(service, 'status', 'conditions').find(({ type }) => type === 'Available')
  if (!condition) return 'Unknown'
  return condition.status === 'True' ? 'True' : `${condition.status} (${condition.reason})`
}

const aggregated = (one: KubeObject) => {
  const name = textAt(one, 'spec', 'service', 'name')
  return name ? `${textAt(one, 'spec', 'service', 'namespace')}/${name}` : 'Local'
}

const parameters = (one: KubeObject) => {
  const given = fieldsAt(one, 'spec', 'parameters')
  if (!given.name) return '<none>'
  return `${given.kind}${given.apiGroup ? `.${given.apiGroup}` : ''}/${given.name}`
}

export const OTHER_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  APIService: [NAME, column('Service', aggregated), column('Available', available), AGE],
  CSIDriver: [
    NAME,
    flag('AttachRequired', 'spec', 'attachRequired'),
    flag('PodInfoOnMount', 'spec', 'podInfoOnMount'),
    flag('StorageCapacity', 'spec', 'storageCapacity'),
    column(
      'TokenRequests',
      (one) =>
        first(listAt(one, 'spec', 'tokenRequests').map((request) => textAt(request, 'audience'))) ||
        '<unset>',
    ),
    flag('RequiresRepublish', 'spec', 'requiresRepublish'),
    column('Modes', (one) => {
      const modes = at(one, 'spec', 'volumeLifecycleModes')
      return orNone(Array.isArray(modes) ? modes.join(',') : '')
    }),
    AGE,
  ],
  CSINode: [NAME, count('Drivers', (one) => listAt(one, 'spec', 'drivers').length), AGE],
  ClusterRole: [NAME, CREATED],
  ClusterRoleBinding: BINDING,
  ControllerRevision: [
    NAME,
    column('Controller', owner),
    column('Revision', (one) => numberAt(one, 'revision')),
    AGE,
  ],
  EndpointSlice: [
    NAME,
    column('AddressType', text('addressType')),
    column('Ports', (one) => first(listAt(one, 'ports').map(({ port }) => String(port ?? '*'))) || '<unset>'),
    column('Endpoints', (one) => first(addresses(one)) || '<unset>'),
    AGE,
  ],
  IngressClass: [
    NAME,
    column('Controller', text('spec', 'controller')),
    column('Parameters', parameters),
    AGE,
  ],
  Lease: [NAME, column('Holder', text('spec', 'holderIdentity')), AGE],
  LimitRange: [NAME, CREATED],
  MutatingWebhookConfiguration: WEBHOOKS,
  NetworkPolicy: [NAME, column('Pod-Selector', (one) => selectorText(at(one, 'spec', 'podSelector'))), AGE],
  PriorityClass: [
    NAME,
    count('Value', (one) => numberAt(one, 'value')),
    flag('Global-Default', 'globalDefault'),
    AGE,
    column('PreemptionPolicy', text('preemptionPolicy')),
  ],
  ResourceQuota: [NAME, column('Request', quota(false)), column('Limit', quota(true)), AGE],
  Role: [NAME, CREATED],
  RoleBinding: BINDING,
  ValidatingWebhookConfiguration: WEBHOOKS,
  VolumeAttachment: [
    NAME,
    column('Attacher', text('spec', 'attacher'), { format: 'name' }),
    column('PV', text('spec', 'source', 'persistentVolumeName')),
    column('Node', text('spec', 'nodeName')),
    flag('Attached', 'status', 'attached'),
    AGE,
  ],
}
