// The keys of the charts of one object.
import { cursorBindings, lineBindings } from '#ui/charts/reading-keys.ts'
import type { Binding } from '#ui/keymap.ts'

export const chartBindings = [
  ...cursorBindings,
  { keys: ['tab', 'down', 'j'], action: 'next', label: 'next chart', footer: 2 },
  { keys: ['shift-tab', 'up', 'k'], action: 'previous', label: 'chart before' },
  { keys: ['enter'], action: 'full', label: 'full', help: 'the chart alone, again all of them', footer: 3 },
  ...lineBindings,
  { keys: ['l'], action: 'logs', label: 'logs', help: 'its logs, as the kubelet has them', footer: 5 },
  {
    keys: ['d'],
    action: 'open',
    label: 'detail',
    help: 'what it is, how it fares and what happened to it',
    footer: 6,
  },
  { keys: ['o'], action: 'pods', label: 'pods', help: 'the pods that run on it, or that it runs', footer: 7 },
] as const satisfies readonly Binding[]
