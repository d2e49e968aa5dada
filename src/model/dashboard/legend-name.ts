// What a series is called: by the query's legend template, else by its labels.
import type { Labels } from '#model/prometheus.ts'

const template = /\{\{\s*(.+?)\s*\}\}/g

/**
 * `all` are the labels of every series of the query: where they have but one label, its value says enough.
 * `expr` stands for a series that has no labels.
 */
export function legendName(legend: string, labels: Labels, all: readonly Labels[], expr: string): string {
  if (legend === '__auto') return automatic(labels, all) || expr
  if (legend === '') return seriesName(labels) || expr
  return legend.replace(template, (_, label: string) =>
    Object.hasOwn(labels, label) ? (labels[label] ?? '') : '',
  )
}

/** `up{job="node", instance="a"}`; empty where there are no labels. */
function seriesName({ __name__: name = '', ...labels }: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
  return pairs.length === 0 ? name : `${name}{${pairs.join(', ')}}`
}

function automatic(labels: Labels, all: readonly Labels[]): string {
  const names = new Set(all.flatMap(Object.keys))
  const [only] = names
  if (names.size === 1 && only !== undefined) return labels[only] ?? ''
  return seriesName(labels)
}
