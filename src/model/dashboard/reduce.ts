// One number of many, by Grafana's reducers. Gaps are left out; NaN counts as a value only where the last or first one
// is asked for, so that one division by zero does not spoil a mean.
import type { Reducer, Value } from './field.ts'

/** What dashboards of old call the same thing. */
const formerNames: Readonly<Record<string, Reducer>> = {
  current: 'lastNotNull',
  avg: 'mean',
  total: 'sum',
}

/** The reducer that a dashboard means, or undefined where it is one that we do not have. */
export function reducerOf(id: unknown): Reducer | undefined {
  if (typeof id !== 'string') return undefined
  if (Object.hasOwn(reducers, id)) return id as Reducer
  return Object.hasOwn(formerNames, id) ? formerNames[id] : undefined
}

export function reduceValues(values: readonly Value[], reducer: Reducer): Value {
  return reducers[reducer](values)
}

type Reduction = (values: readonly Value[]) => Value

const isKnown = (value: Value): value is number | string => value !== undefined
const numbers = (values: readonly Value[]): readonly number[] =>
  values.filter((value) => typeof value === 'number' && !Number.isNaN(value)) as readonly number[]

const reducers: Readonly<Record<Reducer, Reduction>> = {
  last: (values) => values.at(-1),
  lastNotNull: (values) => values.findLast(isKnown),
  first: (values) => values[0],
  firstNotNull: (values) => values.find(isKnown),
  min: (values) => least(numbers(values)),
  max: (values) => most(numbers(values)),
  mean: (values) => mean(numbers(values)),
  median: (values) => median(numbers(values)),
  sum: (values) => sum(numbers(values)),
  count: (values) => values.filter(isKnown).length,
  range: (values) => between(least(numbers(values)), most(numbers(values))),
  delta: (values) => delta(numbers(values)),
  diff: (values) => between(numbers(values)[0], numbers(values).at(-1)),
  diffperc: (values) => share(numbers(values)),
  logmin: (values) => least(numbers(values).filter((value) => value > 0)),
  allIsNull: (values) => (values.some(isKnown) ? 0 : 1),
  allIsZero: (values) =>
    values.some(isKnown) && values.every((value) => !isKnown(value) || value === 0) ? 1 : 0,
  changeCount: (values) => changes(values.filter(isKnown)),
  distinctCount: (values) => new Set(values.filter(isKnown)).size,
  variance: (values) => variance(numbers(values)),
  stdDev: (values) => root(variance(numbers(values))),
}

// Not Math.min(...values): a table of 100,000 rows is more than a call has room for.
function least(values: readonly number[]): number | undefined {
  return values.reduce<number | undefined>(
    (low, value) => (low === undefined || value < low ? value : low),
    undefined,
  )
}

function most(values: readonly number[]): number | undefined {
  return values.reduce<number | undefined>(
    (top, value) => (top === undefined || value > top ? value : top),
    undefined,
  )
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const mean = (values: readonly number[]) => (values.length === 0 ? undefined : sum(values) / values.length)

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2
}

const between = (from: number | undefined, to: number | undefined) =>
  from === undefined || to === undefined ? undefined : to - from

function share(values: readonly number[]): number | undefined {
  const [first] = values
  const diff = between(first, values.at(-1))
  return first === undefined || diff === undefined ? undefined : diff / first
}

/** The increase of a counter: what is lower than before began at zero again. */
function delta(values: readonly number[]): number {
  return values.slice(1).reduce((total, value, index) => {
    const before = values[index] ?? 0
    return total + (value < before ? value : value - before)
  }, 0)
}

const changes = (values: readonly Value[]) =>
  values.slice(1).filter((value, index) => value !== values[index]).length

/** Of the whole population, as Grafana's. */
function variance(values: readonly number[]): number | undefined {
  const middle = mean(values)
  if (middle === undefined) return undefined
  return sum(values.map((value) => (value - middle) ** 2)) / values.length
}

const root = (value: number | undefined) => (value === undefined ? undefined : Math.sqrt(value))
