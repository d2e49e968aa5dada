// Logs, as the registry knows them.
import { lazy } from 'react'
import { pagerBindings } from '#screens/pager/keys.ts'
import type { ScreenDef } from '#screens/screen.ts'
import { logViewBindings } from './keys.ts'

export const logsScreen: ScreenDef = {
  name: 'logs',
  inner: true,
  aliases: [],
  title: 'logs',
  help: 'logs of a pod or a workload, as the kubelet has them',
  Screen: lazy(async () => ({ default: (await import('./LogsScreen.tsx')).LogsScreen })),
  bindings: [...logViewBindings, ...pagerBindings],
}
