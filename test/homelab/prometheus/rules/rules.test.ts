// Recording and alerting rules over written samples, one a minute; states and times are worked out by hand.
import { describe, expect, test } from 'vitest'
import type { Rule } from '#homelab/prometheus/rule-group.ts'
import { written } from '../memory-storage.ts'
import { type Server, server } from '../server.ts'

const up = (notation: string) => written({ __name__: 'up', job: 'a', instance: '0' }, notation)
const at = (minute: number) => new Date(minute * 60_000).toISOString()
const group = (...rules: Rule[]) => ({ rules: [{ name: 'g', interval: '1m', rules }] })

const down = {
  alert: 'Down',
  expr: 'up == 0',
  for: '10m',
  labels: { severity: 'critical' },
  annotations: { summary: '{{ $labels.job }} is down, {{ $value }}' },
}

async function alertsOf(
  prometheus: Server,
): Promise<{ labels: unknown; state: string; activeAt: string; value: string }[]> {
  const { body } = await prometheus.get('/api/v1/alerts')
  return (body.data as { alerts: [] }).alerts
}

async function resultOf(prometheus: Server, query: string, minute: number) {
  const { body } = await prometheus.get('/api/v1/query', { query, time: String(minute * 60) })
  return (body.data as { result: { metric: Record<string, string>; value: [number, string] }[] }).result
}

describe('alerts', () => {
  test('a rule that reads all alerts does not read its own', async () => {
    const many = { alert: 'Many', expr: 'count(ALERTS) > 0' }
    const prometheus = server([up('1x29 0x30')], 50, group(many, { ...down, for: '0s' }))
    const values = (await alertsOf(prometheus)).map(({ labels, value }) => [
      (labels as { alertname: string }).alertname,
      value,
    ])
    expect(values).toEqual([
      ['Many', '1e+00'],
      ['Down', '0e+00'],
    ])
  })

  test('a cause that began 20 minutes ago fires at once, active since then', async () => {
    const prometheus = server([up('1x29 0x20')], 50, group(down))
    expect(await alertsOf(prometheus)).toEqual([
      {
        labels: { alertname: 'Down', instance: '0', job: 'a', severity: 'critical' },
        annotations: { summary: 'a is down, 0' },
        state: 'firing',
        activeAt: at(30),
        value: '0e+00',
      },
    ])
  })

  test('goes from pending to firing when `for` has passed, and away when the expression no longer holds', async () => {
    const prometheus = server([up('1x29 0x12 1x60')], 32, group(down))
    expect(await alertsOf(prometheus)).toMatchObject([{ state: 'pending', activeAt: at(30) }])
    prometheus.clock.advance(7 * 60_000)
    expect(await alertsOf(prometheus)).toMatchObject([{ state: 'pending' }])
    prometheus.clock.advance(60_000)
    expect(await alertsOf(prometheus)).toMatchObject([{ state: 'firing', activeAt: at(30) }])
    prometheus.clock.advance(3 * 60_000)
    expect(await alertsOf(prometheus)).toEqual([])
  })

  test('a short recovery starts the wait again', async () => {
    const prometheus = server([up('1x9 0x8 1 0x30')], 26, group(down))
    expect(await alertsOf(prometheus)).toMatchObject([{ state: 'pending', activeAt: at(20) }])
  })

  test('keep_firing_for bridges a recovery without a new start', async () => {
    const kept = { ...down, for: '5m', keep_firing_for: '4m' }
    const prometheus = server([up('1x9 0x9 1x2 0x30')], 30, group(kept))
    expect(await alertsOf(prometheus)).toMatchObject([{ state: 'firing', activeAt: at(10) }])
    const during = server([up('1x9 0x9 1x60')], 22, group(kept))
    const [alert] = await alertsOf(during)
    expect(alert).toMatchObject({ state: 'firing', activeAt: at(10), keepFiringSince: at(20) })
    during.clock.advance(2 * 60_000)
    expect(await alertsOf(during)).toEqual([])
  })

  test('an alert as old as the samples is active since the first', async () => {
    const prometheus = server([up('0x200')], 190, group(down))
    expect(await alertsOf(prometheus)).toMatchObject([{ state: 'firing', activeAt: at(0) }])
  })

  test('ALERTS and ALERTS_FOR_STATE tell the past, and end with the alert', async () => {
    const prometheus = server([up('1x9 0x20 1x60')], 60, group(down))
    const labels = { alertname: 'Down', instance: '0', job: 'a', severity: 'critical' }
    expect(await resultOf(prometheus, 'ALERTS', 15)).toEqual([
      { metric: { __name__: 'ALERTS', alertstate: 'pending', ...labels }, value: [900, '1'] },
    ])
    expect(await resultOf(prometheus, 'ALERTS', 25)).toEqual([
      { metric: { __name__: 'ALERTS', alertstate: 'firing', ...labels }, value: [1500, '1'] },
    ])
    expect(await resultOf(prometheus, 'ALERTS_FOR_STATE', 25)).toEqual([
      { metric: { __name__: 'ALERTS_FOR_STATE', ...labels }, value: [1500, '600'] },
    ])
    expect(await resultOf(prometheus, 'ALERTS', 32)).toEqual([])
  })

  test('an evaluation that fails leaves alerts as they were, and writes nothing', async () => {
    // From minute 31 to 34 two series match one.
    const other = written({ __name__: 'other', job: 'a', instance: '0' }, '1x60')
    const double = written({ __name__: 'other', job: 'a', instance: '1' }, '_x31 1x3 stale')
    const joined = { ...down, expr: '(up == 0) * on(job) other' }
    const prometheus = server([up('1x19 0x60'), other, double], 33, group(joined))
    expect(await alertsOf(prometheus)).toMatchObject([{ state: 'firing', activeAt: at(20) }])
    // It fired at minute 30, and has not been written since.
    const fired = await resultOf(prometheus, 'count_over_time(ALERTS{alertstate="firing"}[10m])', 33)
    expect(fired).toMatchObject([{ value: [1980, '1'] }])
    prometheus.clock.advance(4 * 60_000)
    expect(await alertsOf(prometheus)).toMatchObject([{ state: 'firing', activeAt: at(20) }])
  })

  test('two samples that come to the same labels are a fault', async () => {
    const second = written({ __name__: 'up', job: 'a', instance: '1' }, '0x60')
    const same = { ...down, labels: { instance: 'any' } }
    const prometheus = server([up('0x60'), second], 50, group(same))
    expect(await alertsOf(prometheus)).toEqual([])
    const { body } = await prometheus.get('/api/v1/rules')
    expect(body.data).toMatchObject({
      groups: [
        {
          rules: [
            {
              health: 'err',
              lastError: 'vector contains metrics with the same labelset after applying alert labels',
            },
          ],
        },
      ],
    })
  })

  test('a rule that always holds fires', async () => {
    const prometheus = server([up('1x60')], 50, group({ alert: 'Watchdog', expr: 'vector(1)' }))
    expect(await alertsOf(prometheus)).toMatchObject([
      { labels: { alertname: 'Watchdog' }, state: 'firing', value: '1e+00' },
    ])
  })
})

