// The keys that lead on from a row of any list, as in k9s.
import type { ObjectRef } from '#model/kube.ts'
import { detailOf } from '#screens/places.ts'
import type { ScreenProps } from '#screens/screen.ts'
import type { Binding } from '#ui/keymap.ts'

export const objectBindings = [
  {
    keys: ['enter'],
    action: 'open',
    label: 'open',
    help: 'what it is, how it fares and what happened to it',
    footer: 1,
  },
  { keys: ['y'], action: 'yaml', label: 'yaml', help: 'the object as YAML', footer: 30 },
  { keys: ['c'], action: 'copy', label: 'copy', help: 'copy the name' },
  { keys: ['n'], action: 'copy-namespace', label: 'copy namespace', help: 'copy the namespace' },
] as const satisfies readonly Binding[]

export type ObjectAction = (typeof objectBindings)[number]['action']

export const logBindings = [
  { keys: ['l'], action: 'logs', label: 'logs', help: 'its logs, as the kubelet has them', footer: 2 },
  {
    keys: ['p'],
    action: 'previous',
    label: 'previous',
    help: 'the logs before its last restart',
    footer: 20,
  },
] as const satisfies readonly Binding[]

export type LogAction = (typeof logBindings)[number]['action']

/** Runs one of `objectBindings` on an object. */
export function actOn({ go, copy }: ScreenProps, action: ObjectAction, ref: ObjectRef): void {
  const { screen, args } = detailOf(ref)
  switch (action) {
    case 'open':
      go(screen, args)
      return
    case 'yaml':
      go('yaml', args)
      return
    case 'copy':
      copy(ref.name)
      return
    case 'copy-namespace':
      copy(ref.namespace ?? '')
  }
}
