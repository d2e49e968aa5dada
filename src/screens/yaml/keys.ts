// The key of an object's YAML, beside those of every long text.
import type { Binding } from '#ui/keymap.ts'

export const yamlBindings = [
  { keys: ['c'], action: 'copy', label: 'copy', help: 'copy the whole text', footer: 2 },
] as const satisfies readonly Binding[]
