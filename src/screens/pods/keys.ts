// The keys of the pods list.
import {
  type ChartsAction,
  chartsBinding,
  type LogAction,
  logBindings,
  type ObjectAction,
  objectBindings,
} from '#screens/list/keys.ts'
import type { Binding } from '#ui/keymap.ts'

export const podBindings: readonly Binding<PodAction>[] = [
  ...objectBindings,
  ...logBindings,
  chartsBinding,
  { keys: ['J'], action: 'owner', label: 'owner', help: 'the workload that it belongs to', footer: 3 },
  { keys: ['o'], action: 'node', label: 'node', help: 'the node that it runs on' },
]

export type PodAction = ObjectAction | ChartsAction | LogAction | 'owner' | 'node'
