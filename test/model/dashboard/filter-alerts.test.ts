// Which alerts an alert list shows.
import { expect, test } from 'vitest'
import { type AlertListView, filterAlerts } from '#model/dashboard/filter-alerts.ts'
import type { AlertRow } from '#model/prometheus.ts'

const alert = (name: string, state: AlertRow['state'], labels: Record<string, string>): AlertRow => ({
  name,
  state,
  labels,
  annotations: {},
})

const alerts = [
  alert('PodCrashLooping', 'firing', { namespace: 'shop', pod: 'cart-1' }),
  alert('PodNotReady', 'pending', { namespace: 'auth', pod: 'login-1' }),
  alert('DiskFull', 'firing', { node: 'nuc.1' }),
]

test.each<[string, Partial<AlertListView>, readonly string[]]>([
  ['all', {}, ['PodCrashLooping', 'PodNotReady', 'DiskFull']],
  ['by state', { states: ['firing', 'normal'] }, ['PodCrashLooping', 'DiskFull']],
  ['by the old word for firing', { states: ['alerting'] }, ['PodCrashLooping', 'DiskFull']],
  ['by a part of the name', { name: 'pod' }, ['PodCrashLooping', 'PodNotReady']],
  ['by a variable', { matchers: '{namespace=~"$namespace"}' }, ['PodCrashLooping', 'PodNotReady']],
  ['by a label that must be', { matchers: '{namespace="shop"}' }, ['PodCrashLooping']],
  // A label that is not there is empty.
  ['by one that must not be', { matchers: '{namespace!="shop"}' }, ['PodNotReady', 'DiskFull']],
  ['by two', { matchers: '{namespace=~"shop|auth", pod!~"cart.*"}' }, ['PodNotReady']],
  ['by a whole pattern', { matchers: '{node=~"nuc"}' }, []],
  ['by a pattern in a string', { matchers: '{node=~"nuc\\\\.1"}' }, ['DiskFull']],
  [
    'by a pattern that cannot be tried',
    { matchers: '{node=~"("}' },
    ['PodCrashLooping', 'PodNotReady', 'DiskFull'],
  ],
])('%s', (_, more, names) => {
  const view: AlertListView = { kind: 'alertlist', most: 20, states: [], ...more }
  const fill = (text: string) => text.replace('$namespace', '(shop|auth)')
  expect(filterAlerts(alerts, view, fill).map(({ name }) => name)).toEqual(names)
})
