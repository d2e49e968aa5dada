// What stands in the detail of a pod template, of a pod nobody has spoken of yet, and of a node, and in which order.
import { describe, expect, test } from 'vitest'
import { crashLoop } from './broken-workloads.ts'
import { brokenPod } from './objects.ts'
import { open, section } from './open-detail.ts'
import * as rows from './rows.ts'

describe('containers', () => {
  test('of a template have no state, known or unknown', async () => {
    const running = await open(crashLoop)
    const text = await running.shows('containers')
    expect(section(text, 'containers')).toMatch(/^ {3}· checkout$/m)
  })

  test('of a pod that the kubelet has said nothing of are unknown', async () => {
    const { status: _, ...pod } = brokenPod
    const running = await open({ object: pod, own: [], pods: [], events: [] })
    expect(section(await running.shows('containers'), 'containers')).toMatch(/^ {3}◌ checkout$/m)
  })
})

describe('a node', () => {
  const node = (conditions: readonly object[]) =>
    open({
      object: rows.object('Node', undefined, 'nuc-1', { status: { conditions } }),
      own: [],
      pods: [],
      events: [],
    })
  const says = (type: string, status: string) => ({
    type,
    status,
    reason: 'NodeStatusUnknown',
    message: `said of ${type}`,
  })

  test('that is not ready says so first, then what else is not known of it', async () => {
    const running = await node([
      says('MemoryPressure', 'Unknown'),
      says('PIDPressure', 'False'),
      says('Ready', 'Unknown'),
    ])
    const lines = (await running.shows('other conditions')).split('\n').map((line) => line.trim())
    expect(lines.slice(3, 8)).toEqual([
      expect.stringMatching(/^▲ Ready +Unknown/),
      'said of Ready',
      expect.stringMatching(/^▲ MemoryPressure +Unknown/),
      'said of MemoryPressure',
      '',
    ])
    expect(lines.slice(lines.indexOf('other conditions') + 1)[0]).toMatch(/^● PIDPressure +False/)
  })

  test('that is well begins with its facts and has its conditions as they were', async () => {
    const running = await node([says('Ready', 'True')])
    const text = await running.shows('conditions')
    expect(text.split('\n')[3]).toMatch(/^ {3}created/)
    expect(section(text, 'conditions')).toMatch(/^ {3}● Ready +True/)
  })
})
