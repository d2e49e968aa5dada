// obsdeck query through the whole command: one and several expressions, bounds, mistakes pointed at.
import { expect, test } from 'vitest'
import type { CommandCall, Outcome, Settings } from '#commands/command.ts'
import { UsageError } from '#commands/command.ts'
import { query } from '#commands/query.ts'
import type { QueryAnswer } from '#model/prometheus.ts'
import { standInCluster } from '#test/live/stand-in-cluster.ts'
import { says, standIn, success } from '#test/sources/prometheus/stand-in.ts'
import { printAnswers, printCsv } from '#ui/print/answer.ts'

const now = 1_795_317_120_000

function call(prometheusUrl: string, args: readonly string[], flags: CommandCall['flags'] = {}): CommandCall {
  const settings: Partial<Settings> = { range: { span: 3_600_000 }, timeout: 5000, prometheusUrl }
  // What the command does not touch is not there.
  const outside = { now: () => now, columns: 80 } as CommandCall['outside']
  return {
    ...{ args, flags, outside, settings: settings as Settings },
    signal: AbortSignal.timeout(10_000),
    connect: async () => standInCluster({}),
    connectTo: async () => standInCluster({}),
  }
}

const vector = (...values: readonly string[]) => ({
  resultType: 'vector',
  result: values.map((value, index) => ({ metric: { n: String(index) }, value: [now / 1000, value] })),
})

function answersOf(outcome: Outcome) {
  if (outcome.view !== 'answer') throw new Error(`it ended in ${outcome.view}`)
  return outcome.answers
}

async function usageErrorOf(work: Promise<unknown>): Promise<UsageError> {
  const error = await work.catch((thrown: unknown) => thrown)
  if (error instanceof UsageError) return error
  throw new Error(`no usage error: ${String(error)}`)
}

test('several expressions, in their order', async () => {
  const { url } = await standIn((asked, response) =>
    success(vector(asked.params.get('query') === 'b' ? '2' : '1'))(asked, response),
  )
  const answers = answersOf(await query.run(call(url, ['a'], { expr: ['b', 'c'] })))
  expect(answers.map(({ expr }) => expr)).toEqual(['a', 'b', 'c'])
  expect(answers.map(({ answer }) => answer.type === 'vector' && answer.samples[0]?.value)).toEqual([1, 2, 1])
})

test('words without quotes are one expression', async () => {
  const { url, asked } = await standIn(success(vector('1')))
  await query.run(call(url, ['sum', 'by', '(x)', '(up)']))
  expect(asked.at(-1)?.params.get('query')).toBe('sum by (x) (up)')
})

test('at most so many series, and it is said; 0 is all', async () => {
  const { url, asked } = await standIn(success(vector('1', '2', '3')))
  const [one] = answersOf(await query.run(call(url, ['up'], { limit: 2 })))
  expect(one?.answer).toMatchObject({ samples: [{ value: 1 }, { value: 2 }] })
  expect(one?.answer.warnings).toEqual([expect.stringMatching(/^more than 2 series/)])
  expect(asked.at(-1)?.params.get('limit')).toBe('3')
  expect(asked.at(-1)?.params.get('timeout')).toBe('5')
  await query.run(call(url, ['up'], { limit: 0 }))
  expect(asked.at(-1)?.params.has('limit')).toBe(false)
})

test('a mistake is marked in its own expression', async () => {
  const wrong = { status: 'error', errorType: 'bad_data', error: '1:5: parse error: unexpected ")"' }
  const { url } = await standIn((asked, response) =>
    asked.params.get('query') === 'sum()'
      ? says(wrong, 400)(asked, response)
      : success(vector('1'))(asked, response),
  )
  const error = await usageErrorOf(query.run(call(url, ['up'], { expr: ['sum()'] })))
  expect(error.fix).toBe('sum()\n      ^')
})

test.each([
  [[], {}, /needs an expression/],
  [['up'], { limit: -1 }, /--limit takes a whole number/],
  [['up'], { limit: 1.5 }, /--limit takes a whole number/],
  [['up'], { expr: Array.from({ length: 8 }, () => 'x') }, /at most 8/],
])('%j %j is refused', async (args, flags, words) => {
  expect((await usageErrorOf(query.run(call('http://127.0.0.1:9', args, flags)))).message).toMatch(words)
})

test('what Prometheus says of a query stands below its answer, warnings first, infos dim', () => {
  const info = 'metric might not be a counter: "node_load1" (1:6)'
  const answer: QueryAnswer = { type: 'scalar', at: now, value: 1, warnings: ['old'], infos: [info] }
  const print = (colour: 0 | 1) =>
    printAnswers(
      { answers: [{ expr: 'a', answer }] },
      { columns: 80, colour, ascii: false, now, timeZone: 'UTC' },
    )
  const said = 'info: metric might not be a counter: "node_load1" (1:6)'
  expect(print(0)).toBe(`1\nwarning: old\n${said}`)
  expect(print(1)).toBe(`1\nwarning: old\n\u001b[2m${said}\u001b[22m`)
})

test('in print one answer stands alone, several are headed', () => {
  const answer = (value: number): QueryAnswer => ({ type: 'scalar', at: now, value, warnings: [] })
  const style = { columns: 80, colour: 0, ascii: false, now, timeZone: 'UTC' } as const
  const [a, b] = [
    { expr: 'a', answer: answer(1) },
    { expr: 'b\u001b[31m', answer: answer(2) },
  ]
  expect(printAnswers({ answers: [a] }, style)).toBe('1')
  expect(printAnswers({ answers: [a, b] }, style)).toBe('a\n1\n\nb\n2')
  expect(printCsv([a], String)).toBe(`time,value\n${now},1`)
  expect(printCsv([a, b], String)).toBe(`query,time,value\na,${now},1\nb,${now},2`)
})
