// The PromQL explorer, as the registry knows it.
import { lazy } from 'react'
import { screenNames } from '#model/screen-names.ts'
import type { ScreenDef } from '#screens/screen.ts'
import { markBindings, moveBindings, sortBindings } from '#ui/table-keys.ts'
import { sortedByKey } from './columns.ts'
import { browsingBindings, readBindings, resultBindings, typingBindings } from './keys.ts'

export const metricsScreen: ScreenDef = {
  name: 'metrics',
  aliases: screenNames.metrics,
  title: 'metrics',
  help: 'PromQL: what any metric says, over the range or now',
  takesText: true,
  Screen: lazy(async () => ({ default: (await import('./MetricsScreen.tsx')).MetricsScreen })),
  bindings: resultBindings,
  modes: [
    { title: 'chart', bindings: readBindings },
    { title: 'table', bindings: [...moveBindings, ...markBindings, ...sortBindings(sortedByKey)] },
    { title: 'typing', bindings: typingBindings, typing: true },
    { title: 'browsing', bindings: browsingBindings, typing: true },
  ],
}
