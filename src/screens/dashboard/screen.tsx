// An open dashboard, as the registry knows it.
import { lazy } from 'react'
import type { ScreenDef } from '#screens/screen.ts'
import { boardBindings } from './keys.ts'

export const dashboardScreen: ScreenDef = {
  name: 'dashboard',
  inner: true,
  aliases: [],
  title: 'dashboard',
  help: 'a Grafana dashboard, drawn from its own JSON',
  Screen: lazy(async () => ({ default: (await import('./DashboardScreen.tsx')).DashboardScreen })),
  bindings: boardBindings,
}
