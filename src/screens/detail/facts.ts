// The few things that are asked first of a kind, as pairs of a word and its value: nothing where it is not known.
import type { KubeObject } from '#model/kube.ts'
import { parseQuantity } from '#model/quantity.ts'
import { bytes, cores } from '#ui/format.ts'
import { type Fields, fields, items, text } from './fields.ts'

export type Fact = readonly [word: string, value: string]

/** CPU cores and memory bytes. */
export interface Used {
  readonly cpu?: number
  readonly memory?: number
}

export function factsOf(object: KubeObject, used: Used | undefined): Fact[] {
  const spec = fields(object.spec)
  const status = fields(object.status)
  const facts: (readonly [string, string | undefined])[] = [
    ...(factsByKind[object.kind]?.(spec, status) ?? []),
    ['uses', usedText(used)],
  ]
  return facts.flatMap(([word, value]) => (value === undefined || value === '' ? [] : [[word, value]]))
}

type Maybe = readonly [word: string, value: string | undefined]

const replicated = (spec: Fields, status: Fields): Maybe[] => [
  [
    'replicas',
    joined([
      `${text(status.readyReplicas) ?? 0} of ${text(spec.replicas) ?? 1} ready`,
      counted(status.updatedReplicas, 'updated'),
      counted(status.availableReplicas, 'available'),
      counted(status.unavailableReplicas, 'unavailable'),
    ]),
  ],
  ['rollout', spec.paused === true ? 'paused' : text(fields(spec.strategy ?? spec.updateStrategy).type)],
  ['selects', labelsText(fields(spec.selector).matchLabels)],
]

const factsByKind: Readonly<Record<string, (spec: Fields, status: Fields) => Maybe[]>> = {
  Pod: (spec, status) => [
    ['node', text(spec.nodeName)],
    ['ip', text(status.podIP)],
    ['qos', text(status.qosClass)],
    ['account', text(spec.serviceAccountName)],
  ],
  Deployment: replicated,
  StatefulSet: replicated,
  ReplicaSet: replicated,
  DaemonSet: (spec, status) => [
    [
      'pods',
      joined([
        `${text(status.numberReady) ?? 0} of ${text(status.desiredNumberScheduled) ?? 0} ready`,
        counted(status.updatedNumberScheduled, 'updated'),
        counted(status.numberUnavailable, 'unavailable'),
      ]),
    ],
    ['selects', labelsText(fields(spec.selector).matchLabels)],
  ],
  Job: (spec, status) => [
    [
      'pods',
      joined([
        `${text(status.succeeded) ?? 0} of ${text(spec.completions) ?? 1} done`,
        counted(status.active, 'active'),
        counted(status.failed, 'failed'),
      ]),
    ],
  ],
  CronJob: (spec, status) => [
    ['schedule', joined([text(spec.schedule), spec.suspend === true ? 'suspended' : undefined])],
    ['last run', text(status.lastScheduleTime)],
    ['last success', text(status.lastSuccessfulTime)],
  ],
  Node: nodeFacts,
}

function nodeFacts(spec: Fields, status: Fields): Maybe[] {
  const info = fields(status.nodeInfo)
  const [capacity, free] = [fields(status.capacity), fields(status.allocatable)]
  const share = (word: string, name: string, format: (value: number) => string): Maybe => {
    const [all, given] = [amount(capacity[name]), amount(free[name])]
    if (all === undefined || given === undefined) return [word, undefined]
    return [word, `${format(given)} for pods, of ${format(all)}`]
  }
  return [
    ['pods', text(free.pods) && `${text(free.pods)} at most`],
    share('cpu', 'cpu', cores),
    share('memory', 'memory', bytes),
    share('disk', 'ephemeral-storage', bytes),
    ['scheduling', spec.unschedulable === true ? 'off: the node is cordoned' : undefined],
    ...items(spec.taints).map((one): Maybe => ['taint', taintText(fields(one))]),
    ['address', joined(items(status.addresses).map((one) => addressText(fields(one))))],
    ['kubelet', joined([text(info.kubeletVersion), text(info.containerRuntimeVersion)])],
    ['system', joined([text(info.osImage), text(info.kernelVersion), text(info.architecture)])],
  ]
}

const joined = (parts: readonly (string | undefined)[]) =>
  parts.filter((part) => part !== undefined && part !== '').join('  ')
const counted = (value: unknown, word: string) =>
  text(value) === undefined || value === 0 ? undefined : `${text(value)} ${word}`
const amount = (value: unknown) => parseQuantity(text(value) ?? '')
const taintText = ({ key, value, effect }: Fields) =>
  `${text(key) ?? ''}${value === undefined ? '' : `=${text(value)}`}:${text(effect) ?? ''}`
const addressText = ({ type, address }: Fields) => `${text(address) ?? ''} (${text(type) ?? ''})`
const labelsText = (labels: unknown) =>
  Object.entries(fields(labels))
    .map(([key, value]) => `${key}=${text(value) ?? ''}`)
    .join(', ')

function usedText(used: Used | undefined): string | undefined {
  if (used === undefined) return undefined
  const cpu = used.cpu === undefined ? undefined : `cpu ${cores(used.cpu)}`
  return joined([cpu, used.memory === undefined ? undefined : `memory ${bytes(used.memory)}`])
}
