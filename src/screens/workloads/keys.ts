// The keys of the workloads list.
import {
  type ChartsAction,
  chartsBinding,
  type LogAction,
  logBindings,
  type ObjectAction,
  objectBindings,
} from '#screens/list/keys.ts'
import type { Binding } from '#ui/keymap.ts'

export const workloadBindings: readonly Binding<WorkloadAction>[] = [
  ...objectBindings,
  ...logBindings,
  chartsBinding,
  { keys: ['o'], action: 'pods', label: 'pods', help: 'the pods that it runs', footer: 3 },
]

export type WorkloadAction = ObjectAction | ChartsAction | LogAction | 'pods'
