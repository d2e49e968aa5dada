// obsdeck query EXPR: PromQL, at this moment or over --range.
import { type Command, UsageError } from '#commands/command.ts'
import { stepFor } from '#model/query-step.ts'
import { SourceError } from '#model/reading.ts'
import { boundsOf } from '#model/time.ts'

export const query: Command = {
  name: 'query',
  usage: 'obsdeck query EXPR',
  summary: 'ask Prometheus: a table of now, or with --range a chart',
  flags: {},
  outputs: ['text', 'json', 'csv'],
  async run({ args, flags, settings, outside, signal, connect }) {
    const expr = args.join(' ')
    if (!expr) throw new UsageError('query needs an expression', "for example: obsdeck query 'sum(up)'")
    const cluster = await connect()
    const { openPrometheus } = await import('#live/route.ts')
    const { queryInstant, queryRange } = await import('#sources/prometheus/query.ts')
    const { prometheusUrl, timeout } = settings
    const reach = await openPrometheus({ cluster, prometheusUrl, timeout }, signal)
    if (flags.range === undefined) {
      const answer = await queryInstant(reach, expr, undefined, signal).catch((error) => pointAt(expr, error))
      return { view: 'answer', expr, answer }
    }
    const { from, to } = boundsOf(settings.range, outside.now())
    const step = stepFor(settings.range, Math.max(40, outside.columns))
    return {
      view: 'answer',
      expr,
      range: settings.range,
      answer: await queryRange(reach, { expr, from, to, step }, signal).catch((error) =>
        pointAt(expr, error),
      ),
    }
  },
}

/** A parse error again, with the line of the expression and a mark under where Prometheus stopped reading it. */
function pointAt(expr: string, error: unknown): never {
  if (!(error instanceof SourceError)) throw error
  const [, line, column] = /\b(\d+):(\d+): parse error/.exec(error.detail) ?? []
  const text = expr.split('\n')[Number(line) - 1]
  if (text === undefined) throw error
  throw new UsageError(error.detail, `${text}\n  ${' '.repeat(Number(column) - 1)}^`)
}
