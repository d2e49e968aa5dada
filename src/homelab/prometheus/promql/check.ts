// What types an expression has, and whether its parts fit, in Prometheus's words.
import { comparisons, type Expr, setOperators, typeNames, unwrap, type ValueType } from './ast.ts'
import { parseError } from './errors.ts'
import { compileMatcher } from './matching.ts'
import { signatures } from './signatures.ts'

function typeOf(expr: Expr): ValueType {
  switch (expr.kind) {
    case 'number':
      return 'scalar'
    case 'string':
      return 'string'
    case 'selector':
    case 'aggregation':
      return 'vector'
    case 'matrix':
    case 'subquery':
      return 'matrix'
    case 'call':
      return signatures.get(expr.name)?.returns ?? 'vector'
    case 'paren':
    case 'unary':
      return typeOf(expr.expr)
    case 'binary':
      return typeOf(expr.left) === 'scalar' && typeOf(expr.right) === 'scalar' ? 'scalar' : 'vector'
  }
}

/** Throws QueryError `bad_data` at the first part that does not fit. */
export function checkTypes(text: string, expr: Expr): void {
  const fail = (at: number, message: string): never => {
    throw parseError(text, at, message)
  }
  const expect = (part: Expr, wanted: ValueType, where: string) => {
    const got = typeOf(part)
    if (got !== wanted)
      fail(part.from, `expected type ${typeNames[wanted]} in ${where}, got ${typeNames[got]}`)
  }
  switch (expr.kind) {
    case 'number':
    case 'string':
      return
    case 'selector': {
      if (expr.matchers.every((matcher) => compileMatcher(matcher)(''))) {
        fail(expr.from, 'vector selector must contain at least one non-empty matcher')
      }
      return
    }
    case 'matrix':
      checkTypes(text, expr.selector)
      return
    case 'paren':
      checkTypes(text, expr.expr)
      return
    case 'subquery': {
      checkTypes(text, expr.expr)
      const got = typeOf(expr.expr)
      if (got !== 'vector') fail(expr.from, `subquery is only allowed on instant vector, got ${got} instead`)
      return
    }
    case 'unary': {
      checkTypes(text, expr.expr)
      const got = typeOf(expr.expr)
      if (got !== 'scalar' && got !== 'vector') {
        const allowed = 'unary expression only allowed on expressions of type scalar or instant vector'
        fail(expr.from, `${allowed}, got "${typeNames[got]}"`)
      }
      return
    }
    case 'aggregation': {
      checkTypes(text, expr.expr)
      expect(expr.expr, 'vector', 'aggregation expression')
      if (!expr.param) return
      checkTypes(text, expr.param)
      expect(expr.param, expr.op === 'count_values' ? 'string' : 'scalar', 'aggregation parameter')
      return
    }
    case 'call':
      checkCall(text, expr, fail)
      return
    case 'binary':
      checkBinary(text, expr, fail)
  }
}

function checkCall(
  text: string,
  call: Extract<Expr, { kind: 'call' }>,
  fail: (at: number, message: string) => never,
): void {
  const signature = signatures.get(call.name)
  if (!signature) return
  const { args, variadic } = signature
  const got = call.args.length
  const least = variadic === 0 ? args.length : args.length - 1
  const most = variadic < 0 ? Number.POSITIVE_INFINITY : least + variadic
  if (variadic === 0 && got !== least) {
    fail(call.from, `expected ${least} argument(s) in call to "${call.name}", got ${got}`)
  }
  if (got < least)
    fail(call.from, `expected at least ${least} argument(s) in call to "${call.name}", got ${got}`)
  if (got > most)
    fail(call.from, `expected at most ${most} argument(s) in call to "${call.name}", got ${got}`)
  call.args.forEach((arg, index) => {
    checkTypes(text, arg)
    const wanted = args[Math.min(index, args.length - 1)]
    const type = typeOf(arg)
    if (wanted && type !== wanted) {
      const where = `call to function "${call.name}"`
      fail(arg.from, `expected type ${typeNames[wanted]} in ${where}, got ${typeNames[type]}`)
    }
  })
}

function checkBinary(
  text: string,
  binary: Extract<Expr, { kind: 'binary' }>,
  fail: (at: number, message: string) => never,
): void {
  const { left, right, op, matching, opFrom } = binary
  checkTypes(text, left)
  checkTypes(text, right)
  const types = [typeOf(left), typeOf(right)]
  const bothScalars = types.every((type) => type === 'scalar')
  if (binary.bool && !comparisons.has(op))
    fail(opFrom, 'bool modifier can only be used on comparison operators')
  if (comparisons.has(op) && !binary.bool && bothScalars) {
    fail(opFrom, 'comparisons between scalars must use BOOL modifier')
  }
  for (const label of matching?.on ? matching.labels : []) {
    if (matching?.include.includes(label)) {
      fail(opFrom, `label "${label}" must not occur in ON and GROUP clause at once`)
    }
  }
  for (const side of [left, right]) {
    const type = typeOf(unwrap(side))
    if (type !== 'scalar' && type !== 'vector') {
      fail(side.from, 'binary expression must contain only scalar and instant vector types')
    }
  }
  const bothVectors = types.every((type) => type === 'vector')
  if (!bothVectors && matching && matching.labels.length > 0) {
    fail(binary.from, 'vector matching only allowed between instant vectors')
  }
  if (setOperators.has(op)) {
    if (bothVectors && matching?.many) fail(binary.from, `no grouping allowed for "${op}" operation`)
    if (!bothVectors) fail(binary.from, `set operator "${op}" not allowed in binary scalar expression`)
  }
}
