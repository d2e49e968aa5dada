// The name that a field's configuration gives it: `${__field.labels.pod}`, `${__series.name}`.
import type { DataFrame, Field } from './field.ts'
import { nameOf } from './frame.ts'

const reference = /\$\{__(field|series)(?:\.([\w]+))?(?:\.([\w.:-]+)|\["?([^"\]]+)"?\])?\}/g

/** `template` after the dashboard's variables are in it. */
export function displayNameOf(template: string, field: Field, frame: DataFrame): string {
  return template
    .replace(reference, (whole: string, of: string, part = '', label = '', quoted = '') => {
      if (of === 'series') return frame.name ?? nameOf(field)
      if (part === 'name') return field.name
      if (part === 'displayName') return nameOf(field)
      if (part === 'labels') return labelled(field, label || quoted)
      return whole
    })
    .replace(/\$__series_name\b/g, () => frame.name ?? nameOf(field))
    .replace(/\$__field_name\b/g, () => field.name)
}

/** Without a label's name: all of them. */
function labelled({ labels = {} }: Field, label: string): string {
  if (label !== '') return Object.hasOwn(labels, label) ? (labels[label] ?? '') : ''
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')
}
