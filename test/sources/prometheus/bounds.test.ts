// What is asked for is bounded: in what Prometheus is told, and against one that does not heed it.
import { expect, test } from 'vitest'
import { labelValues, metadata } from '#sources/prometheus/names.ts'
import { queryInstant, queryRange } from '#sources/prometheus/query.ts'
import { urlReach } from '#sources/prometheus/reach.ts'
import { standIn, success } from './stand-in.ts'

const signal = () => AbortSignal.timeout(10_000)
const vector = (count: number) => ({
  resultType: 'vector',
  result: Array.from({ length: count }, (_, index) => ({ metric: { n: String(index) }, value: [1, '1'] })),
})

test('Prometheus is told the time and one series more than wanted', async () => {
  const { url, asked } = await standIn(success(vector(3)))
  const answer = await queryInstant(urlReach(url), 'up', 1000, signal(), { series: 3, timeout: 1500 })
  expect(Object.fromEntries(asked[0]?.params ?? [])).toMatchObject({ limit: '4', timeout: '1.5' })
  expect(answer).toMatchObject({ warnings: [] })
})

test('series beyond the limit are left out, and it is said once', async () => {
  const { url } = await standIn(
    success(vector(4), { warnings: ['results truncated due to limit', 'slow disk'] }),
  )
  const answer = await queryInstant(urlReach(url), 'up', 1000, signal(), { series: 3 })
  expect(answer.type === 'vector' && answer.samples.length).toBe(3)
  expect(answer.warnings).toEqual([expect.stringMatching(/^more than 3 series/), 'slow disk'])
})

test('a million series are let go while they come', async () => {
  const series = `{"metric":{"pod":"${'x'.repeat(200)}"},"values":[[1,"1"]]},`
  let sent = 0
  let cut: () => void = () => undefined
  const gone = new Promise<void>((resolve) => {
    cut = resolve
  })
  const { url } = await standIn((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"status":"success","data":{"resultType":"matrix","result":[')
    const chunk = series.repeat(500)
    const more = () => {
      while (sent < 1_000_000) {
        sent += 500
        if (!response.write(chunk)) return
      }
      response.end('{}]}}')
    }
    response.on('drain', more)
    response.on('close', cut)
    more()
  })
  const range = { expr: '{__name__=~".+"}', from: 0, to: 1000, step: 1000 }
  const failed = queryRange(urlReach(url), range, signal(), { series: 500, bytes: 1_000_000 })
  await expect(failed).rejects.toMatchObject({ reason: 'too-many', detail: 'the answer is larger than 1 MB' })
  await gone
  expect(sent).toBeLessThan(1_000_000)
})

test('a bounded answer is read as any other, whatever its letters', async () => {
  const { url } = await standIn(
    success({ resultType: 'vector', result: [{ metric: { name: 'Größe 🌡' }, value: [1, '2'] }] }),
  )
  const answer = await queryInstant(urlReach(url), 'x', 1000, signal(), { bytes: 10_000 })
  expect(answer).toMatchObject({ samples: [{ labels: { name: 'Größe 🌡' }, value: 2 }] })
})

test('names are asked for with a limit', async () => {
  const values = await standIn(success(['a']))
  await labelValues(urlReach(values.url), { label: 'job', matchers: ['up{a="b"}'], limit: 7 }, signal())
  expect(values.asked[0]?.path).toBe('/api/v1/label/job/values')
  expect(values.asked[0]?.params.getAll('match[]')).toEqual(['up{a="b"}'])
  expect(values.asked[0]?.params.get('limit')).toBe('7')
  const help = await standIn(success({}))
  await metadata(urlReach(help.url), 9, signal())
  expect(help.asked[0]?.params.get('limit')).toBe('9')
})
