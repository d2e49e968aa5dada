// The keys that every screen has, after its own.
import type { Binding } from '#ui/keymap.ts'

export const globalBindings = [
  {
    keys: ['/'],
    action: 'filter',
    label: 'filter',
    help: 'show only what contains the text; in a text, go from one place with it to the next',
    footer: 80,
  },
  {
    keys: [':'],
    action: 'command',
    label: 'go',
    help: 'go to a screen or a kind, change context, namespace or range',
    footer: 81,
  },
  { keys: ['?'], action: 'help', label: 'help', help: 'this page', footer: 82 },
  {
    keys: ['esc'],
    action: 'back',
    label: 'back',
    help: 'clear the filter, then one step back',
    footer: 83,
  },
  { keys: ['-'], action: 'last', label: 'last view', help: 'the view before this one' },
  { keys: ['['], action: 'older', label: 'older', help: 'back through the views visited' },
  { keys: [']'], action: 'newer', label: 'newer', help: 'forward through the views visited' },
  { keys: ['0'], action: 'all', label: 'all namespaces' },
  { keys: ['{'], action: 'shorter', label: 'shorter range' },
  { keys: ['}'], action: 'longer', label: 'longer range' },
  { keys: ['<'], action: 'earlier', label: 'earlier', help: 'half a range earlier' },
  { keys: ['>'], action: 'later', label: 'later', help: 'half a range later, until it follows now again' },
  {
    keys: ['ctrl-z'],
    action: 'faults',
    label: 'faults only',
    help: 'show only what is wrong, again shows all',
  },
  {
    keys: ['q'],
    action: 'quit',
    label: 'quit',
    help: 'one step back; from the first view it asks, then leaves',
    footer: 90,
  },
  { keys: ['ctrl-c'], action: 'leave', label: 'leave', help: 'leave at once' },
] as const satisfies readonly Binding[]

export type GlobalAction = (typeof globalBindings)[number]['action']
