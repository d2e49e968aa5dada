// How a scrape joins a metric's own labels with its target's.
import type { Labels } from '#model/prometheus.ts'
import type { Draft } from './family.ts'
import type { ScrapeTarget } from './scrape-target.ts'

/**
 * The metric's own labels as they are stored: where one has the name of a target label and the monitor does not
 * honor labels, it becomes `exported_…`.
 */
export function ownLabels({ labels, target }: Draft): Labels {
  if (target.honorLabels) return labels
  let renamed: Record<string, string> | undefined
  for (const name in labels) {
    if (target.labels[name] === undefined) continue
    renamed ??= { ...labels }
    renamed[`exported_${name}`] = labels[name] ?? ''
    delete renamed[name]
  }
  return renamed ?? labels
}

/** The whole label set; an empty label is no label. */
export function labelsOf(name: string, own: Labels, target: ScrapeTarget): Labels {
  for (const label in own) if (own[label] === '') return withoutEmpty(name, own, target)
  return { __name__: name, ...target.labels, ...own }
}

/** Deleting a label afterwards would make a slow object of it. */
function withoutEmpty(name: string, own: Labels, target: ScrapeTarget): Labels {
  const labels: Record<string, string> = { __name__: name }
  for (const label in target.labels) if (own[label] === undefined) labels[label] = target.labels[label] ?? ''
  for (const label in own) if (own[label] !== '') labels[label] = own[label] ?? ''
  return labels
}
