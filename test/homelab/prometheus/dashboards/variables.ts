// A variable's value as Grafana would put it into an expression: all of them where it may be all, else the first.
import type { RawVariable } from './dashboard.ts'

export interface Asked {
  values(label: string, selector: string): Promise<readonly string[]>
  /** The series of a selector as text, `name{label="value"}`. */
  series(selector: string): Promise<readonly string[]>
}

export async function valuesOf(
  variable: RawVariable,
  ask: Asked,
  bound: (text: string) => string,
): Promise<string> {
  const { type, query, current, includeAll, allValue } = variable
  const text = typeof query === 'string' ? query : (query?.query ?? '')
  if (type !== 'query') return type === 'datasource' ? '' : firstOf(current?.value, text)
  const found = picked(await asked(bound(text), ask), variable.regex ?? '')
  if (!includeAll) return found[0] ?? ''
  if (allValue) return bound(allValue)
  return found.map((value) => value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\\\$&')).join('|')
}

function firstOf(current: unknown, choices: string): string {
  const value = Array.isArray(current) ? current[0] : current
  return typeof value === 'string' && value !== '' && value !== '$__all'
    ? value
    : (choices.split(',')[0] ?? '').trim()
}

async function asked(query: string, ask: Asked): Promise<readonly string[]> {
  const [, selector, label] = /^label_values\(\s*(?:(.+?)\s*,)?\s*(\w+)\s*\)$/s.exec(query) ?? []
  return label === undefined ? ask.series(query) : ask.values(label, selector ?? '')
}

/** What a regular expression makes of the values: its group `text`, else its first, else the whole; each once. */
function picked(values: readonly string[], regex: string): readonly string[] {
  const [, pattern] = /^\/(.*)\/[a-z]*$/s.exec(regex) ?? []
  if (regex === '' && pattern === undefined) return [...new Set(values)]
  const wanted = new RegExp(pattern ?? `^(?:${regex})$`)
  const found = values.flatMap((value) => {
    const match = wanted.exec(value)
    return match ? [match.groups?.text ?? match[1] ?? match[0]] : []
  })
  return [...new Set(found)].sort()
}
