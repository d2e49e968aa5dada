// The columns of workloads, and of what stands beside them: services, config, volumes.
import { age } from '#homelab/kube/age.ts'
import { at, fieldsAt, listAt, named, numberAt, textAt } from '#homelab/kube/json.ts'
import { humanDuration } from '#model/age.ts'
import type { KubeObject } from '#model/kube.ts'
import { AGE, type Column, column, count, NAME, orNone, wide } from './column.ts'
import { selectorText } from './selector-text.ts'

const template = (object: KubeObject) =>
  listAt(object, 'spec', 'template', 'spec', 'containers').map((one) => one)
const containers = (object: KubeObject) =>
  template(object)
    .map((one) => textAt(one, 'name'))
    .join(',')
const images = (object: KubeObject) =>
  template(object)
    .map((one) => textAt(one, 'image'))
    .join(',')

const selector = wide('Selector', (object) => selectorText(at(object, 'spec', 'selector')))
const templates = [wide('Containers', containers), wide('Images', images)]
const number =
  (...path: string[]) =>
  (object: KubeObject) =>
    numberAt(object, ...path)
const text =
  (...path: string[]) =>
  (object: KubeObject) =>
    textAt(object, ...path)
const readyOf = (object: KubeObject) =>
  `${numberAt(object, 'status', 'readyReplicas')}/${numberAt(object, 'spec', 'replicas')}`

/** The job that a CronJob makes, as the object that it will be. */
const jobTemplate = (job: KubeObject): KubeObject => ({
  ...job,
  spec: at(job, 'spec', 'jobTemplate', 'spec'),
})

const jobStatus = (job: KubeObject) => {
  const conditions = listAt(job, 'status', 'conditions')
  if (named(conditions, 'Complete', 'type')?.status === 'True') return 'Complete'
  if (named(conditions, 'Failed', 'type')?.status === 'True') return 'Failed'
  return at(job, 'spec', 'suspend') === true ? 'Suspended' : 'Running'
}

const jobDuration = (job: KubeObject, now: number) => {
  const start = Date.parse(textAt(job, 'status', 'startTime'))
  if (Number.isNaN(start)) return ''
  const end = Date.parse(textAt(job, 'status', 'completionTime'))
  return humanDuration(Math.max(0, (Number.isNaN(end) ? now : end) - start))
}

const servicePorts = (service: KubeObject) =>
  orNone(
    listAt(service, 'spec', 'ports')
      .map(
        (port) =>
          `${port.port}${port.nodePort ? `:${port.nodePort}` : ''}/${textAt(port, 'protocol') || 'TCP'}`,
      )
      .join(','),
  )

const external = (service: KubeObject) => {
  const ingress = listAt(service, 'status', 'loadBalancer', 'ingress').map(
    (one) => textAt(one, 'ip') || textAt(one, 'hostname'),
  )
  if (ingress.length > 0) return ingress.join(',')
  if (textAt(service, 'spec', 'type') === 'LoadBalancer') return '<pending>'
  return orNone(textAt(service, 'spec', 'externalName'))
}

const capacity = (...path: string[]) => text(...path, 'storage')
const modes = (claim: KubeObject) => {
  const found = at(claim, 'spec', 'accessModes')
  const short: Readonly<Record<string, string>> = {
    ReadWriteOnce: 'RWO',
    ReadOnlyMany: 'ROX',
    ReadWriteMany: 'RWX',
    ReadWriteOncePod: 'RWOP',
  }
  return Array.isArray(found) ? found.map((mode) => short[String(mode)] ?? String(mode)).join(',') : ''
}
const attributesClass = column(
  'VolumeAttributesClass',
  (volume) => textAt(volume, 'spec', 'volumeAttributesClassName') || '<unset>',
)
const volumeMode = wide('VolumeMode', (volume) => textAt(volume, 'spec', 'volumeMode') || '<unset>')

const size = (field: string) => (object: KubeObject) => Object.keys(fieldsAt(object, field)).length

