// The values of a dashboard's variables, asked for over the wire: each after those it depends on, none for ever.
import { expect, test } from 'vitest'
import { readVariables } from '#live/dashboard-variables.ts'
import type { Variable } from '#model/dashboard/dashboard.ts'
import { variable } from '#test/model/dashboard/configs.ts'
import { type Asked, standIn } from '#test/sources/prometheus/stand-in.ts'
import { asking } from './board.ts'

const hour = 3_600_000
const bounds = { from: Date.UTC(2026, 0, 5), to: Date.UTC(2026, 0, 5) + hour }

/** `answer` gives the data, or a status in place of them. */
async function read(
  variables: readonly Variable[],
  answer: (asked: Asked) => unknown,
  wanted: Readonly<Record<string, readonly string[]>> = {},
) {
  const { url, asked } = await standIn((one, response) => {
    const data = answer(one)
    const status = typeof data === 'number' ? data : 200
    response.writeHead(status, { 'content-type': 'application/json' })
    const failed = { status: 'error', errorType: 'bad_data', error: 'parse error: unexpected ")"' }
    response.end(JSON.stringify(status === 200 ? { status: 'success', data } : failed))
  })
  const { ask } = asking(url)
  const found = await readVariables(ask, variables, wanted, bounds, new AbortController().signal)
  return { ...found, asked: asked.map(({ path, params }) => [path, params.getAll('match[]')]), all: asked }
}

const query = (name: string, text: string, more: Partial<Variable> = {}) =>
  variable(name, { kind: 'query', query: text, ...more })

const labelOf = ({ path }: Asked) => /label\/(\w+)\/values/.exec(path)?.[1] ?? ''

test('each is asked for with the values of those before it, wherever they stand in the dashboard', async () => {
  const variables = [
    query('pod', 'label_values(up{job="$job",namespace="$namespace"}, pod)'),
    query('job', 'label_values(up{namespace="$namespace"}, job)'),
    query('namespace', 'label_values(up, namespace)', { current: ['shop'] }),
  ]
  const { state, gaps, asked } = await read(variables, (one) => {
    const values: Record<string, string[]> = {
      namespace: ['db', 'shop'],
      job: ['web'],
      pod: ['web-0', 'web-1'],
    }
    return values[labelOf(one)]
  })
  expect(asked).toEqual([
    ['/api/v1/label/namespace/values', ['up']],
    ['/api/v1/label/job/values', ['up{namespace="shop"}']],
    ['/api/v1/label/pod/values', ['up{job="web",namespace="shop"}']],
  ])
  expect(state.chosen).toEqual({ namespace: ['shop'], job: ['web'], pod: ['web-0'] })
  expect(gaps).toEqual([])
})

test('those that need nothing of each other are asked for side by side, and how many have answered is told', async () => {
  const held: (() => void)[] = []
  const { url, asked } = await standIn((one, response) => {
    held.push(() => response.end(JSON.stringify({ status: 'success', data: [labelOf(one)] })))
  })
  const variables = [
    query('pod', 'label_values(up{job="$job",node="$node"}, pod)'),
    query('job', 'label_values(job)'),
    query('node', 'label_values(node)'),
    variable('fixed', { kind: 'custom' }),
  ]
  const told: string[] = []
  const { ask } = asking(url)
  const { signal } = new AbortController()
  const report = (answered: number, of: number) => told.push(`${answered} of ${of}`)
  const found = readVariables(ask, variables, {}, bounds, signal, report)
  await expect.poll(() => held.length).toBe(2)
  expect(told).toEqual(['0 of 3'])
  held.pop()?.()
  await expect.poll(() => told).toEqual(['0 of 3', '1 of 3'])
  held.pop()?.()
  await expect.poll(() => asked.length).toBe(3)
  held.pop()?.()
  expect((await found).state.chosen).toMatchObject({ pod: ['pod'], job: ['job'], node: ['node'] })
  expect(asked.at(-1)?.params.getAll('match[]')).toEqual(['up{job="job",node="node"}'])
  expect(told.at(-1)).toBe('3 of 3')
})

test('several and all go on as one expression', async () => {
  const variables = [
    query('namespace', 'label_values(namespace)', { multi: true, includeAll: true, current: ['$__all'] }),
    query('job', 'label_values(up{namespace=~"$namespace"}, job)', { multi: true }),
    query('pod', 'label_values(up{job=~"$job"}, pod)'),
  ]
  const answer = (one: Asked) => (labelOf(one) === 'namespace' ? ['db', 'shop'] : ['a', 'b', 'c.d'])
  const { asked, state } = await read(variables, answer, { job: ['a', 'c.d'] })
  expect(asked).toEqual([
    ['/api/v1/label/namespace/values', []],
    ['/api/v1/label/job/values', ['up{namespace=~"(db|shop)"}']],
    ['/api/v1/label/pod/values', [String.raw`up{job=~"(a|c\\.d)"}`]],
  ])
  expect(state.chosen).toMatchObject({ namespace: ['$__all'], job: ['a', 'c.d'] })
  expect(state.options.namespace?.[0]).toEqual({ text: 'All', value: '$__all' })
})

