// The keys of the log view.
import type { Binding } from '#ui/keymap.ts'

export const logViewBindings = [
  { keys: ['s', 'F'], action: 'follow', label: 'follow', help: 'stay at the end, or stop there', footer: 1 },
  {
    keys: ['e'],
    action: 'next-error',
    label: 'error',
    help: 'the next line that speaks of an error',
    footer: 2,
  },
  { keys: ['E'], action: 'previous-error', label: 'error before', help: 'the error before' },
  {
    keys: ['t'],
    action: 'times',
    label: 'times',
    help: 'the times in front, or each line as it was written',
    footer: 3,
  },
  {
    keys: ['p'],
    action: 'before',
    label: 'previous',
    help: 'the logs before the last restart, or those of now',
    footer: 4,
  },
  {
    keys: ['tab'],
    action: 'container',
    label: 'container',
    help: 'one container after the other, then all of them again',
    footer: 5,
  },
  { keys: ['1'], action: 'tail', label: 'tail', help: 'the last lines, however old' },
  {
    keys: ['2', '3', '4', '5', '6'],
    action: 'since',
    label: 'since',
    help: 'only the last 1m, 5m, 15m, 30m, 1h',
  },
  {
    keys: ['c'],
    action: 'copy',
    label: 'copy',
    help: 'copy all lines, those of the chosen container where one is chosen',
  },
] as const satisfies readonly Binding[]

export type LogViewAction = (typeof logViewBindings)[number]['action']
