// The Overview's keys.
import type { Binding } from '#ui/keymap.ts'

export const overviewBindings = [
  { keys: ['enter'], action: 'open', label: 'open', help: 'open what the line speaks of', footer: 1 },
  { keys: ['l'], action: 'logs', label: 'logs', help: 'its logs', footer: 2 },
  { keys: ['m'], action: 'charts', label: 'metrics', help: 'its charts over the range', footer: 3 },
  { keys: ['tab'], action: 'next-pane', label: 'next pane', footer: 4 },
  { keys: ['shift-tab'], action: 'previous-pane', label: 'previous pane' },
  { keys: ['c'], action: 'copy', label: 'copy', help: 'copy its name', footer: 5 },
  { keys: ['down', 'j'], action: 'down', label: 'down' },
  { keys: ['up', 'k'], action: 'up', label: 'up' },
  { keys: ['home', 'g'], action: 'first', label: 'first' },
  { keys: ['end', 'G'], action: 'last', label: 'last' },
] as const satisfies readonly Binding[]
