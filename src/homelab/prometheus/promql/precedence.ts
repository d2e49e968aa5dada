// Which operator binds first: https://prometheus.io/docs/prometheus/latest/querying/operators/#binary-operator-precedence
import type { Binary, Expr } from './ast.ts'

export type Operator = Pick<Binary, 'op' | 'bool' | 'opFrom' | 'matching'>

/** What stands in a text between two brackets, in its order. */
export type Term =
  | { readonly operand: Expr }
  | { readonly operator: Operator }
  | { readonly prefix: { readonly op: '+' | '-'; readonly from: number } }

const levels: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '<=': 3,
  '<': 3,
  '>=': 3,
  '>': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  atan2: 5,
  '^': 6,
}
/** A sign binds like `*`: only a power comes first. */
const afterSign = 6

/** Builds the tree by precedence climbing. The terms are whole: the grammar has seen to that. */
export function climb(terms: readonly Term[]): Expr {
  let next = 0
  const operand = (): Expr => {
    const term = terms[next++]
    if (!term || 'operator' in term) throw new Error('an operand is missing')
    if ('operand' in term) return term.operand
    const expr = level(afterSign)
    return { kind: 'unary', op: term.prefix.op, expr, from: term.prefix.from, to: expr.to }
  }
  const level = (least: number): Expr => {
    let left = operand()
    for (;;) {
      const term = terms[next]
      if (!term || !('operator' in term)) return left
      const strength = levels[term.operator.op] ?? 0
      if (strength < least) return left
      next += 1
      const right = level(term.operator.op === '^' ? strength : strength + 1)
      left = { kind: 'binary', ...term.operator, left, right, from: left.from, to: right.to }
    }
  }
  return level(0)
}
