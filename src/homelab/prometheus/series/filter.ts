// Matchers, compiled once per select. A label that is not there is the empty string, as in Prometheus.
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

/** Regular expressions are anchored at both ends, and the dot matches newlines, as in Prometheus. */
function testOf(matcher: Matcher): (value: string) => boolean {
  if (matcher.op === '=') return (value) => value === matcher.value
  if (matcher.op === '!=') return (value) => value !== matcher.value
  const pattern = new RegExp(`^(?:${matcher.value})$`, 'su')
  const known = new Map<string, boolean>()
  const matches = (value: string) => {
    let answer = known.get(value)
    if (answer === undefined) {
      answer = pattern.test(value)
      known.set(value, answer)
    }
    return answer
  }
  return matcher.op === '=~' ? matches : (value) => !matches(value)
}
