// Queries over HTTP: what each kind of answer becomes, and what each kind of failure is called.
import { expect, test } from 'vitest'
import { type GapReason, SourceError } from '#model/reading.ts'
import { queryInstant, queryRange, queryVector } from '#sources/prometheus/query.ts'
import { urlReach } from '#sources/prometheus/reach.ts'
import { says, standIn, success } from './stand-in.ts'

const signal = () => AbortSignal.timeout(10_000)

async function failureOf(work: Promise<unknown>): Promise<SourceError> {
  try {
    await work
  } catch (error) {
    if (error instanceof SourceError) return error
    throw error
  }
  throw new Error('nothing failed')
}

test('a vector: seconds become milliseconds, NaN and infinities become numbers', async () => {
  const { url, asked } = await standIn(
    success({
      resultType: 'vector',
      result: [
        { metric: { job: 'a' }, value: [1700000000.25, '1.5'] },
        { metric: { job: 'b' }, value: [1700000000.25, 'NaN'] },
        { metric: { job: 'c' }, value: [1700000000.25, '+Inf'] },
        { metric: { job: 'd' }, value: [1700000000.25, '-Inf'] },
        { metric: {}, value: [1700000000.25, '1e-07'] },
      ],
    }),
  )
  const samples = await queryVector(urlReach(url), 'sum by (job) (up)', 1_700_000_000_250, signal())
  expect(samples.map((sample) => sample.value)).toEqual([
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1e-7,
  ])
  expect(samples[0]).toEqual({ labels: { job: 'a' }, at: 1_700_000_000_250, value: 1.5 })
  expect(asked[0]?.method).toBe('GET')
  expect(asked[0]?.params.get('query')).toBe('sum by (job) (up)')
  expect(asked[0]?.params.get('time')).toBe('1700000000.25')
})

test('a matrix keeps its gaps as absences, and asks in seconds', async () => {
  const values = [
    [1700000000, '1'],
    [1700000060, '2'],
    [1700000240, 'NaN'],
  ]
  const { url, asked } = await standIn(
    success({ resultType: 'matrix', result: [{ metric: { node: 'nuc-1' }, values }] }),
  )
  const range = { expr: 'x', from: 1_700_000_000_000, to: 1_700_000_300_000, step: 60_000 }
  const answer = await queryRange(urlReach(url), range, signal())
  expect(answer.series).toEqual([
    {
      labels: { node: 'nuc-1' },
      times: [1_700_000_000_000, 1_700_000_060_000, 1_700_000_240_000],
      values: [1, 2, Number.NaN],
    },
  ])
  expect(Object.fromEntries(asked[0]?.params ?? [])).toEqual({
    query: 'x',
    start: '1700000000',
    end: '1700000300',
    step: '60',
  })
})

test('scalar and string answers', async () => {
  const scalar = await standIn(success({ resultType: 'scalar', result: [1700000000, '7'] }))
  expect(await queryInstant(urlReach(scalar.url), '7', undefined, signal())).toEqual({
    type: 'scalar',
    at: 1_700_000_000_000,
    value: 7,
    warnings: [],
  })
  expect(scalar.asked[0]?.params.has('time')).toBe(false)
  const string = await standIn(success({ resultType: 'string', result: [1700000000, 'words'] }))
  expect(await queryInstant(urlReach(string.url), '"words"', undefined, signal())).toMatchObject({
    type: 'string',
    text: 'words',
  })
})

test('warnings, infos and left-out histograms are told', async () => {
  const { url } = await standIn(
    success(
      { resultType: 'vector', result: [{ metric: {}, histogram: [1700000000, { count: '1' }] }] },
      { warnings: ['query touched a broken block'], infos: ['PromQL info: metric might not be a counter'] },
    ),
  )
  const answer = await queryInstant(urlReach(url), 'x', undefined, signal())
  expect(answer).toMatchObject({ type: 'vector', samples: [] })
  expect(answer.warnings).toEqual(['query touched a broken block', '1 native histogram is left out'])
  expect(answer.infos).toEqual(['metric might not be a counter'])
})

