// Disks and usage that are told of by a node's address are that node's, in the list of troubles and in the capacity.
import { expect, test } from 'vitest'
import { buildOverview } from '#model/build-overview.ts'
import type { OverviewInputs } from '#model/overview-inputs.ts'
import type { Reading } from '#model/reading.ts'
import { ago, minute, node, now } from './rows.ts'

const read = <T>(data: T): Reading<T> => ({ data, dataAt: now, pending: false })
const none = read([])

const inputs: OverviewInputs = {
  context: 'home',
  range: { span: 60 * minute },
  ...{ pods: none, workloads: none, events: none, flux: none, partial: [], sources: [] },
  ...{ podUsage: read(new Map()), restarts: read(new Map()), services: none, alerts: none, targets: none },
  nodes: read([
    node('nuc-3', {
      ip: '10.0.0.3',
      allocatable: { memory: 100 },
      conditions: [{ type: 'DiskPressure', status: 'True', since: ago(minute) }],
    }),
  ]),
  nodeUsage: read(new Map([['10.0.0.3', { memory: 96 }]])),
  disks: read([
    { node: '10.0.0.3', mountpoint: '/var', ratio: 0.98 },
    { node: '10.0.0.9', mountpoint: '/srv', ratio: 0.92 },
  ]),
  capacity: read([{ name: 'disk', unit: 'ratio', series: { labels: {}, times: [], values: [] } }]),
}

test('a full disk is one trouble with its node’s others; of an address that no node has it stays that', () => {
  const { wrong, capacity } = buildOverview(inputs, now)
  expect(wrong.map(({ ref }) => `${ref.kind}/${ref.name}`)).toEqual(['Node/nuc-3', 'Node/10.0.0.9'])
  expect(wrong[0]?.evidence).toEqual(['DiskPressure', 'memory 96 % of allocatable', 'disk /var 98 % full'])
  expect(capacity.data?.[0]?.worst).toEqual({ label: 'nuc-3 /var', value: 0.98 })
})