describe('recording rules', () => {
  const rate = { record: 'job:x:rate5m', expr: 'sum by (job) (rate(x_total[5m]))', labels: { kind: 'made' } }
  const counter = written({ __name__: 'x_total', job: 'a', instance: '0' }, '0+120x60')

  test('a recorded name is answered for the past too', async () => {
    const prometheus = server([counter, up('1x60')], 60, group(rate))
    expect(await resultOf(prometheus, 'job:x:rate5m', 20)).toEqual([
      { metric: { __name__: 'job:x:rate5m', job: 'a', kind: 'made' }, value: [1200, '2'] },
    ])
    expect(await resultOf(prometheus, '{__name__=~"job:.*", kind="other"}', 20)).toEqual([])
  })

  test('is found by its name among the labels and series', async () => {
    const prometheus = server([counter, up('1x60')], 60, group(rate))
    const names = await prometheus.get('/api/v1/label/__name__/values')
    expect(names.body.data).toEqual(['job:x:rate5m', 'up', 'x_total'])
    const series = await prometheus.get('/api/v1/series', { 'match[]': 'job:x:rate5m' })
    expect(series.body.data).toEqual([{ __name__: 'job:x:rate5m', job: 'a', kind: 'made' }])
  })

  test('rules build on rules', async () => {
    const twice = { record: 'job:x:twice', expr: 'job:x:rate5m * 2' }
    const prometheus = server([counter, up('1x60')], 60, group(rate, twice))
    expect(await resultOf(prometheus, 'job:x:twice', 30)).toMatchObject([{ value: [1800, '4'] }])
  })

  test('a series that is recorded no more is stale at the next evaluation', async () => {
    const busy = { record: 'busy', expr: 'up == 0' }
    const prometheus = server([up('1x9 0x5 1x60')], 60, group(busy))
    expect(await resultOf(prometheus, 'busy', 15)).toHaveLength(1)
    expect(await resultOf(prometheus, 'busy', 16)).toEqual([])
  })

  test('a rule that reads itself finds nothing of its own', async () => {
    const loop = { record: 'loop', expr: 'loop + 1 or vector(1)' }
    const prometheus = server([up('1x60')], 60, group(loop))
    expect(await resultOf(prometheus, 'loop', 30)).toMatchObject([{ value: [1800, '1'] }])
  })
})

describe('/api/v1/rules', () => {
  test('shows groups, health and alerts in the wire’s shape', async () => {
    const rules = group(down, { record: 'a:b', expr: 'sum(up)' }, { record: 'broken', expr: 'sum(' })
    const prometheus = server([up('1x29 0x20')], 50.5, rules)
    const { body } = await prometheus.get('/api/v1/rules')
    const [first] = (body.data as { groups: { rules: { health: string; lastError?: string }[] }[] }).groups
    expect(first).toMatchObject({
      name: 'g',
      interval: 60,
      limit: 0,
      lastEvaluation: at(50),
      rules: [
        {
          type: 'alerting',
          name: 'Down',
          state: 'firing',
          query: 'up == 0',
          duration: 600,
          keepFiringFor: 0,
          health: 'ok',
          labels: { severity: 'critical' },
          alerts: [{ state: 'firing', activeAt: at(30) }],
        },
        { type: 'recording', name: 'a:b', query: 'sum(up)', health: 'ok' },
        {
          type: 'recording',
          name: 'broken',
          health: 'err',
          lastError: '1:5: parse error: unclosed left parenthesis',
        },
      ],
    })
  })

  test('is narrowed by type and name', async () => {
    const prometheus = server([up('1x60')], 50, group(down, { record: 'a:b', expr: 'sum(up)' }))
    const only = async (params: Record<string, string>) => {
      const { body } = await prometheus.get('/api/v1/rules', params)
      return (body.data as { groups: { rules: { name: string }[] }[] }).groups.flatMap(({ rules }) =>
        rules.map(({ name }) => name),
      )
    }
    expect(await only({ type: 'alert' })).toEqual(['Down'])
    expect(await only({ type: 'record' })).toEqual(['a:b'])
    expect(await only({ 'rule_name[]': 'a:b' })).toEqual(['a:b'])
    expect(await only({ 'rule_group[]': 'none' })).toEqual([])
    expect((await prometheus.get('/api/v1/rules', { type: 'x' })).status).toBe(400)
  })
})
