// obsdeck query EXPR: PromQL, at this moment or over --range; several with -e.
import { type Command, type CommandCall, UsageError } from '#commands/command.ts'
import { mistakeIn } from '#model/promql/mistake.ts'
import { stepFor } from '#model/query-step.ts'
import { SourceError } from '#model/reading.ts'
import { boundsOf } from '#model/time.ts'
import type { AnswerBounds } from '#sources/prometheus/query.ts'

const usualLimit = 10_000
/** Beyond this an answer does not fit into memory twice, as text and as numbers. */
const mostBytes = 200_000_000

export const query: Command = {
  name: 'query',
  usage: 'obsdeck query EXPR',
  summary: 'ask Prometheus: a table of now, or with --range a chart',
  flags: {
    expr: {
      ...{ type: 'string', short: 'e', value: 'EXPR', repeated: true },
      help: 'one more expression; may be given again',
    },
    limit: {
      ...{ type: 'number', value: 'N' },
      help: `at most N series of each, ${usualLimit} where absent, 0 for all; what is left out is said`,
    },
  },
  outputs: ['text', 'json', 'csv'],
  async run(call) {
    const { flags, settings, outside, signal, connect } = call
    const exprs = exprsOf(call)
    const bounds = boundsFor(call)
    const cluster = await connect()
    const { openPrometheus } = await import('#live/route.ts')
    const { queryInstant, queryRange } = await import('#sources/prometheus/query.ts')
    const { prometheusUrl, timeout } = settings
    const reach = await openPrometheus({ cluster, prometheusUrl, timeout }, signal)
    const { from, to } = boundsOf(settings.range, outside.now())
    const step = stepFor(settings.range, Math.max(40, outside.columns))
    const now = flags.range === undefined
    const ask = async (expr: string) => {
      const asked = now
        ? queryInstant(reach, expr, undefined, signal, bounds)
        : queryRange(reach, { expr, from, to, step }, signal, bounds)
      return { expr, answer: await asked.catch((error) => pointAt(expr, error)) }
    }
    const answers = await Promise.all(exprs.map(ask))
    return { view: 'answer', answers, ...(!now && { range: settings.range }) }
  },
}

/** As many at once as a screen asks. */
const mostExprs = 8

function exprsOf({ args, flags }: CommandCall): string[] {
  const more = Array.isArray(flags.expr) ? flags.expr.map(String) : []
  const exprs = [args.join(' '), ...more].filter((expr) => expr.trim() !== '')
  if (exprs.length === 0)
    throw new UsageError('query needs an expression', "for example: obsdeck query 'sum(up)'")
  if (exprs.length > mostExprs) throw new UsageError(`query takes at most ${mostExprs} expressions`)
  return exprs
}

function boundsFor({ flags, settings }: CommandCall): AnswerBounds {
  const limit = flags.limit ?? usualLimit
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 0)
    throw new UsageError('--limit takes a whole number')
  return { ...(limit > 0 && { series: limit }), timeout: settings.timeout, bytes: mostBytes }
}

/** A parse error again, with the line of the expression and a mark under where Prometheus stopped reading it. */
function pointAt(expr: string, error: unknown): never {
  if (!(error instanceof SourceError)) throw error
  const mistake = mistakeIn(expr, error.detail)
  if (mistake === undefined) throw error
  throw new UsageError(error.detail, `${mistake.line}\n  ${' '.repeat(mistake.place)}^`)
}
