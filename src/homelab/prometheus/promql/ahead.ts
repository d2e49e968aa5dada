// Works an expression out in slices: what it selects first, which is most of the work, then each part of it. The
// evaluation at the end finds them done; what is missed here it does itself.
import { nextTurn, turnIsOver } from '#homelab/prometheus/turns.ts'
import { type Expr, unwrap } from './ast.ts'
import { evaluate, subquerySteps } from './evaluate.ts'
import { isStepInvariant } from './invariant.ts'
import { firstOf, type Steps } from './rows.ts'
import { momentOf, type QueryContext, reach } from './select.ts'

/** False where a part of it must be left to the evaluation, and so everything around that part. */
export async function workAhead(context: QueryContext, expr: Expr, steps: Steps): Promise<boolean> {
  if (steps.count === 0) return true
  if (steps.count > 1 && isStepInvariant(expr)) return workAhead(context, expr, firstOf(steps))
  if (!(await selectAhead(context, expr, steps))) return false
  // A range vector has no value of its own, and texts and numbers cost nothing.
  if (['number', 'string', 'matrix', 'subquery'].includes(unwrap(expr).kind)) return true
  if (turnIsOver()) await nextTurn()
  context.keepValue(expr, steps, evaluate(context, expr, steps))
  return true
}

async function selectAhead(context: QueryContext, expr: Expr, steps: Steps): Promise<boolean> {
  switch (expr.kind) {
    case 'number':
    case 'string':
      return true
    case 'selector': {
      const { first, last } = reach(steps, momentOf(expr, context.bounds))
      return context.readAhead(expr.matchers, first - context.lookback, last)
    }
    case 'matrix': {
      const { first, last } = reach(steps, momentOf(expr.selector, context.bounds))
      return context.readAhead(expr.selector.matchers, first - expr.range, last)
    }
    case 'subquery':
      return workAhead(context, expr.expr, subquerySteps(context, expr, steps))
    default: {
      let all = true
      for (const part of partsOf(expr)) all = (await workAhead(context, part, steps)) && all
      return all
    }
  }
}

function partsOf(expr: Exclude<Expr, { kind: 'number' | 'string' | 'selector' | 'matrix' | 'subquery' }>) {
  switch (expr.kind) {
    case 'paren':
    case 'unary':
      return [expr.expr]
    case 'aggregation':
      return expr.param ? [expr.param, expr.expr] : [expr.expr]
    case 'binary':
      return [expr.left, expr.right]
    case 'call':
      return expr.args
  }
}
