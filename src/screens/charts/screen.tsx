// The charts of one object, as the registry knows them.
import { lazy } from 'react'
import type { ScreenDef } from '#screens/screen.ts'
import { chartBindings } from './keys.ts'

export const chartsScreen: ScreenDef = {
  name: 'charts',
  inner: true,
  aliases: [],
  title: 'charts',
  help: 'what a node, pod or workload used, against its limits, and what happened meanwhile',
  Screen: lazy(async () => ({ default: (await import('./ChartsScreen.tsx')).ChartsScreen })),
  bindings: chartBindings,
}