test('a query too long for a path goes as a form', async () => {
  const { url, asked } = await standIn(success({ resultType: 'vector', result: [] }))
  const expr = Array.from({ length: 400 }, (_, index) => `up{job="job-${index}"}`).join(' or ')
  await queryInstant(urlReach(url), expr, undefined, signal())
  expect(asked[0]?.method).toBe('POST')
  expect(asked[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded')
  expect(asked[0]?.params.get('query')).toBe(expr)
})

test('credentials of a URL travel in a header', async () => {
  const { url, asked } = await standIn(success({ resultType: 'vector', result: [] }))
  const reach = urlReach(`${url.replace('http://', 'http://ben:s%20cret@')}/sub/path/`)
  await queryInstant(reach, 'up', undefined, signal())
  expect(asked[0]?.path).toBe('/sub/path/api/v1/query')
  expect(asked[0]?.headers.authorization).toBe(`Basic ${btoa('ben:s cret')}`)
})

const refused = (errorType: string, error: string) => ({ status: 'error', errorType, error })
const failures: readonly [string, unknown, number, GapReason, RegExp][] = [
  ['a parse error', refused('bad_data', '1:5: parse error: unexpected <by>'), 400, 'invalid', /^1:5: parse/],
  [
    'too many samples',
    refused('execution', 'query processing would load too many samples'),
    422,
    'too-many',
    /samples/,
  ],
  ['another execution error', refused('execution', 'many-to-many matching'), 422, 'invalid', /^many-to-many/],
  [
    'its own time-out',
    refused('timeout', 'query timed out in expression evaluation'),
    503,
    'timeout',
    /timed out/,
  ],
  ['an unknown type', refused('internal', 'boom'), 500, 'server-error', /^boom$/],
  ['a proxy page', '<html>Bad Gateway</html>', 502, 'unreachable', /^HTTP 502 instead/],
  ['a login page', '<html>Log in</html>', 200, 'garbage', /not understood/],
  ['a Status', { kind: 'Status', message: 'no endpoints available' }, 503, 'unreachable', /no endpoints/],
  ['nobody let in', 'Unauthorized', 401, 'unauthorized', /Unauthorized/],
  ['an empty body', '', 200, 'garbage', /empty/],
  ['half a body', '{"status":"success","data":{"resultType":"vec', 200, 'garbage', /not understood/],
  [
    'an unknown result type',
    { status: 'success', data: { resultType: 'tensor', result: [] } },
    200,
    'garbage',
    /tensor/,
  ],
  [
    'a value that is none',
    { status: 'success', data: { resultType: 'vector', result: [{ metric: {}, value: [1, ''] }] } },
    200,
    'garbage',
    /value/,
  ],
  [
    'a sample without time',
    { status: 'success', data: { resultType: 'vector', result: [{ metric: {}, value: ['1'] }] } },
    200,
    'garbage',
    /pair/,
  ],
  [
    'a result that is none',
    { status: 'success', data: { resultType: 'vector', result: {} } },
    200,
    'garbage',
    /no result/,
  ],
]

test.each(failures)('%s', async (_, body, status, reason, detail) => {
  const { url } = await standIn(says(body, status))
  const error = await failureOf(queryInstant(urlReach(url), 'x', undefined, signal()))
  expect({ reason: error.reason, detail: error.detail }).toEqual({
    reason,
    detail: expect.stringMatching(detail),
  })
})

test('a matrix where a vector was asked for is garbage', async () => {
  const { url } = await standIn(success({ resultType: 'matrix', result: [] }))
  expect((await failureOf(queryVector(urlReach(url), 'x[5m]', undefined, signal()))).reason).toBe('garbage')
})

test('a server that never answers is a time-out', async () => {
  const { url } = await standIn(() => undefined)
  const error = await failureOf(queryInstant(urlReach(url), 'x', undefined, AbortSignal.timeout(50)))
  expect(error.reason).toBe('timeout')
})

test('a body that is cut off is unreachable, not an empty answer', async () => {
  const { url } = await standIn((_, response) => {
    response.writeHead(200, { 'content-length': '1000' })
    response.write('{"status":"success"')
    response.flushHeaders()
    setImmediate(() => response.destroy())
  })
  expect((await failureOf(queryInstant(urlReach(url), 'x', undefined, signal()))).reason).toBe('unreachable')
})

test('who gives up gets the own reason back, not a failure of the source', async () => {
  const { url, asked } = await standIn(() => undefined)
  const ending = new AbortController()
  const work = queryInstant(urlReach(url), 'x', undefined, ending.signal)
  await expect.poll(() => asked.length).toBe(1)
  ending.abort(new Error('screen closed'))
  await expect(work).rejects.toThrow('screen closed')
})

test('nobody listens', async () => {
  const error = await failureOf(queryInstant(urlReach('http://127.0.0.1:1'), 'x', undefined, signal()))
  expect(error.reason).toBe('unreachable')
  expect(error.detail).toContain('127.0.0.1:1')
})

test('a URL that is none says so without repeating it', () => {
  expect(() => urlReach('ftp://ben:secret@host')).toThrow(/not an http or https URL/)
})

test.each([
  [
    'Prometheus',
    '{"status":"error","errorType":"execution","error":"twice: {pod=\\"\\u001b[2J\\u009b31mx\\"}\\nsee"}',
    422,
  ],
  ['something before it', '\u001b[2Jgone\u009b31m', 502],
])('what %s says is one line that no terminal obeys', async (_, body, status) => {
  const { url } = await standIn(says(body, status))
  const { detail } = await failureOf(queryInstant(urlReach(url), 'up', undefined, signal()))
  expect(detail).not.toMatch(/[\p{Cc}]/u)
})
