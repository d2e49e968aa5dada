// Reads in slices everything that an expression selects, before it is evaluated at one go: the samples are nearly all
// of the work. What is missed here is read by the evaluation itself.
import type { Expr } from './ast.ts'
import { subquerySteps } from './evaluate.ts'
import type { Steps } from './rows.ts'
import { momentOf, type QueryContext, reach } from './select.ts'

export async function readAhead(context: QueryContext, expr: Expr, steps: Steps): Promise<void> {
  if (steps.count === 0) return
  switch (expr.kind) {
    case 'number':
    case 'string':
      return
    case 'selector': {
      const { first, last } = reach(steps, momentOf(expr, context.bounds))
      return context.readAhead(expr.matchers, first - context.lookback, last)
    }
    case 'matrix': {
      const { first, last } = reach(steps, momentOf(expr.selector, context.bounds))
      return context.readAhead(expr.selector.matchers, first - expr.range, last)
    }
    case 'subquery':
      return readAhead(context, expr.expr, subquerySteps(context, expr, steps))
    default:
      for (const part of partsOf(expr)) await readAhead(context, part, steps)
  }
}

function partsOf(expr: Exclude<Expr, { kind: 'number' | 'string' | 'selector' | 'matrix' | 'subquery' }>) {
  switch (expr.kind) {
    case 'paren':
    case 'unary':
      return [expr.expr]
    case 'aggregation':
      return expr.param ? [expr.expr, expr.param] : [expr.expr]
    case 'binary':
      return [expr.left, expr.right]
    case 'call':
      return expr.args
  }
}
