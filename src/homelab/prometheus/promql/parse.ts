// PromQL's text to our syntax tree: the published grammar finds the structure, and what it cannot say is checked here.

import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import type { Matcher } from '#homelab/prometheus/storage.ts'
import type { Aggregation, AtModifier, Expr, Selector, VectorMatching } from './ast.ts'
import { checkTypes } from './check.ts'
import { parseError, QueryError } from './errors.ts'
import { fixed } from './go-format.ts'
import { metricName } from './labels.ts'
import { parseNumber, unquote } from './literals.ts'
import { compileMatcher } from './matching.ts'
import { climb, type Operator, type Term } from './precedence.ts'
import { experimental, signatures, wrongArguments } from './signatures.ts'
import { syntaxError } from './syntax-error.ts'

/** Throws QueryError `bad_data` with Prometheus's `LINE:COLUMN: parse error: …`. */
export function parse(text: string): Expr {
  const expr = build(text)
  checkTypes(text, expr)
  return expr
}

/** A series selector alone, as `match[]` has it. Throws as `parse`. */
export function parseSelector(text: string): readonly Matcher[] {
  const expr = build(text)
  if (expr.kind === 'selector' && expr.offset === 0 && expr.at === undefined) return expr.matchers
  const selector = /^[^[{(]*(?:\{[^}]*\})?/.exec(text)?.[0] ?? ''
  throw parseError(text, selector.length, `unexpected "${text[selector.length] ?? ''}"`)
}

function build(text: string): Expr {
  const tree = parser.parse(plainNumbers(text))
  let first = tree.topNode.firstChild
  while (first?.name === 'LineComment') first = first.nextSibling
  if (!first || text.replace(/#[^\n]*/g, '').trim() === '') {
    const nothing = 'no expression found in input'
    throw text === ''
      ? new QueryError('bad_data', `unknown position: parse error: ${nothing}`)
      : parseError(text, 0, nothing)
  }
  const broken = syntaxError(text, tree)
  if (broken) throw broken
  return new Builder(text).expr(first)
}

/** The grammar does not know `5.`: to it the dot is a blank, so that all keeps its place. */
function plainNumbers(text: string): string {
  return text.replace(
    /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|#[^\n]*|\b(\d+)\.(?![\w.])/g,
    (piece, digits?: string) => (digits === undefined ? piece : `${digits} `),
  )
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment') found.push(child)
  }
  return found
}

const expressions = new Set(
  `AggregateExpr BinaryExpr FunctionCall MatrixSelector NumberDurationLiteral OffsetExpr AnchoredExpr SmoothedExpr
  ParenExpr StringLiteral SubqueryExpr UnaryExpr VectorSelector StepInvariantExpr`.split(/\s+/),
)
const isDuration = (text: string) => /\d(?:ms|[ywdhms])$/.test(text)
const postfixes = new Set(['OffsetExpr', 'StepInvariantExpr', 'MatrixSelector', 'SubqueryExpr'])
const modifiable = 'an instant vector selector or range vector selector or a subquery'

class Builder {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }

  #of(node: SyntaxNode): string {
    return this.#text.slice(node.from, node.to)
  }

  #fail(at: { from: number }, message: string): never {
    throw parseError(this.#text, at.from, message)
  }

  #exprs(node: SyntaxNode): SyntaxNode[] {
    return childrenOf(node).filter((child) => expressions.has(child.name))
  }

  #only(node: SyntaxNode): Expr {
    const child = this.#exprs(node)[0]
    return child ? this.expr(child) : this.#fail(node, 'unexpected end of input')
  }

  expr(node: SyntaxNode): Expr {
    return climb(this.#flatten(node))
  }

  #leaf(node: SyntaxNode): Expr {
    const { from, to } = node
    switch (node.name) {
      case 'NumberDurationLiteral':
        return { kind: 'number', value: this.#number(node), duration: isDuration(this.#of(node)), from, to }
      case 'StringLiteral':
        return { kind: 'string', value: this.#string(node), from, to }
      case 'ParenExpr':
        return { kind: 'paren', expr: this.#only(node), from, to }
      case 'VectorSelector':
        return this.#selector(node)
      case 'FunctionCall':
        return this.#call(node)
      case 'AggregateExpr':
        return this.#aggregation(node)
      default:
        return this.#fail(node, `${this.#of(node)} is experimental and not enabled`)
    }
  }

  #number(node: SyntaxNode): number {
    const value = parseNumber(this.#of(node))
    return value ?? this.#fail(node, `bad number or duration syntax: "${this.#of(node)}"`)
  }

  #string(node: SyntaxNode): string {
    const value = unquote(this.#of(node))
    return value ?? this.#fail(node, 'unterminated quoted string')
  }

  /** Milliseconds. */
  #duration(node: SyntaxNode): number {
    const inner = childrenOf(node)
    const [first] = inner
    if (inner.length === 1 && first?.name === 'NumberDurationLiteralInDurationContext') {
      return Math.round(this.#number(first) * 1000)
    }
    if (inner.length === 2 && first?.name === 'UnaryOp' && inner[1]) {
      const amount = this.#duration(inner[1])
      return this.#of(first) === '-' ? -amount : amount
    }
    return this.#fail(node, 'experimental duration expression is not enabled')
  }

  #range(node: SyntaxNode): number {
    const [first] = node.getChildren('DurationExpr')
    const range = first ? this.#duration(first) : 0
    if (range <= 0) this.#fail(first ?? node, 'duration must be greater than 0')
    return range
  }

  #selector(node: SyntaxNode): Selector {
    const matchers: Matcher[] = []
    const name = node.getChild('Identifier')
    for (const child of childrenOf(node.getChild('LabelMatchers') ?? node)) {
      if (child.name === 'QuotedLabelName') {
        if (name || matchers.some((matcher) => matcher.label === metricName)) {
          this.#fail(
            node,
            `metric name must not be set twice: "${this.#of(name ?? child)}" or ${this.#of(child)}`,
          )
        }
        const text = child.firstChild ? this.#string(child.firstChild) : ''
        matchers.push({ label: metricName, op: '=', value: text })
      } else if (child.name.endsWith('LabelMatcher')) matchers.push(this.#matcher(child))
    }
    if (name) {
      const twice = matchers.find((matcher) => matcher.label === metricName)
      if (twice)
        this.#fail(node, `metric name must not be set twice: "${this.#of(name)}" or "${twice.value}"`)
      matchers.push({ label: metricName, op: '=', value: this.#of(name) })
    }
    const named = name && { name: this.#of(name) }
    return { kind: 'selector', ...named, matchers, offset: 0, from: node.from, to: node.to }
  }

  #matcher(node: SyntaxNode): Matcher {
    const [label, op, value] = childrenOf(node)
    if (!label || !op || !value) return this.#fail(node, 'unexpected end of input in label matching')
    const name =
      label.name === 'QuotedLabelName' && label.firstChild ? this.#string(label.firstChild) : this.#of(label)
    const matcher = { label: name, op: this.#of(op) as Matcher['op'], value: this.#string(value) }
    try {
      compileMatcher(matcher)
    } catch (error) {
      this.#fail(node, error instanceof Error ? error.message : 'bad expression')
    }
    return matcher
  }

  #withOffset(node: SyntaxNode, expr: Expr): Expr {
    const target = expr.kind === 'matrix' ? expr.selector : expr
    if (target.kind !== 'selector' && target.kind !== 'subquery') {
      return this.#fail(expr, `offset modifier must be preceded by ${modifiable}`)
    }
    if (target.offset !== 0) this.#fail(expr, 'offset may not be set multiple times')
    const amount = node.getChild('OffsetDurationExpr')
    target.offset = amount ? this.#duration(amount) : 0
    return { ...expr, to: node.to }
  }

  #withAt(node: SyntaxNode, expr: Expr): Expr {
    const target = expr.kind === 'matrix' ? expr.selector : expr
    if (target.kind !== 'selector' && target.kind !== 'subquery') {
      return this.#fail(expr, `@ modifier must be preceded by ${modifiable}`)
    }
    if (target.at !== undefined) this.#fail(expr, '@ <timestamp> may not be set multiple times')
    target.at = this.#moment(node)
    return { ...expr, to: node.to }
  }

  #withRange(node: SyntaxNode, expr: Expr): Expr {
    if (expr.kind !== 'selector') this.#fail({ from: expr.to }, 'ranges only allowed for vector selectors')
    if (expr.offset !== 0 || expr.at !== undefined) {
      const what = expr.at === undefined ? 'offset modifiers' : '@ modifiers'
      this.#fail(node, `no ${what} allowed before range`)
    }
    return { kind: 'matrix', selector: expr, range: this.#range(node), from: expr.from, to: node.to }
  }

  #withSubquery(node: SyntaxNode, expr: Expr): Expr {
    const stepNode = node.getChildren('DurationExpr')[1]
    const step = stepNode && this.#duration(stepNode)
    if (stepNode && step !== undefined && step <= 0) this.#fail(stepNode, 'duration must be greater than 0')
    const range = this.#range(node)
    return { kind: 'subquery', expr, range, ...(step && { step }), offset: 0, from: expr.from, to: node.to }
  }

  /** A postfix binds to the operand before it, whatever the grammar made of it. */
  #postfix(node: SyntaxNode, expr: Expr): Expr {
    switch (node.name) {
      case 'OffsetExpr':
        return this.#withOffset(node, expr)
      case 'StepInvariantExpr':
        return this.#withAt(node, expr)
      case 'MatrixSelector':
        return this.#withRange(node, expr)
      default:
        return this.#withSubquery(node, expr)
    }
  }

  #moment(node: SyntaxNode): AtModifier {
    const special = node.getChild('AtModifierPreprocessors')
    if (special) return this.#of(special).startsWith('start') ? 'start' : 'end'
    const literal = node.getChildren('NumberDurationLiteral').at(-1)
    const seconds = literal ? this.#number(literal) : Number.NaN
    if (!Number.isFinite(seconds))
      this.#fail(node, `timestamp out of bounds for @ modifier: ${fixed(seconds, 6)}`)
    return Math.round(seconds * 1000)
  }

  /**
   * Operands and operators as they stand in the text. The grammar lets a postfix take a whole operation with it
   * (`a - b offset 5m`) and a sign the number that a power should have (`-2 ^ 2`), so that precedence is done again.
   */
  #flatten(node: SyntaxNode): Term[] {
    if (node.name === 'BinaryExpr') {
      const [left, right] = this.#exprs(node)
      const op = left && node.childAfter(left.to)
      if (!left || !right || !op) return this.#fail(node, 'unexpected end of input')
      return [...this.#flatten(left), { operator: this.#operator(node, op) }, ...this.#flatten(right)]
    }
    const sign = this.#text[node.from]
    if (
      node.name === 'UnaryExpr' ||
      (node.name === 'NumberDurationLiteral' && (sign === '-' || sign === '+'))
    ) {
      const prefix = { op: sign === '-' ? ('-' as const) : ('+' as const), from: node.from }
      const inner = this.#exprs(node)[0]
      if (inner) return [{ prefix }, ...this.#flatten(inner)]
      const value = this.#number(node) * (sign === '-' ? -1 : 1)
      return [
        { prefix },
        {
          operand: {
            kind: 'number',
            value,
            duration: isDuration(this.#of(node)),
            from: node.from + 1,
            to: node.to,
          },
        },
      ]
    }
    if (postfixes.has(node.name)) {
      const inner = this.#exprs(node)[0]
      const terms = inner ? this.#flatten(inner) : []
      const last = terms.at(-1)
      if (!last || !('operand' in last)) return this.#fail(node, 'unexpected end of input')
      return [...terms.slice(0, -1), { operand: this.#postfix(node, last.operand) }]
    }
    return [{ operand: this.#leaf(node) }]
  }

  #operator(node: SyntaxNode, opNode: SyntaxNode): Operator {
    const op = this.#of(opNode).toLowerCase()
    if (op === '</' || op === '>/') this.#fail(opNode, `operator ${op} is experimental and not enabled`)
    if (node.getChild('FillModifier'))
      this.#fail(node, 'binop fill modifiers are experimental and not enabled')
    const matching = this.#matching(node)
    const bool = node.getChild('BoolModifier') !== null
    return { op, bool, opFrom: opNode.from, ...(matching && { matching }) }
  }

  #matching(node: SyntaxNode): VectorMatching | undefined {
    const clause = node.getChild('MatchingModifierClause')
    if (!clause) return undefined
    const [first, second] = clause.getChildren('GroupingLabels')
    const many = clause.getChild('GroupLeft') ? 'left' : clause.getChild('GroupRight') ? 'right' : undefined
    return {
      on: clause.getChild('On') !== null,
      labels: this.#names(first),
      ...(many && { many }),
      include: this.#names(second),
    }
  }

  #names(node: SyntaxNode | null | undefined): string[] {
    if (!node) return []
    return childrenOf(node).map((child) =>
      child.name === 'QuotedLabelName' && child.firstChild ? this.#string(child.firstChild) : this.#of(child),
    )
  }

  #call(node: SyntaxNode): Expr {
    const [identifier, body] = childrenOf(node)
    if (!identifier || !body) return this.#fail(node, 'unexpected end of input')
    const name = this.#of(identifier)
    if (!signatures.has(name)) {
      if (experimental.has(name)) {
        this.#fail(node, `function "${name}" is not enabled`)
      }
      this.#fail(node, `unknown function with name "${name}"`)
    }
    const args = this.#exprs(body).map((child) => this.expr(child))
    return { kind: 'call', name, args, from: node.from, to: node.to }
  }

  #aggregation(node: SyntaxNode): Aggregation {
    const opNode = node.getChild('AggregateOp')
    const body = node.getChild('FunctionCallBody')
    if (!opNode || !body) return this.#fail(node, 'unexpected end of input in aggregation')
    const op = this.#of(opNode).toLowerCase()
    if (op.startsWith('limit')) {
      this.#fail(
        node,
        `${op}() is experimental and must be enabled with --enable-feature=promql-experimental-functions`,
      )
    }
    const modifier = node.getChild('AggregateModifier')
    const args = this.#exprs(body).map((child) => this.expr(child))
    const wrong = wrongArguments(op, args.length)
    const [first, second] = args
    const expr = second ?? first
    if (wrong !== undefined || !expr) return this.#fail(node, wrong ?? 'no arguments')
    return {
      kind: 'aggregation',
      op,
      expr,
      ...(second && first && { param: first }),
      without: modifier?.getChild('Without') !== null && modifier !== null,
      labels: this.#names(modifier?.getChild('GroupingLabels')),
      from: node.from,
      to: node.to,
    }
  }
}
