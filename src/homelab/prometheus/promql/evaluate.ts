// Evaluates a syntax tree over all steps of a query at once. Each kind of expression is one case; functions live in
// the tables of windows.ts, values.ts and functions.ts.
import { absentAt, outermost, repeated, single } from './across.ts'
import { aggregate, countValues } from './aggregate.ts'
import {
  type Aggregation,
  type Binary,
  type Expr,
  type MatrixSelector,
  type Subquery,
  setOperators,
  unwrap,
} from './ast.ts'
import { scalars, setOperation, vectors, withScalar } from './binary.ts'
import { absentLabels, callVector } from './functions.ts'
import { isStepInvariant } from './invariant.ts'
import { noLabels } from './labels.ts'
import { ranked } from './ranked.ts'
import {
  firstOf,
  mapRow,
  type Row,
  type Samples,
  type Steps,
  stepsOf,
  timeAt,
  type Value,
  withoutNames,
} from './rows.ts'
import { momentOf, type QueryContext, reach, selectInstant, slide, withoutStale } from './select.ts'
import { keepName, windowFunctions } from './windows.ts'

/** Prometheus's `--evaluation_interval`, which steps a subquery that names no step of its own. */
const defaultSubqueryStep = 60_000

export function evaluate(context: QueryContext, expr: Expr, steps: Steps): Value {
  context.check()
  if (steps.count > 1 && isStepInvariant(expr)) {
    return repeated(evaluate(context, expr, firstOf(steps)), steps.count)
  }
  const known = context.valueOf(expr, steps)
  if (known) return known
  switch (expr.kind) {
    case 'number':
      return { type: 'scalar', values: new Float64Array(steps.count).fill(expr.value) }
    case 'string':
      return { type: 'string', text: expr.value }
    case 'paren':
      return evaluate(context, expr.expr, steps)
    case 'selector':
      return { type: 'vector', rows: selectInstant(context, expr, steps, 'value') }
    case 'unary':
      return negated(evaluate(context, expr.expr, steps), expr.op)
    case 'aggregation':
      return { type: 'vector', rows: aggregated(context, expr, steps) }
    case 'binary':
      return binary(context, expr, steps)
    case 'call': {
      const matrixAt = expr.args.findIndex((arg) => isMatrix(unwrap(arg)))
      if (matrixAt >= 0) return { type: 'vector', rows: overWindows(context, expr, matrixAt, steps) }
      return call(context, expr, steps)
    }
    case 'matrix':
    case 'subquery':
      throw new Error('a range vector has no value at a step')
  }
}

const isMatrix = (expr: Expr): expr is MatrixSelector | Subquery =>
  expr.kind === 'matrix' || expr.kind === 'subquery'

/** Rows of an expression that is known to be a vector. */
function vectorOf(context: QueryContext, expr: Expr, steps: Steps): readonly Row[] {
  const value = evaluate(context, expr, steps)
  return value.type === 'vector' ? value.rows : []
}

function scalarOf(context: QueryContext, expr: Expr | undefined, steps: Steps): Float64Array {
  const value = expr && evaluate(context, expr, steps)
  return value?.type === 'scalar' ? value.values : new Float64Array(steps.count)
}

function negated(value: Value, op: '+' | '-'): Value {
  if (op === '+') return value
  if (value.type === 'scalar') return { type: 'scalar', values: value.values.map((number) => -number) }
  if (value.type === 'string') return value
  return {
    type: 'vector',
    rows: withoutNames(value.rows.map((row) => mapRow(row, row.labels, (number) => -number))),
  }
}

function aggregated(context: QueryContext, node: Aggregation, steps: Steps): readonly Row[] {
  const param = node.param && unwrap(node.param)
  const parameter = param && param.kind !== 'string' ? scalarOf(context, param, steps) : undefined
  const rows = vectorOf(context, node.expr, steps)
  switch (node.op) {
    case 'count_values':
      return countValues(rows, node, param?.kind === 'string' ? param.value : '')
    case 'topk':
    case 'bottomk':
      return ranked(node.op, rows, node, parameter ?? new Float64Array())
    default: {
      // Of all that are out of bounds the outermost are told.
      for (const quantile of outermost(parameter ?? [])) {
        context.notes.warnOfQuantile(quantile, param?.from ?? node.from)
      }
      return aggregate(node.op, rows, node, parameter)
    }
  }
}

function binary(context: QueryContext, node: Binary, steps: Steps): Value {
  const left = evaluate(context, node.left, steps)
  const right = evaluate(context, node.right, steps)
  if (left.type === 'scalar' && right.type === 'scalar') {
    return { type: 'scalar', values: scalars(node.op, left.values, right.values) }
  }
  if (left.type === 'vector' && right.type === 'scalar') {
    return { type: 'vector', rows: withScalar(node, left.rows, right.values, 'left') }
  }
  if (left.type === 'scalar' && right.type === 'vector') {
    return { type: 'vector', rows: withScalar(node, right.rows, left.values, 'right') }
  }
  if (left.type !== 'vector' || right.type !== 'vector') throw new Error('operands were not checked')
  const rows = setOperators.has(node.op)
    ? setOperation(node.op, left.rows, right.rows, node.matching)
    : vectors(node, left.rows, right.rows, node.matching)
  return { type: 'vector', rows }
}

