// The keys of every long text: those of less, and n/N for what was searched.
import type { Binding } from '#ui/keymap.ts'

export const pagerBindings = [
  { keys: ['up', 'k'], action: 'up', label: 'up', help: 'a line up' },
  { keys: ['down', 'j'], action: 'down', label: 'down', help: 'a line down' },
  { keys: ['pgup', 'ctrl-b', 'b'], action: 'page-up', label: 'page up', help: 'a page up' },
  { keys: ['pgdn', 'ctrl-f', 'space'], action: 'page-down', label: 'page down', help: 'a page down' },
  { keys: ['ctrl-u'], action: 'half-up', label: 'half up', help: 'half a page up' },
  { keys: ['ctrl-d'], action: 'half-down', label: 'half down', help: 'half a page down' },
  { keys: ['home', 'g'], action: 'first', label: 'start', help: 'to the start' },
  { keys: ['end', 'G'], action: 'last', label: 'end', help: 'to the end; where the text grows, stay there' },
  {
    keys: ['n'],
    action: 'next',
    label: 'next',
    help: 'the next line that has the text that / searches',
  },
  { keys: ['N'], action: 'previous', label: 'previous', help: 'the one before' },
  { keys: ['w'], action: 'wrap', label: 'wrap', help: 'long lines broken or cut', footer: 41 },
] as const satisfies readonly Binding[]
