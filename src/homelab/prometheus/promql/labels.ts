// Label sets: keys that are equal where the sets are, order, printing, and the usual changes.
import { quote } from './literals.ts'

export type Labels = Readonly<Record<string, string>>

export const metricName = '__name__'
const reserved: ReadonlySet<string> = new Set([metricName, '__type__', '__unit__'])

export const noLabels: Labels = {}

// Neighbours mostly have the same names in the same order: sorting these for each of ten thousand would be most of
// the work.
let lastNames: readonly string[] = []
let lastSorted: readonly string[] = []

function byName(labels: Labels): readonly string[] {
  const names = Object.keys(labels)
  if (names.length !== lastNames.length || names.some((name, index) => name !== lastNames[index])) {
    lastNames = names
    lastSorted = names.toSorted()
  }
  return lastSorted
}

/**
 * Equal for equal sets, whatever order their names came in. The separators are below all text, so that keys sort as
 * Prometheus sorts label sets: name by name, value by value, the shorter first.
 */
export function keyOf(labels: Labels): string {
  let key = ''
  for (const name of byName(labels)) key += `${name}\x01${labels[name]}\x00`
  return key
}

/** Items in the order of their labels. */
export function sortByLabels<T extends { readonly labels: Labels }>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, key: keyOf(item.labels) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item)
}

/** The key of some labels only; one that is absent counts as empty. */
export function keyOn(labels: Labels, names: readonly string[]): string {
  let key = ''
  for (const name of names) key += `${labels[name] ?? ''}\xff`
  return key
}

export function pick(labels: Labels, names: readonly string[]): Labels {
  const kept: Record<string, string> = {}
  for (const name of names) {
    const value = labels[name]
    if (value) kept[name] = value
  }
  return kept
}

export function omit(labels: Labels, names: ReadonlySet<string>): Labels {
  const kept: Record<string, string> = {}
  for (const name in labels) {
    const value = labels[name]
    if (value && !names.has(name)) kept[name] = value
  }
  return kept
}

/** Without the metric's name: what is left once a value no longer is that metric. */
export function dropName(labels: Labels): Labels {
  return metricName in labels ? omit(labels, reserved) : labels
}

/** Sets a label, or removes it where the value is empty, which is the same in Prometheus. */
export function withLabel(labels: Labels, name: string, value: string): Labels {
  if (value) return { ...labels, [name]: value }
  return name in labels ? omit(labels, new Set([name])) : labels
}

const plainName = /^[a-zA-Z_][a-zA-Z0-9_]*$/

/** `{a="b", c="d"}`, as it stands in error messages. */
export function formatLabels(labels: Labels): string {
  const parts = byName(labels).map(
    (name) => `${plainName.test(name) ? name : quote(name)}=${quote(labels[name] ?? '')}`,
  )
  return `{${parts.join(', ')}}`
}