/** By kind; kinds without an entry get Name and Age. */
export const WORKLOAD_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  Deployment: [
    NAME,
    column('Ready', readyOf),
    column('Up-to-date', number('status', 'updatedReplicas')),
    column('Available', number('status', 'availableReplicas')),
    AGE,
    ...templates,
    selector,
  ],
  StatefulSet: [NAME, column('Ready', readyOf), AGE, ...templates],
  ReplicaSet: [
    NAME,
    count('Desired', number('spec', 'replicas')),
    count('Current', number('status', 'replicas')),
    count('Ready', number('status', 'readyReplicas')),
    AGE,
    ...templates,
    selector,
  ],
  ReplicationController: [
    NAME,
    count('Desired', number('spec', 'replicas')),
    count('Current', number('status', 'replicas')),
    count('Ready', number('status', 'readyReplicas')),
    AGE,
    ...templates,
    selector,
  ],
  DaemonSet: [
    NAME,
    count('Desired', number('status', 'desiredNumberScheduled')),
    count('Current', number('status', 'currentNumberScheduled')),
    count('Ready', number('status', 'numberReady')),
    count('Up-to-date', number('status', 'updatedNumberScheduled')),
    count('Available', number('status', 'numberAvailable')),
    column('Node Selector', (set) => selectorText(at(set, 'spec', 'template', 'spec', 'nodeSelector'))),
    AGE,
    ...templates,
    selector,
  ],
  Job: [
    NAME,
    column('Status', jobStatus),
    column(
      'Completions',
      (job) => `${numberAt(job, 'status', 'succeeded')}/${at(job, 'spec', 'completions') ?? 1}`,
    ),
    column('Duration', jobDuration),
    AGE,
    ...templates,
    selector,
  ],
  CronJob: [
    NAME,
    column('Schedule', text('spec', 'schedule')),
    column('Timezone', (job) => orNone(textAt(job, 'spec', 'timeZone'))),
    column('Suspend', (job) => (at(job, 'spec', 'suspend') === true ? 'True' : 'False'), { type: 'boolean' }),
    count('Active', (job) => listAt(job, 'status', 'active').length),
    column('Last Schedule', (job, now) =>
      at(job, 'status', 'lastScheduleTime') ? age(at(job, 'status', 'lastScheduleTime'), now) : '<none>',
    ),
    AGE,
    wide('Containers', (job) => containers(jobTemplate(job))),
    wide('Images', (job) => images(jobTemplate(job))),
    wide('Selector', (job) => selectorText(at(jobTemplate(job), 'spec', 'selector'))),
  ],
  Service: [
    NAME,
    column('Type', text('spec', 'type')),
    column('Cluster-IP', (service) => orNone(textAt(service, 'spec', 'clusterIP'))),
    column('External-IP', external),
    column('Port(s)', servicePorts),
    AGE,
    selector,
  ],
  Namespace: [NAME, column('Status', text('status', 'phase')), AGE],
  // A number, in a column that says otherwise.
  ConfigMap: [NAME, column('Data', size('data')), AGE],
  Secret: [NAME, column('Type', text('type')), column('Data', size('data')), AGE],
  PersistentVolumeClaim: [
    NAME,
    column('Status', text('status', 'phase')),
    column('Volume', text('spec', 'volumeName')),
    column('Capacity', capacity('status', 'capacity')),
    column('Access Modes', modes),
    column('StorageClass', text('spec', 'storageClassName')),
    attributesClass,
    AGE,
    volumeMode,
  ],
  PersistentVolume: [
    NAME,
    column('Capacity', capacity('spec', 'capacity')),
    column('Access Modes', modes),
    column('Reclaim Policy', text('spec', 'persistentVolumeReclaimPolicy')),
    column('Status', text('status', 'phase')),
    column('Claim', (volume) =>
      at(volume, 'spec', 'claimRef')
        ? `${textAt(volume, 'spec', 'claimRef', 'namespace')}/${textAt(volume, 'spec', 'claimRef', 'name')}`
        : '',
    ),
    column('StorageClass', text('spec', 'storageClassName')),
    attributesClass,
    column('Reason', text('status', 'reason')),
    AGE,
    volumeMode,
  ],
  StorageClass: [
    NAME,
    column('Provisioner', text('provisioner')),
    column('ReclaimPolicy', text('reclaimPolicy')),
    column('VolumeBindingMode', text('volumeBindingMode')),
    column('AllowVolumeExpansion', (one) => one.allowVolumeExpansion === true),
    AGE,
  ],
  CustomResourceDefinition: [
    NAME,
    column('Created At', (one) => one.metadata.creationTimestamp ?? '', { type: 'date' }),
  ],
}
