// The keys of the nodes list.
import { type ChartsAction, chartsBinding, type ObjectAction, objectBindings } from '#screens/list/keys.ts'
import type { Binding } from '#ui/keymap.ts'

export const nodeBindings: readonly Binding<NodeAction>[] = [
  ...objectBindings,
  chartsBinding,
  {
    keys: ['ctrl-w'],
    action: 'wide',
    label: 'wide',
    help: 'what they are (roles, kubelet, system, address) instead of their figures, again turns back',
    footer: 91,
  },
  { keys: ['p', 'o'], action: 'pods', label: 'pods', help: 'the pods that run on it', footer: 2 },
]

export type NodeAction = ObjectAction | ChartsAction | 'pods' | 'wide'
