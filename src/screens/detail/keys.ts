// The keys of the detail: what a kind has no use for is not offered.
import { chartsBinding } from '#screens/list/keys.ts'
import type { Binding } from '#ui/keymap.ts'

const logs = [
  { keys: ['l'], action: 'logs', label: 'logs', help: 'its logs, as the kubelet has them', footer: 1 },
  { keys: ['p'], action: 'previous', label: 'previous', help: 'the logs before its last restart' },
] as const satisfies readonly Binding[]

const node = [
  { keys: ['o'], action: 'node', label: 'node', help: 'the node that it runs on' },
] as const satisfies readonly Binding[]

const pods = [
  { keys: ['o'], action: 'pods', label: 'pods', help: 'the pods that it runs', footer: 3 },
] as const satisfies readonly Binding[]

const measured = [chartsBinding] as const

const all = [
  { keys: ['y'], action: 'yaml', label: 'yaml', help: 'the object as YAML', footer: 2 },
  {
    keys: ['J'],
    action: 'owner',
    label: 'owner',
    help: 'what it belongs to; again goes on to the owner of that',
    footer: 4,
  },
  { keys: ['c'], action: 'copy', label: 'copy', help: 'copy the name' },
] as const satisfies readonly Binding[]

export type DetailAction = (
  | typeof logs
  | typeof node
  | typeof pods
  | typeof measured
  | typeof all
)[number]['action']

export const podBindings: readonly Binding<DetailAction>[] = [...logs, ...node, ...measured, ...all]
const runnerBindings: readonly Binding<DetailAction>[] = [...logs, ...pods, ...measured, ...all]
const replicaSetBindings: readonly Binding<DetailAction>[] = [...pods, ...measured, ...all]
/** Nothing owns a node. */
const nodeBindings = replicaSetBindings.filter(({ action }) => action !== 'owner')
const plainBindings: readonly Binding<DetailAction>[] = all

const byKind: Readonly<Record<string, readonly Binding<DetailAction>[]>> = {
  Pod: podBindings,
  Deployment: runnerBindings,
  StatefulSet: runnerBindings,
  DaemonSet: runnerBindings,
  Job: runnerBindings,
  CronJob: runnerBindings,
  ReplicaSet: replicaSetBindings,
  Node: nodeBindings,
}

export const detailBindings = (kind: string): readonly Binding<DetailAction>[] =>
  byKind[kind] ?? plainBindings
