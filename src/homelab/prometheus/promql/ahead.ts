// Works an expression out in slices: what it selects first, which is most of the work, then each part of it. The
// evaluation at the end finds them done; what is missed here it does itself.
import { nextTurn, turnIsOver } from '#homelab/prometheus/turns.ts'
import type { Expr } from './ast.ts'
import { evaluate, subquerySteps } from './evaluate.ts'
import type { Steps } from './rows.ts'
import { momentOf, type QueryContext, reach } from './select.ts'

export async function workAhead(context: QueryContext, expr: Expr, steps: Steps): Promise<void> {
  if (steps.count === 0) return
  switch (expr.kind) {
    case 'number':
    case 'string':
      return
    case 'matrix': {
      const { first, last } = reach(steps, momentOf(expr.selector, context.bounds))
      await context.readAhead(expr.selector.matchers, first - expr.range, last)
      return
    }
    case 'subquery':
      return workAhead(context, expr.expr, subquerySteps(context, expr, steps))
    case 'selector': {
      const { first, last } = reach(steps, momentOf(expr, context.bounds))
      const isRead = await context.readAhead(expr.matchers, first - context.lookback, last)
      if (!isRead) return
      break
    }
    default:
      for (const part of partsOf(expr)) await workAhead(context, part, steps)
  }
  if (turnIsOver()) await nextTurn()
  context.keepValue(expr, steps, evaluate(context, expr, steps))
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
