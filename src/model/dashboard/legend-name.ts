// What a series is called: by the query's legend template, else by its labels.
import type { Labels } from '#model/prometheus.ts'

const template = /\{\{\s*(.+?)\s*\}\}/g

/** `only` is the one label that the series have, if they have but one; `expr` stands for a series without labels. */
export function legendName(legend: string, labels: Labels, only: string | undefined, expr: string): string {
  if (legend === '__auto') return (only === undefined ? seriesName(labels) : labels[only]) || expr
  if (legend === '') return seriesName(labels) || expr
  return legend.replace(template, (_, label: string) =>
    Object.hasOwn(labels, label) ? (labels[label] ?? '') : '',
  )
}

/** The label that is the only one of all series: then its value says enough. */
export function onlyLabel(all: readonly { readonly labels: Labels }[]): string | undefined {
  let found: string | undefined
  for (const { labels } of all)
    for (const label in labels) {
      if (found !== undefined && found !== label) return undefined
      found = label
    }
  return found
}

/** `up{job="node", instance="a"}`; empty where there are no labels. */
function seriesName({ __name__: name = '', ...labels }: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
  return pairs.length === 0 ? name : `${name}{${pairs.join(', ')}}`
}
