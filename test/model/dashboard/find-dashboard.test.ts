// Which dashboard a word means.
import { expect, test } from 'vitest'
import { findDashboard } from '#model/dashboard/find-dashboard.ts'

const entries = [
  {
    name: 'node-exporter',
    namespace: 'observability',
    title: 'Node Exporter Full',
    uid: 'rYdddlPWk',
    gnetId: 1860,
  },
  { name: 'k8s-global', namespace: 'observability', title: 'Kubernetes / Views / Global', gnetId: 15757 },
  { name: 'flux', namespace: 'flux-system', title: 'Flux Cluster Stats' },
  { name: 'flux', namespace: 'observability', title: 'Flux Control Plane' },
]

const meant = (word: string) => {
  const found = findDashboard(entries, word)
  if (found.kind === 'one') return `${found.entry.namespace}/${found.entry.name}`
  return found.kind === 'several' ? found.entries.map(({ title }) => title) : (found.suggestion ?? 'nothing')
}

test.each([
  ['1860', 'observability/node-exporter'],
  ['rydddlpwk', 'observability/node-exporter'],
  ['Node Exporter Full', 'observability/node-exporter'],
  ['k8s-global', 'observability/k8s-global'],
  ['views / global', 'observability/k8s-global'],
  ['control', 'observability/flux'],
  ['flux', ['Flux Cluster Stats', 'Flux Control Plane']],
  ['flux-system/flux', 'flux-system/flux'],
  // A number is never the part of one.
  ['186', '1860'],
  ['node-exportr', 'node-exporter'],
  ['zzzzzzzz', 'nothing'],
  ['  ', 'nothing'],
])('%j means %j', (word, expected) => {
  expect(meant(word)).toEqual(expected)
})
