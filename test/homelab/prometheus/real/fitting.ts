// Series for expressions that name metrics nobody has scraped: for each selector some that it finds, with the labels
// that the expression groups and matches by.
import type { Expr, Selector } from '#homelab/prometheus/promql/ast.ts'
import { compileMatcher } from '#homelab/prometheus/promql/matching.ts'
import { parse } from '#homelab/prometheus/promql/parse.ts'
import type { Matcher } from '#homelab/prometheus/storage.ts'
import type { MemorySeries } from '../memory-storage.ts'
import { bounds, cumulative, walk } from './samples.ts'
import { textsLike } from './texts-like.ts'

interface Wanted {
  readonly matchers: readonly Matcher[]
  readonly labels: ReadonlySet<string>
  /** What the whole expression compares labels with: what is joined must have the same values. */
  readonly beside: readonly Matcher[]
}

/** Selectors of one metric that are given series; dashboards ask for some in dozens of ways. */
const mostSelectors = 8
const words = ['one', 'two', 'three', '', '0', '200', 'kube-system/some/1', '/some']
/** What some labels hold, since dashboards take it apart. */
const usual: Readonly<Record<string, readonly string[]>> = {
  envoy_cluster_name: ['httproute/shop/one/rule/0', 'httproute/shop/two/rule/1'],
}

/**
 * Series that the expressions find, scraped once in so many milliseconds; an expression that is no PromQL has none.
 */
export function seriesFor(expressions: readonly string[], every = 30_000): readonly MemorySeries[] {
  const byMetric = new Map<string, Wanted[]>()
  for (const text of expressions) {
    const expr = parsed(text)
    if (!expr) continue
    const all = selected(expr)
    const beside = all.flatMap(([{ matchers }]) => matchers)
    for (const [{ name, matchers }, labels] of all) {
      const metric = name ?? valueFor('__name__', { matchers, beside: [] }, 0)
      if (metric === undefined || metric === '') continue
      const wanted = byMetric.get(metric) ?? []
      byMetric.set(metric, wanted)
      if (wanted.length < mostSelectors) wanted.push({ matchers, labels, beside })
    }
  }
  const made = new Map<string, MemorySeries>()
  for (const [name, wanted] of byMetric) {
    const all = new Set(wanted.flatMap(({ labels }) => [...labels]))
    for (const { matchers, beside } of wanted) {
      for (const turn of [0, 1]) {
        for (const series of seriesOf(name, { matchers, beside, labels: all }, turn, every)) {
          made.set(JSON.stringify(Object.entries(series.labels).sort()), series)
        }
      }
    }
  }
  return [...made.values()]
}

/** What the expressions read. */
export function selectorsIn(expressions: readonly string[]): readonly Selector[] {
  return expressions.map(parsed).flatMap((expr) => (expr ? selected(expr).map(([selector]) => selector) : []))
}

function parsed(text: string): Expr | undefined {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

type Selected = readonly [selector: Selector, labels: ReadonlySet<string>]

/** Each with the labels that what stands around it groups and matches by. */
function selected(expr: Expr, around: ReadonlySet<string> = new Set()): readonly Selected[] {
  if (expr.kind === 'selector') return [[expr, around]]
  if (expr.kind === 'matrix') return [[expr.selector, around]]
  const labels = new Set([...around, ...labelsOf(expr)])
  return partsOf(expr).flatMap((part) => selected(part, labels))
}

function labelsOf(expr: Expr): readonly string[] {
  if (expr.kind === 'aggregation') return expr.labels
  if (expr.kind !== 'binary') return []
  return [...(expr.matching?.labels ?? []), ...(expr.matching?.include ?? [])]
}

function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'paren':
    case 'unary':
    case 'subquery':
    case 'aggregation':
      return [expr.expr]
    case 'binary':
      return [expr.left, expr.right]
    case 'call':
      return expr.args
    default:
      return []
  }
}

/** A value that passes all matchers of one label; `turn` chooses among several. */
function valueFor(
  label: string,
  { matchers, beside }: Omit<Wanted, 'labels'>,
  turn: number,
): string | undefined {
  const of = (all: readonly Matcher[]) => all.filter((matcher) => matcher.label === label)
  const tests = of(matchers).map(compileMatcher)
  const literal = of([...matchers, ...beside]).flatMap(({ op, value }) =>
    op === '=' ? [value] : op === '=~' ? textsLike(value) : [],
  )
  const fitting = [...(usual[label] ?? []), ...literal, ...words].filter((value) =>
    tests.every((test) => test(value)),
  )
  return fitting[turn % Math.max(1, Math.min(2, fitting.length))]
}

function seriesOf(
  name: string,
  { matchers, labels, beside }: Wanted,
  turn: number,
  every: number,
): readonly MemorySeries[] {
  const made: Record<string, string> = { __name__: name }
  for (const label of new Set(['instance', ...labels, ...matchers.map((matcher) => matcher.label)])) {
    if (label === '__name__' || label === 'le') continue
    const value = valueFor(label, { matchers, beside }, turn)
    if (value === undefined) return []
    if (value !== '') made[label] = value
  }
  const seed = [...JSON.stringify(made)].reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521,
    7,
  )
  if (name.endsWith('_bucket')) {
    const own = matchers.filter(({ label, op }) => label === 'le' && op === '=').map(({ value }) => value)
    const all = new Set([...own, ...bounds])
    return cumulative(
      made,
      seed,
      [...all].sort((a, b) => Number(a.replace('+Inf', 'Infinity')) - Number(b.replace('+Inf', 'Infinity'))),
      2 * every,
    )
  }
  return [walk(made, seed, /_(?:total|count|sum)$/.test(name) ? 'counter' : 'gauge', every)]
}