test('every kind of question', async () => {
  const vector = {
    resultType: 'vector',
    result: [{ metric: { __name__: 'up', node: 'nuc-1' }, value: [1, '7'] }],
  }
  const variables = [
    query('names', 'label_names()'),
    query('metrics', 'metrics(node_.*)'),
    query('result', 'query_result(topk(1, up))', { regex: '/node="([^"]+)/' }),
    query('series', 'up{job="x"}', { regex: '/pod="(?<text>[^"]+)/' }),
    variable('source', { kind: 'datasource', query: 'prometheus' }),
    variable('how', { kind: 'custom', options: [{ text: 'x', value: 'x' }] }),
  ]
  const { state, gaps, all } = await read(variables, ({ path }) => {
    if (path === '/api/v1/query') return vector
    if (path === '/api/v1/series') return [{ __name__: 'up', pod: 'cart-0' }]
    return path === '/api/v1/labels' ? ['job'] : ['node_load1']
  })
  expect(gaps).toEqual([])
  expect(state.chosen).toEqual({
    ...{ names: ['job'], metrics: ['node_load1'], result: ['nuc-1'], series: ['cart-0'] },
    ...{ source: ['prometheus'], how: ['x'] },
  })
  expect(all.map(({ path }) => path)).toEqual([
    ...['/api/v1/labels', '/api/v1/label/__name__/values', '/api/v1/query', '/api/v1/series'],
  ])
  // Only what there is in the range, and no more than anybody chooses from.
  expect(all[1]?.params.get('match[]')).toBe('{__name__=~".*(node_.*).*"}')
  expect(all.map(({ params }) => params.get('limit'))).toEqual(['2000', '2000', null, '2000'])
  expect(all[0]?.params.get('start')).toBe(String(bounds.from / 1000))
})

test('those that wait for each other are named and not asked for; the others are', async () => {
  const variables = [
    query('a', 'label_values(up{b="$b"}, a)', { current: ['old'], options: [{ text: 'old', value: 'old' }] }),
    query('b', 'label_values(up{a="$a"}, b)'),
    query('free', 'label_values(free)'),
  ]
  const { state, gaps, asked } = await read(variables, () => ['x'])
  expect(asked).toEqual([['/api/v1/label/free/values', []]])
  expect(gaps).toEqual(
    ['a', 'b'].map((name) => ({
      variable: name,
      gap: { reason: 'invalid', detail: 'a, b wait for each other' },
    })),
  )
  expect(state.chosen).toEqual({ a: ['old'], b: [''], free: ['x'] })
})

test('one that is refused is a reason; those after it go on with what the dashboard has', async () => {
  const variables = [
    query('job', 'label_values(up), job)', { current: ['web'], options: [{ text: 'web', value: 'web' }] }),
    query('pod', 'label_values(up{job="$job"}, pod)'),
  ]
  const { state, gaps, asked } = await read(variables, (one) => (labelOf(one) === 'job' ? 400 : ['web-0']))
  expect(gaps).toEqual([
    { variable: 'job', gap: expect.objectContaining({ detail: expect.stringContaining('parse error') }) },
  ])
  expect(asked.at(-1)).toEqual(['/api/v1/label/pod/values', ['up{job="web"}']])
  expect(state.chosen).toEqual({ job: ['web'], pod: ['web-0'] })
})

test('what cannot be asked for says why, and nothing is asked', async () => {
  const variables = [
    query('logs', 'label_values(app)', { why: 'it asks Loki, which is not asked for values here' }),
    variable('filters', { kind: 'unsupported', why: 'variables of type adhoc are not read here' }),
    query('empty', ''),
  ]
  const { gaps, asked } = await read(variables, () => [])
  expect(asked).toEqual([])
  expect(gaps.map(({ variable: name, gap }) => [name, gap.detail])).toEqual([
    ['logs', 'it asks Loki, which is not asked for values here'],
    ['filters', 'variables of type adhoc are not read here'],
    ['empty', 'its query is empty'],
  ])
})

test('of a hundred thousand values 2,000 are kept', async () => {
  const many = Array.from({ length: 100_000 }, (_, index) => `pod-${index}`)
  const { state } = await read([query('pod', 'label_values(pod)')], () => many)
  expect(state.options.pod?.length).toBe(2000)
})
