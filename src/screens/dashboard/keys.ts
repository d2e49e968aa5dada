// The keys of an open dashboard.
import { cursorBindings, lineBindings } from '#ui/charts/reading-keys.ts'
import type { Binding } from '#ui/keymap.ts'

export const boardBindings = [
  ...cursorBindings,
  { keys: ['tab', 'down', 'j'], action: 'next', label: 'next', help: 'the next panel', footer: 2 },
  { keys: ['shift-tab', 'up', 'k'], action: 'previous', label: 'panel before' },
  { keys: ['pgdn', 'ctrl-f'], action: 'page-down', label: 'page down' },
  { keys: ['pgup', 'ctrl-b'], action: 'page-up', label: 'page up' },
  {
    keys: ['enter'],
    action: 'open',
    label: 'full',
    help: 'the panel alone, again all; a row: open or close it',
    footer: 3,
  },
  {
    keys: ['v'],
    action: 'variables',
    label: 'variables',
    help: 'choose for one variable after the other',
    footer: 4,
  },
  {
    keys: ['w'],
    action: 'earlier',
    label: 'before',
    help: 'the same a day before beside it, then a week, then neither',
    footer: 5,
  },
  ...lineBindings,
] as const satisfies readonly Binding[]

export type BoardAction = (typeof boardBindings)[number]['action']

export const chooserBindings = [
  { keys: ['down', 'j'], action: 'down', label: 'down' },
  { keys: ['up', 'k'], action: 'up', label: 'up' },
  { keys: ['enter'], action: 'take', label: 'take', help: 'take it and go back to the panels', footer: 2 },
  {
    keys: ['space'],
    action: 'mark',
    label: 'mark',
    help: 'in or out, where there may be several',
    footer: 3,
  },
  { keys: ['v', 'tab'], action: 'next', label: 'next variable', footer: 4 },
  { keys: ['esc'], action: 'leave', label: 'panels', help: 'back to the panels', footer: 5 },
] as const satisfies readonly Binding[]

export type ChooserAction = (typeof chooserBindings)[number]['action']
