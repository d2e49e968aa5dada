// calculateField: a new field from others, row by row.

import type { DataFrame, Field, Value } from '#model/dashboard/field.ts'
import { fieldNamed, nameOf, rowsOf, timeField } from '#model/dashboard/frame.ts'
import { reducerOf, reduceValues } from '#model/dashboard/reduce.ts'
import { fields, number, text, texts } from '#model/fields.ts'
import { joinFrames } from './join-by-field.ts'
import type { Transform, TransformContext } from './transform.ts'

/** Series are first put side by side: only then have they rows to calculate with. */
export const calculateField: Transform = (frames, options, context) => {
  const joined =
    frames.length > 1 && frames.every(timeField) ? joinFrames(frames, undefined, 'outer') : undefined
  return (joined ? [joined] : frames).map((frame) => withCalculation(frame, options, context))
}

interface Calculation {
  readonly name: string
  readonly values: readonly Value[]
}

function withCalculation(
  frame: DataFrame,
  options: Record<string, unknown>,
  { base, fill }: TransformContext,
): DataFrame {
  const made = own(calculations, text(options.mode) ?? 'reduceRow')?.(frame, options)
  if (!made) return frame
  const alias = text(options.alias)
  const field: Field = {
    name: alias === undefined ? made.name : fill(alias),
    type: 'number',
    values: made.values,
    config: base,
  }
  const time = timeField(frame)
  const kept = options.replaceFields === true ? (time ? [time] : []) : frame.fields
  return { ...frame, fields: [...kept, field] }
}

/** Not what every object inherits: the word comes with the dashboard. */
function own<T>(by: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(by, word) ? by[word] : undefined
}

const calculations: Readonly<
  Record<string, (frame: DataFrame, options: Record<string, unknown>) => Calculation | undefined>
> = {
  reduceRow(frame, options) {
    const { reducer, include } = fields(options.reduce)
    const known = reducerOf(reducer ?? 'sum')
    const names = new Set(texts(include))
    const numbers = frame.fields.filter(
      (field) =>
        field.type === 'number' && (names.size === 0 || names.has(nameOf(field)) || names.has(field.name)),
    )
    if (known === undefined || numbers.length === 0) return undefined
    return {
      name: titles[known] ?? known,
      values: rowsOf(frame).map((row) =>
        reduceValues(
          numbers.map(({ values }) => values[row]),
          known,
        ),
      ),
    }
  },
  binary(frame, options) {
    const { left, right, operator } = fields(options.binary)
    const [a, b] = [operand(frame, left), operand(frame, right)]
    const operate = own(operators, text(operator) ?? '+')
    if (!a || !b || !operate) return undefined
    return {
      name: `${a.name} ${text(operator) ?? '+'} ${b.name}`,
      values: rowsOf(frame).map((row) => applied(operate, a.at(row), b.at(row))),
    }
  },
  unary(frame, options) {
    const { operator, fieldName } = fields(options.unary)
    const of = operand(frame, fieldName)
    const name = text(operator) ?? 'abs'
    const operate = own(unaries, name)
    if (!of || !operate) return undefined
    return {
      name: `${name}(${of.name})`,
      values: rowsOf(frame).map((row) => {
        const value = of.at(row)
        return typeof value === 'number' ? operate(value) : undefined
      }),
    }
  },
  index(frame, options) {
    const last = Math.max(1, frame.length - 1)
    return {
      name: 'Row',
      values: rowsOf(frame).map((row) => (options.asPercentile === true ? row / last : row)),
    }
  },
  cumulativeFunctions(frame, options) {
    const { field, reducer } = fields(options.cumulative)
    const of = operand(frame, field)
    if (!of) return undefined
    let total = 0
    let count = 0
    const values = rowsOf(frame).map((row) => {
      const value = of.at(row)
      if (typeof value !== 'number') return undefined
      total += value
      count++
      return reducer === 'mean' ? total / count : total
    })
    return { name: `cumulative ${reducer === 'mean' ? 'mean' : 'sum'}(${of.name})`, values }
  },
}

const titles: Readonly<Record<string, string>> = {
  sum: 'Total',
  mean: 'Mean',
  min: 'Min',
  max: 'Max',
  count: 'Count',
}

/** A number, a field's name, or (since Grafana 11) `{fixed}` or `{matcher: {options: name}}`. */
function operand(frame: DataFrame, value: unknown): { name: string; at: (row: number) => Value } | undefined {
  const { fixed, matcher } = fields(value)
  const word = text(value) ?? text(fixed) ?? text(fields(matcher).options)
  const constant = number(value) ?? number(fixed) ?? (word === undefined ? undefined : number(Number(word)))
  if (constant !== undefined) return { name: String(constant), at: () => constant }
  const field = word === undefined ? undefined : fieldNamed(frame, word)
  return field && { name: nameOf(field), at: (row) => field.values[row] }
}

function applied(operate: (a: number, b: number) => number, a: Value, b: Value): Value {
  return typeof a === 'number' && typeof b === 'number' ? operate(a, b) : undefined
}

const operators: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '**': (a, b) => a ** b,
  '%': (a, b) => a % b,
  '=': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
}

const unaries: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  exp: Math.exp,
  ln: Math.log,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
}
