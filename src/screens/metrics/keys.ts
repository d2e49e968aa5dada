// The keys of the explorer: of its results, of the line that is typed, and of the list of metrics.
import { cursorBindings, lineBindings } from '#ui/charts/reading-keys.ts'
import type { Binding } from '#ui/keymap.ts'

export const resultBindings = [
  { keys: ['e', 'enter'], action: 'open', label: 'edit', help: 'type into the query', footer: 0 },
  { keys: ['a'], action: 'add', label: 'add', help: 'one more query beside the others', footer: 2 },
  {
    keys: ['b'],
    action: 'browse',
    label: 'browse',
    help: 'all metrics, to ask for one beside the others',
    footer: 3,
  },
  { keys: ['t'], action: 'view', label: 'table/chart', help: 'a table of now, again the chart', footer: 3 },
  { keys: ['tab'], action: 'next', label: 'next query' },
  { keys: ['shift-tab'], action: 'previous', label: 'query before' },
  { keys: ['X', 'delete'], action: 'remove', label: 'remove', help: 'put the query away' },
  { keys: ['c'], action: 'copy', label: 'copy', help: 'copy the query', footer: 6 },
] as const satisfies readonly Binding[]

export const readBindings = [...cursorBindings, ...lineBindings] as const satisfies readonly Binding[]

const editBindings = [
  { keys: ['left'], action: 'left', label: 'left' },
  { keys: ['right'], action: 'right', label: 'right' },
  { keys: ['ctrl-left'], action: 'word-left', label: 'word left' },
  { keys: ['ctrl-right'], action: 'word-right', label: 'word right' },
  { keys: ['home', 'ctrl-a'], action: 'start', label: 'start' },
  { keys: ['end', 'ctrl-e'], action: 'end', label: 'end' },
  { keys: ['backspace', 'ctrl-h'], action: 'backspace', label: 'delete', help: 'delete before the cursor' },
  { keys: ['delete', 'ctrl-d'], action: 'delete', label: 'delete under', help: 'delete under the cursor' },
  {
    keys: ['ctrl-w'],
    action: 'delete-word',
    label: 'delete word',
    help: 'delete the word before the cursor',
  },
  { keys: ['ctrl-u'], action: 'clear', label: 'clear', help: 'delete all before the cursor' },
  { keys: ['ctrl-k'], action: 'delete-rest', label: 'delete rest', help: 'delete all from the cursor on' },
] as const satisfies readonly Binding[]

export const typingBindings = [
  {
    keys: ['enter'],
    action: 'run',
    label: 'run',
    help: 'ask Prometheus; an empty line is put away',
    footer: 0,
  },
  {
    keys: ['tab'],
    action: 'take',
    label: 'complete',
    help: 'put in what is offered first, or picked',
    footer: 1,
  },
  { keys: ['ctrl-n'], action: 'pick', label: 'pick', help: 'pick the next offer', footer: 2 },
  { keys: ['ctrl-p'], action: 'unpick', label: 'pick before', help: 'pick the offer before' },
  { keys: ['up'], action: 'older', label: 'history', help: 'what was asked before', footer: 3 },
  { keys: ['down'], action: 'newer', label: 'newer', help: 'what was asked after that' },
  { keys: ['ctrl-l'], action: 'browse', label: 'browse', help: 'all metrics, to put one in here', footer: 4 },
  {
    keys: ['esc'],
    action: 'stop',
    label: 'leave',
    help: 'stop typing; the query stays as it was',
    footer: 5,
  },
  ...editBindings,
] as const satisfies readonly Binding[]

export const browsingBindings = [
  {
    keys: ['enter', 'tab'],
    action: 'take',
    label: 'put in',
    help: 'put the metric into the query',
    footer: 0,
  },
  { keys: ['down', 'ctrl-n'], action: 'down', label: 'down', footer: 1 },
  { keys: ['up', 'ctrl-p'], action: 'up', label: 'up', footer: 2 },
  { keys: ['pgdn'], action: 'page-down', label: 'page down' },
  { keys: ['pgup'], action: 'page-up', label: 'page up' },
  { keys: ['esc'], action: 'stop', label: 'leave', help: 'back to the query', footer: 3 },
  ...editBindings,
] as const satisfies readonly Binding[]

export type EditAction = (typeof editBindings)[number]['action']
export const editActions: readonly EditAction[] = editBindings.map(({ action }) => action)
