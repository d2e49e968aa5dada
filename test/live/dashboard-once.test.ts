// A dashboard for a command: read once, with what does not answer named, and an end to the waiting.
import { expect, test } from 'vitest'
import { type DashboardRequest, readDashboard } from '#live/dashboard-once.ts'
import { systemTiming } from '#live/timing.ts'
import type { Dashboard } from '#model/dashboard/dashboard.ts'
import { SourceError } from '#model/reading.ts'
import { variable } from '#test/model/dashboard/configs.ts'
import { dashboard, panel, target } from '#test/model/dashboard/panels.ts'
import { standIn } from '#test/sources/prometheus/stand-in.ts'
import { boardOf } from './board.ts'
import { standInCluster } from './stand-in-cluster.ts'
import { standInPrometheus } from './stand-in-prometheus.ts'

function request(
  prometheusUrl: string,
  board: Dashboard,
  more: Partial<DashboardRequest> = {},
): DashboardRequest {
  return {
    cluster: standInCluster({}),
    prometheusUrl,
    timing: systemTiming(Date.now),
    read: async () => board,
    range: { span: 3_600_000 },
    wanted: {},
    columns: () => 60,
    whole: false,
    timeout: 10_000,
    signal: AbortSignal.timeout(20_000),
    ...more,
  }
}

const one = { range: { one: () => 7 } }

test('open rows are read, collapsed ones where the whole is wanted', async () => {
  const { url, asked } = await standInPrometheus(() => one, Date.now)
  const panels = (title: string) => [panel(title, { targets: [target(`one_${title}`)] })]
  const board = dashboard({
    rows: [
      { id: 1, title: 'open', collapsed: false, panels: panels('a') },
      { id: 2, title: 'folded', collapsed: true, panels: panels('b') },
    ],
  })
  const open = await readDashboard(request(url, board))
  expect(asked.map(({ params }) => params.get('query'))).toEqual(['one_a'])
  expect(open.rows.map(({ title }) => title)).toEqual(['open', 'folded'])
  expect([...open.panels.values()].map(({ frames }) => frames[0]?.fields[1]?.values[0])).toEqual([7])
  const whole = await readDashboard(request(url, board, { whole: true }))
  expect(whole.panels.size).toBe(2)
})

test('a row and a panel stand once for each chosen value', async () => {
  const { url, asked } = await standInPrometheus(() => one, Date.now)
  const options = ['a', 'b', 'c'].map((value) => ({ text: value, value }))
  const board = dashboard({
    variables: [variable('pod', { multi: true, options, current: ['a'] })],
    rows: [
      {
        ...{ id: 1, title: '$pod', collapsed: false, repeat: 'pod' },
        panels: [panel('of $pod', { targets: [target('one{pod="$pod"}')] })],
      },
    ],
  })
  const { rows } = await readDashboard(request(url, board, { wanted: { pod: ['a', 'c'] } }))
  expect(rows.map(({ title }) => title)).toEqual(['a', 'c'])
  expect(asked.map(({ params }) => params.get('query')).sort()).toEqual(['one{pod="a"}', 'one{pod="c"}'])
})

test('where nobody answers each panel says so', async () => {
  const { url } = await standIn((_, response) => {
    response.writeHead(503)
    response.end()
  })
  const { panels } = await readDashboard(request(url, boardOf(['one', 'two'])))
  const details = [...panels.values()].map(({ gaps }) => gaps[0]?.gap.reason)
  expect(details).toEqual(['unreachable', 'unreachable'])
})

test('a Prometheus that hangs ends with the time that is allowed', async () => {
  const { url } = await standIn(() => undefined)
  const { panels } = await readDashboard(request(url, boardOf(['one']), { timeout: 100 }))
  expect([...panels.values()][0]?.gaps[0]?.gap.reason).toBe('timeout')
})

test('a dashboard that cannot be read is the error of the whole', async () => {
  const { url, asked } = await standInPrometheus(() => one, Date.now)
  const read = async () => {
    throw new SourceError({ reason: 'garbage', detail: 'it is no JSON' })
  }
  await expect(readDashboard(request(url, boardOf([]), { read }))).rejects.toMatchObject({
    reason: 'garbage',
  })
  expect(asked).toEqual([])
})
