// The alerts that an alert list shows: by state, by name and by matchers of their labels.
import type { AlertRow, Labels } from '#model/prometheus.ts'
import type { PanelView } from './dashboard.ts'
import { safeRegex } from './safe-regex.ts'

export type AlertListView = Extract<PanelView, { kind: 'alertlist' }>

/** `fill` puts the dashboard's variables into a text, as into PromQL. */
export function filterAlerts(
  alerts: readonly AlertRow[],
  view: AlertListView,
  fill: (text: string) => string,
): readonly AlertRow[] {
  const states = new Set(view.states.map((state) => (state === 'alerting' ? 'firing' : state)))
  const name = fill(view.name ?? '').toLowerCase()
  const matchers = readMatchers(fill(view.matchers ?? ''))
  return alerts.filter(
    (alert) =>
      (states.size === 0 || states.has(alert.state)) &&
      alert.name.toLowerCase().includes(name) &&
      matchers.every((matches) => matches(alert.labels)),
  )
}

type Matches = (labels: Labels) => boolean

const matcher = /(\w+)\s*(=~|!~|!=|=)\s*"((?:\\.|[^"\\])*)"/g

/** As in PromQL: a label that is not there is empty, a pattern must match the whole. */
function readMatchers(text: string): readonly Matches[] {
  return [...text.matchAll(matcher)].map(([, label = '', operator, quoted = '']): Matches => {
    const wanted = quoted.replace(/\\(.)/g, '$1')
    const regex = operator === '=~' || operator === '!~' ? safeRegex(`/^(?:${wanted})$/`, 'whole') : undefined
    return (labels) => {
      const value = labels[label] ?? ''
      switch (operator) {
        case '=':
          return value === wanted
        case '!=':
          return value !== wanted
        // A pattern that cannot be tried hides nothing.
        case '!~':
          return !(regex?.test(value) ?? false)
        default:
          return regex?.test(value) ?? true
      }
    }
  })
}
