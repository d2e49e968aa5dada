// Matchers, compiled once per select. A label that is not there is the empty string, as in Prometheus.
import { compileMatcher, type LabelTest } from '#homelab/prometheus/promql/matching.ts'
import type { Matcher } from '#homelab/prometheus/storage.ts'
import type { Labels } from '#model/prometheus.ts'

export interface Filter {
  /** Whether a series with this value of the label can match: asked early, before anything is made. */
  accepts(label: string, value: string): boolean
  /** Whether `own` over `inherited` match as one label set. */
  acceptsAll(own: Labels, inherited: Labels): boolean
}

export function createFilter(matchers: readonly Matcher[]): Filter {
  const tests = matchers.map((matcher) => ({ label: matcher.label, test: testOf(matcher) }))
  const byLabel = Map.groupBy(tests, (entry) => entry.label)
  const own = tests.filter((entry) => entry.label !== '__name__')
  return {
    accepts: (label, value) => byLabel.get(label)?.every((entry) => entry.test(value)) ?? true,
    acceptsAll: (labels, inherited) =>
      own.every(({ label, test }) => test(labels[label] ?? inherited[label] ?? '')),
  }
}

/** An expression is asked once for each value: there are few of them, in many series. */
function testOf(matcher: Matcher): LabelTest {
  const test = compileMatcher(matcher)
  if (matcher.op === '=' || matcher.op === '!=') return test
  const known = new Map<string, boolean>()
  return (value) => {
    let answer = known.get(value)
    if (answer === undefined) {
      answer = test(value)
      known.set(value, answer)
    }
    return answer
  }
}
