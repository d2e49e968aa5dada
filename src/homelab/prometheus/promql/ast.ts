// The syntax tree that the evaluator works on. Positions are offsets into the query's text.
import type { Matcher } from '#homelab/prometheus/storage.ts'

interface Span {
  readonly from: number
  readonly to: number
}

/** `@ start()`, `@ end()`, or a moment in milliseconds. */
export type AtModifier = number | 'start' | 'end'

export interface Selector extends Span {
  readonly kind: 'selector'
  /** The metric's name where it stood before the braces; it is among the matchers too. */
  readonly name?: string
  readonly matchers: readonly Matcher[]
  /** Milliseconds. */
  offset: number
  at?: AtModifier
}

export interface MatrixSelector extends Span {
  readonly kind: 'matrix'
  readonly selector: Selector
  /** Milliseconds. */
  readonly range: number
}

export interface Subquery extends Span {
  readonly kind: 'subquery'
  readonly expr: Expr
  readonly range: number
  /** Absent: the global evaluation interval. */
  readonly step?: number
  offset: number
  at?: AtModifier
}

export interface Call extends Span {
  readonly kind: 'call'
  readonly name: string
  readonly args: readonly Expr[]
}

export interface Aggregation extends Span {
  readonly kind: 'aggregation'
  readonly op: string
  readonly expr: Expr
  readonly param?: Expr
  readonly without: boolean
  readonly labels: readonly string[]
}

export interface VectorMatching {
  readonly on: boolean
  readonly labels: readonly string[]
  /** Which side may have many series of one match group. */
  readonly many?: 'left' | 'right'
  /** Labels taken over from the side of one. */
  readonly include: readonly string[]
}

export interface Binary extends Span {
  readonly kind: 'binary'
  readonly op: string
  readonly left: Expr
  readonly right: Expr
  readonly bool: boolean
  readonly matching?: VectorMatching
  readonly opFrom: number
}

interface Unary extends Span {
  readonly kind: 'unary'
  readonly op: '+' | '-'
  readonly expr: Expr
}

interface Paren extends Span {
  readonly kind: 'paren'
  readonly expr: Expr
}

interface NumberLiteral extends Span {
  readonly kind: 'number'
  readonly value: number
  /** It was written as `5m`. */
  readonly duration?: boolean
}

interface StringLiteral extends Span {
  readonly kind: 'string'
  readonly value: string
}

export type Expr =
  | Selector
  | MatrixSelector
  | Subquery
  | Call
  | Aggregation
  | Binary
  | Unary
  | Paren
  | NumberLiteral
  | StringLiteral

export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string'

/** As Prometheus names them to users. */
export const typeNames: Readonly<Record<ValueType, string>> = {
  scalar: 'scalar',
  vector: 'instant vector',
  matrix: 'range vector',
  string: 'string',
}

export const comparisons: ReadonlySet<string> = new Set(['==', '!=', '>', '<', '>=', '<='])
export const setOperators: ReadonlySet<string> = new Set(['and', 'or', 'unless'])

export function unwrap(expr: Expr): Expr {
  return expr.kind === 'paren' ? unwrap(expr.expr) : expr
}
