// The unit of an expression's values as far as its metrics' names say it surely; a plain number where they do not.
import { metricsIn } from './expected.ts'
import { tokensOf } from './tokens.ts'

export type ExprUnit = 'bytes' | 'bytes/s' | 'number'

const rates = new Set(['rate', 'irate', 'deriv'])
/** Calls and operations whose values have another unit than what they are given. */
const changing =
  /^(?:count|count_over_time|count_values|group|changes|resets|absent|timestamp|stdvar|stdvar_over_time|ln|log2|log10|sgn|histogram_quantile|[*/^%])$/

export function unitOf(expr: string): ExprUnit {
  const tokens = tokensOf(expr)
  if (tokens.some(({ text, type }) => type !== 'string' && changing.test(text))) return 'number'
  const metrics = metricsIn(tokens)
  if (metrics.length === 0 || !metrics.every((name) => /_bytes(?:_total|_sum)?$/.test(name))) return 'number'
  return tokens.some(({ text }) => rates.has(text)) ? 'bytes/s' : 'bytes'
}
