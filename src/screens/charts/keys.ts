// The keys of the charts of one object.
import type { Binding } from '#ui/keymap.ts'

export const chartBindings = [
  { keys: ['left'], action: 'left', label: 'read', help: 'read the charts out a little earlier', footer: 1 },
  { keys: ['right'], action: 'right', label: 'read later', help: 'read them out a little later' },
  {
    keys: ['ctrl-left', 'home'],
    action: 'far-left',
    label: 'far earlier',
    help: 'a tenth of the range earlier',
  },
  {
    keys: ['ctrl-right', 'end'],
    action: 'far-right',
    label: 'far later',
    help: 'a tenth of the range later',
  },
  { keys: ['space'], action: 'release', label: 'stop reading', help: 'put the reading line away' },
  { keys: ['tab', 'down', 'j'], action: 'next', label: 'next chart', footer: 2 },
  { keys: ['shift-tab', 'up', 'k'], action: 'previous', label: 'chart before' },
  { keys: ['enter'], action: 'full', label: 'full', help: 'the chart alone, again all of them', footer: 3 },
  {
    keys: ['s'],
    action: 'solo',
    label: 'one line',
    help: 'one line of the chart after the other alone, then all',
    footer: 4,
  },
  { keys: ['x'], action: 'hide', label: 'hide', help: 'hide the line that stands alone; again shows all' },
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

export type ChartAction = (typeof chartBindings)[number]['action']
