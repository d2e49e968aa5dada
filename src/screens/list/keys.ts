// The keys that lead on from a row of any list, as in k9s.
import type { ObjectRef } from '#model/kube.ts'
import { detailOf, logsOf } from '#screens/places.ts'
import type { ScreenProps } from '#screens/screen.ts'
import type { Binding } from '#ui/keymap.ts'
import type { TableKeys } from '#ui/Table.tsx'

export const objectBindings = [
  {
    keys: ['enter', 'd'],
    action: 'open',
    label: 'open',
    help: 'what it is, how it fares and what happened to it',
    footer: 1,
  },
  { keys: ['y'], action: 'yaml', label: 'yaml', help: 'the object as YAML', footer: 30 },
  { keys: ['c'], action: 'copy', label: 'copy', help: 'copy the name, or the names of all that are marked' },
  { keys: ['n'], action: 'copy-namespace', label: 'copy namespace', help: 'copy the namespace' },
] as const satisfies readonly Binding[]

export type ObjectAction = (typeof objectBindings)[number]['action']

export const logBindings = [
  { keys: ['l'], action: 'logs', label: 'logs', help: 'its logs, as the kubelet has them', footer: 2 },
  { keys: ['p'], action: 'previous', label: 'previous', help: 'the logs before its last restart' },
] as const satisfies readonly Binding[]

export const chartsBinding = {
  keys: ['m'],
  action: 'charts',
  label: 'metrics',
  help: 'what it used over the range, against its limits',
  footer: 3,
} as const satisfies Binding

export type ChartsAction = (typeof chartsBinding)['action']

export type LogAction = (typeof logBindings)[number]['action']

/** Runs one of the actions above on `ref`; copying takes all of `marked`. */
export function actOn(
  { go, copy }: ScreenProps,
  action: ObjectAction | LogAction | ChartsAction,
  ref: ObjectRef,
  marked: readonly ObjectRef[] = [ref],
): void {
  const lines = (words: readonly string[]) => [...new Set(words)].join('\n')
  switch (action) {
    case 'open':
      go('detail', detailOf(ref).args)
      return
    case 'yaml':
      go('yaml', detailOf(ref).args)
      return
    case 'logs':
      go('logs', logsOf(ref))
      return
    case 'previous':
      go('logs', [...logsOf(ref), 'previous'])
      return
    case 'charts':
      go('charts', detailOf(ref).args)
      return
    case 'copy':
      copy(lines(marked.map((one) => one.name)))
      return
    case 'copy-namespace':
      copy(lines(marked.flatMap((one) => one.namespace ?? [])))
  }
}

/** The keys of a list whose rows are about objects, and lead to them alone; `refOf` says to which. */
export function objectKeys<T>(
  screen: ScreenProps,
  title: string,
  refOf: (row: T) => ObjectRef,
): TableKeys<T, ObjectAction> {
  return {
    title,
    bindings: objectBindings,
    run: (action, row, marked) => actOn(screen, action, refOf(row), marked.map(refOf)),
    off: (row) => (row !== undefined && refOf(row).namespace === undefined ? noNamespace : {}),
  }
}

/** Why the namespace cannot be copied: the key is off for what lives in none. */
export const noNamespace = { 'copy-namespace': 'it is in no namespace' } as const
