// Series for expressions that name metrics nobody has scraped: for each selector some that it finds, with the labels
// that the expression groups and matches by.
import type { Expr, Selector } from '#homelab/prometheus/promql/ast.ts'
import { compileMatcher } from '#homelab/prometheus/promql/matching.ts'
import { parse } from '#homelab/prometheus/promql/parse.ts'
import type { Matcher } from '#homelab/prometheus/storage.ts'
import type { MemorySeries } from '../memory-storage.ts'
import { bounds, cumulative, walk } from './samples.ts'

interface Wanted {
  readonly matchers: readonly Matcher[]
  readonly labels: ReadonlySet<string>
}

/** Selectors of one metric that are given series; dashboards ask for some in dozens of ways. */
const mostSelectors = 8
const words = ['one', 'two', 'three', '', '0', '200', 'kube-system/some/1', '/some']

/** Series that the expressions find; an expression that is no PromQL has none. */
export function seriesFor(expressions: readonly string[]): readonly MemorySeries[] {
  const byMetric = new Map<string, Wanted[]>()
  for (const text of expressions) {
    const expr = parsed(text)
    if (!expr) continue
    const labels = new Set<string>()
    const selectors: Selector[] = []
    visit(expr, labels, selectors)
    for (const { name, matchers } of selectors) {
      if (name === undefined) continue
      const wanted = byMetric.get(name) ?? []
      byMetric.set(name, wanted)
      if (wanted.length < mostSelectors) wanted.push({ matchers, labels })
    }
  }
  const made = new Map<string, MemorySeries>()
  for (const [name, wanted] of byMetric) {
    const all = new Set(wanted.flatMap(({ labels }) => [...labels]))
    for (const { matchers } of wanted) {
      for (const turn of [0, 1]) {
        for (const series of seriesOf(name, matchers, all, turn)) {
          made.set(JSON.stringify(Object.entries(series.labels).sort()), series)
        }
      }
    }
  }
  return [...made.values()]
}

/** What the expressions read. */
export function selectorsIn(expressions: readonly string[]): readonly Selector[] {
  const selectors: Selector[] = []
  for (const expr of expressions.map(parsed)) if (expr) visit(expr, new Set(), selectors)
  return selectors
}

function parsed(text: string): Expr | undefined {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

function visit(expr: Expr, labels: Set<string>, selectors: Selector[]): void {
  const all = (names: readonly string[] = []) => {
    for (const name of names) labels.add(name)
  }
  switch (expr.kind) {
    case 'selector':
      selectors.push(expr)
      return
    case 'matrix':
      selectors.push(expr.selector)
      return
    case 'aggregation':
      all(expr.labels)
      break
    case 'binary':
      all(expr.matching?.labels)
      all(expr.matching?.include)
      break
    default:
      break
  }
  for (const part of partsOf(expr)) visit(part, labels, selectors)
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
function valueFor(label: string, matchers: readonly Matcher[], turn: number): string | undefined {
  const own = matchers.filter((matcher) => matcher.label === label)
  const tests = own.map(compileMatcher)
  const literal = own.flatMap(({ op, value }) => (op === '=' ? [value] : op === '=~' ? examples(value) : []))
  const fitting = [...literal, ...words].filter((value) => tests.every((test) => test(value)))
  return fitting[turn % Math.max(1, Math.min(2, fitting.length))]
}

/** Texts that a regular expression may match: its alternatives, with what stands for anything replaced by a word. */
function examples(pattern: string): readonly string[] {
  return pattern.split('|').map((part) =>
    part
      .replace(/[()^$?]/g, '')
      .replace(/\[[^\]]*\]|\\d/g, '1')
      .replace(/\.[*+]/g, 'some')
      .replace(/\\(.)/g, '$1')
      .replace(/[*+]/g, ''),
  )
}

function seriesOf(
  name: string,
  matchers: readonly Matcher[],
  labels: ReadonlySet<string>,
  turn: number,
): readonly MemorySeries[] {
  const made: Record<string, string> = { __name__: name }
  for (const label of new Set(['instance', ...labels, ...matchers.map((matcher) => matcher.label)])) {
    if (label === '__name__' || label === 'le') continue
    const value = valueFor(label, matchers, turn)
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
    )
  }
  return [walk(made, seed, /_(?:total|count|sum)$/.test(name) ? 'counter' : 'gauge')]
}
