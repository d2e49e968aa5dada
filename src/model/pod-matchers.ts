// Which pods a query is about, as PromQL matchers of the labels `namespace` and `pod`: without braces; empty: all pods.
import { quote, quoteRegex } from '#model/promql-text.ts'

export const podsIn = (namespace: string | undefined) =>
  namespace === undefined ? '' : `namespace=${quote(namespace)}`

/** Those of these names, `namespace/pod`; where two of the namespaces have pods of one name, both. */
export function podsNamed(names: readonly string[]): string {
  const spaces = new Set<string>()
  const pods = new Set<string>()
  for (const name of names) {
    const slash = name.indexOf('/')
    spaces.add(quoteRegex(name.slice(0, slash)))
    pods.add(quoteRegex(name.slice(slash + 1)))
  }
  return `namespace=~${quote([...spaces].join('|'))},pod=~${quote([...pods].join('|'))}`
}
