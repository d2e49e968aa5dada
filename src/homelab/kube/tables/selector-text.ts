// A selector of an object as text, as tables and scales show it.
import { at, fieldsAt, listAt, textAt } from '#homelab/kube/json.ts'
import { orNone } from './column.ts'

/** `app=cart,tier in (web)`. */
export function selectorText(selector: unknown): string {
  const plain = at(selector, 'matchLabels') ?? (at(selector, 'matchExpressions') ? {} : selector)
  const labels = Object.entries(fieldsAt({ plain }, 'plain')).map(([key, value]) => `${key}=${value}`)
  const expressions = listAt(selector, 'matchExpressions').map((one) => {
    const values = Array.isArray(one.values) ? one.values.join(',') : ''
    const key = textAt(one, 'key')
    if (one.operator === 'Exists') return key
    return one.operator === 'DoesNotExist'
      ? `!${key}`
      : `${key} ${String(one.operator).toLowerCase()} (${values})`
  })
  return orNone([...labels.sort(), ...expressions].join(','))
}