type CallNode = Extract<Expr, { kind: 'call' }>

/** A function of a range vector: its windows slide over samples that were read once. */
function overWindows(context: QueryContext, node: CallNode, matrixAt: number, steps: Steps): readonly Row[] {
  const matrix = node.args[matrixAt] && unwrap(node.args[matrixAt])
  const run = windowFunctions.get(node.name)
  if (!matrix || !isMatrix(matrix) || !run)
    throw new Error(`no such function of a range vector: ${node.name}`)
  const other = node.args.find((_, index) => index !== matrixAt)
  const samples = samplesOf(context, matrix, steps)
  const parameter = other && scalarOf(context, other, steps)
  const rows = slide(samples, steps, {
    moment: momentOf(matrix.kind === 'matrix' ? matrix.selector : matrix, context.bounds),
    range: matrix.range,
    run,
    parameter,
    check: () => context.check(),
  })
  context.charge(rows.length * steps.count)
  if (node.name === 'quantile_over_time' && parameter) {
    parameter.forEach((quantile, step) => {
      if (rows.some((row) => row.has[step])) context.notes.warnOfQuantile(quantile, unwrap(other).from)
    })
  }
  if (node.name === 'absent_over_time') return absentAt(rows, absentLabels(matrix), steps)
  if (node.name === 'rate' || node.name === 'increase') {
    // A subquery's own place is not told.
    noteNonCounters(context, rows, matrix.kind === 'matrix' ? matrix.from : 0)
  }
  if (keepName.has(node.name)) return rows
  return withoutNames(rows)
}

function noteNonCounters(context: QueryContext, rows: readonly Row[], from: number): void {
  for (const { labels } of rows) {
    const name = labels.__name__
    if (!name || /_(?:total|sum|count|bucket)$/.test(name)) continue
    context.notes.inform(
      `metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "${name}"`,
      from,
    )
  }
}

/** The moments at which a subquery's expression is evaluated for all steps of the query around it. */
export function subquerySteps(context: QueryContext, node: Subquery, steps: Steps): Steps {
  const { first, last } = reach(steps, momentOf(node, context.bounds))
  const step = node.step ?? defaultSubqueryStep
  let start = step * Math.floor((first - node.range) / step)
  if (start <= first - node.range) start += step
  return stepsOf(start, last, step)
}

/** The samples that a range vector covers over all steps, windows included. */
export function samplesOf(
  context: QueryContext,
  node: MatrixSelector | Subquery,
  steps: Steps,
): readonly Samples[] {
  if (node.kind === 'matrix') {
    const { first, last } = reach(steps, momentOf(node.selector, context.bounds))
    return context.select(node.selector.matchers, first - node.range, last).map(withoutStale)
  }
  const inner = subquerySteps(context, node, steps)
  if (inner.count === 0) return []
  return vectorOf(context, node.expr, inner).map((row) => {
    const times: number[] = []
    const values: number[] = []
    row.has.forEach((present, index) => {
      if (!present) return
      times.push(timeAt(inner, index))
      values.push(row.values[index] ?? 0)
    })
    return { labels: row.labels, times, values }
  })
}

function call(context: QueryContext, node: CallNode, steps: Steps): Value {
  switch (node.name) {
    case 'time':
      return {
        type: 'scalar',
        values: Float64Array.from({ length: steps.count }, (_, i) => timeAt(steps, i) / 1000),
      }
    case 'pi':
      return { type: 'scalar', values: new Float64Array(steps.count).fill(Math.PI) }
    case 'vector':
      return {
        type: 'vector',
        rows: [
          {
            labels: noLabels,
            values: scalarOf(context, node.args[0], steps),
            has: new Uint8Array(steps.count).fill(1),
          },
        ],
      }
    case 'scalar':
      return {
        type: 'scalar',
        values: single(node.args[0] ? vectorOf(context, node.args[0], steps) : [], steps),
      }
    case 'timestamp': {
      const arg = node.args[0] && unwrap(node.args[0])
      if (arg?.kind === 'selector') {
        const rows = selectInstant(context, arg, steps, 'timestamp')
        return {
          type: 'vector',
          rows: withoutNames(rows),
        }
      }
      break
    }
    case 'absent': {
      const arg = node.args[0] && unwrap(node.args[0])
      const rows = arg ? vectorOf(context, arg, steps) : []
      return { type: 'vector', rows: absentAt(rows, arg ? absentLabels(arg) : noLabels, steps) }
    }
    default:
      break
  }
  const args = node.args.map((arg) => evaluate(context, arg, steps))
  return { type: 'vector', rows: callVector(context, node, args, steps) }
}
