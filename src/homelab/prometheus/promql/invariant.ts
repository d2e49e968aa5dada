// What comes to the same at every step of a query, because all of it looks at moments that `@` fixes. Prometheus
// evaluates such a part once, at the first step; that shows in what it warns of, and in an aggregation's parameter.
import { type Expr, unwrap } from './ast.ts'

/** They tell of the step itself, whatever their arguments are. */
const ofTheStep = new Set(
  'days_in_month day_of_month day_of_week day_of_year hour minute month year predict_linear time timestamp'.split(
    ' ',
  ),
)

const known = new WeakMap<Expr, boolean>()

export function isStepInvariant(expr: Expr): boolean {
  const found = known.get(expr) ?? judged(expr)
  known.set(expr, found)
  return found
}

function judged(expr: Expr): boolean {
  switch (expr.kind) {
    case 'number':
    case 'string':
      return true
    case 'selector':
    case 'subquery':
      return expr.at !== undefined
    case 'matrix':
      return expr.selector.at !== undefined
    case 'paren':
    case 'unary':
      return isStepInvariant(expr.expr)
    case 'aggregation':
      // Its parameter is not asked.
      return isStepInvariant(expr.expr)
    case 'binary':
      return isStepInvariant(expr.left) && isStepInvariant(expr.right)
    case 'call':
      if (expr.name === 'timestamp') {
        const [arg = expr] = expr.args.map(unwrap)
        return arg.kind === 'selector' && isStepInvariant(arg)
      }
      return !ofTheStep.has(expr.name) && expr.args.every(isStepInvariant)
  }
}
