// The keys of the charts of one object.
import { cursorBindings, lineBindings } from '#ui/charts/reading-keys.ts'
import type { Binding } from '#ui/keymap.ts'

export const chartBindings = [
  ...cursorBindings,
  { keys: ['tab', 'down', 'j'], action: 'next', label: 'next chart', footer: 2 },
  { keys: ['shift-tab', 'up', 'k'], action: 'previous', label: 'chart before' },
  { keys: ['enter'], action: 'full', label: 'full', help: 'the chart alone, again all of them', footer: 3 },
  ...lineBindings,
  {
    keys: ['l'],
    action: 'logs',
    label: 'logs',
    help: 'its logs, as the kubelet has them, at the moment that is read out',
    footer: 5,
  },
  {
    keys: ['h'],
    action: 'changes',
    label: 'changes',
    help: 'what Flux and others changed, around the moment that is read out',
    footer: 6,
  },
  {
    keys: ['d'],
    action: 'open',
    label: 'detail',
    help: 'what it is, how it fares and what happened to it',
    footer: 7,
  },
  { keys: ['o'], action: 'pods', label: 'pods', help: 'the pods that run on it, or that it runs', footer: 8 },
] as const satisfies readonly Binding[]
