// An expression as Prometheus prints it back: what /api/v1/rules shows of a rule.
import type { AtModifier, Binary, Expr, Selector } from './ast.ts'
import { metricName } from './labels.ts'
import { formatDuration, formatValue, quote } from './literals.ts'

const plainLabel = /^[a-zA-Z_][a-zA-Z0-9_]*$/

export function formatExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return expr.duration ? formatDuration(expr.value * 1000) : formatValue(expr.value)
    case 'string':
      return quote(expr.value)
    case 'paren':
      return `(${formatExpr(expr.expr)})`
    case 'unary':
      // A signed number is one literal.
      if (expr.expr.kind === 'number') {
        return formatExpr({ ...expr.expr, value: expr.op === '-' ? -expr.expr.value : expr.expr.value })
      }
      return `${expr.op}${formatExpr(expr.expr)}`
    case 'selector':
      return series(expr) + modifiers(expr)
    case 'matrix':
      return `${series(expr.selector)}[${formatDuration(expr.range)}]${modifiers(expr.selector)}`
    case 'subquery': {
      const step = expr.step === undefined ? '' : formatDuration(expr.step)
      return `${formatExpr(expr.expr)}[${formatDuration(expr.range)}:${step}]${modifiers(expr)}`
    }
    case 'call':
      return `${expr.name}(${expr.args.map(formatExpr).join(', ')})`
    case 'aggregation': {
      const grouping = expr.without ? ` without (${names(expr.labels)}) ` : ` by (${names(expr.labels)}) `
      const args = expr.param ? `${formatExpr(expr.param)}, ${formatExpr(expr.expr)}` : formatExpr(expr.expr)
      return `${expr.op}${expr.without || expr.labels.length > 0 ? grouping : ''}(${args})`
    }
    case 'binary':
      return `${formatExpr(expr.left)} ${expr.op}${expr.bool ? ' bool' : ''}${matching(expr)} ${formatExpr(expr.right)}`
  }
}

const names = (labels: readonly string[]) =>
  labels.map((label) => (plainLabel.test(label) ? label : quote(label))).join(', ')

function matching({ matching: how }: Binary): string {
  if (!how) return ''
  const keys =
    how.on || how.many || how.labels.length > 0 ? ` ${how.on ? 'on' : 'ignoring'} (${names(how.labels)})` : ''
  return how.many ? `${keys} group_${how.many} (${names(how.include)})` : keys
}

function series({ name, matchers }: Selector): string {
  const rest = matchers
    .filter(({ label, op, value }) => !(label === metricName && op === '=' && value === name))
    .map(({ label, op, value }) => `${plainLabel.test(label) ? label : quote(label)}${op}${quote(value)}`)
    .sort()
  return `${name ?? ''}${rest.length > 0 ? `{${rest.join(',')}}` : ''}`
}

function modifiers({ at, offset }: { readonly at?: AtModifier; readonly offset: number }): string {
  const moment = at === undefined ? '' : ` @ ${typeof at === 'number' ? (at / 1000).toFixed(3) : `${at}()`}`
  return moment + (offset === 0 ? '' : ` offset ${formatDuration(offset)}`)
}
