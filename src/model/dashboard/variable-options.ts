// What there is to choose for a variable, from the answer to its question: the regular expression applied, sorted.
import type { Labels, QueryAnswer } from '#model/prometheus.ts'
import type { Variable, VariableOption } from './dashboard.ts'
import { allValue } from './interpolate.ts'
import { safeRegex } from './safe-regex.ts'

export type VariableAnswer =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'series'; readonly series: readonly Labels[] }
  | { readonly kind: 'result'; readonly answer: QueryAnswer }

/** `answer` is undefined for a question of kind `none`: the options then stand in the dashboard. */
export function optionsOf(variable: Variable, answer: VariableAnswer | undefined): readonly VariableOption[] {
  const found = answer === undefined ? own(variable) : sorted(variable, filtered(variable, textsOf(answer)))
  return variable.includeAll ? [{ text: 'All', value: allValue }, ...found] : found
}

function own({ options }: Variable): readonly VariableOption[] {
  return options.filter(({ value }) => value !== allValue)
}

function textsOf(answer: VariableAnswer): readonly string[] {
  switch (answer.kind) {
    case 'names':
      return answer.names
    case 'series':
      return answer.series.map(seriesText)
    case 'result':
      return resultTexts(answer.answer)
  }
}

/** `up{job="node",instance="a"}`: what a variable's regular expression is written for. */
function seriesText({ __name__: name = '', ...labels }: Labels): string {
  return `${name}{${pairs(labels)}}`
}

const pairs = (labels: Labels) =>
  Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')

/** `up{job="node"} 1 1700000000000`: name, labels, value and time. */
function resultTexts(answer: QueryAnswer): readonly string[] {
  switch (answer.type) {
    case 'vector':
      return answer.samples.map(({ labels, value, at }) => `${seriesText(labels)} ${value} ${at}`)
    case 'matrix':
      return answer.series.map(({ labels, values, times }) => {
        return `${seriesText(labels)} ${values.at(-1) ?? ''} ${times.at(-1) ?? ''}`
      })
    case 'scalar':
      return [String(answer.value)]
    case 'string':
      return [answer.text]
  }
}

/** The named groups `text` and `value`, else the first group, of every match where the expression is global. */
function filtered({ regex }: Variable, texts: readonly string[]): readonly VariableOption[] {
  const found = new Map<string, VariableOption>()
  const add = (text: string, value: string) => {
    if (!found.has(value)) found.set(value, { text, value })
  }
  const compiled = regex === undefined ? undefined : safeRegex(regex, 'whole')
  for (const text of texts) {
    if (!compiled) {
      add(text, text)
      continue
    }
    const matches = compiled.match(text)
    const value = matches.find(({ groups }) => groups?.value !== undefined)?.groups?.value
    const shown = matches.find(({ groups }) => groups?.text !== undefined)?.groups?.text
    const grouped = matches.filter(([, first]) => first !== undefined)
    if (value !== undefined || shown !== undefined) add(shown ?? value ?? '', value ?? shown ?? '')
    else if (grouped.length > 0) for (const [, first = ''] of grouped) add(first, first)
    else if (matches.length > 0) add(text, text)
  }
  return [...found.values()]
}

const plainly = new Intl.Collator('en')
const caseless = new Intl.Collator('en', { sensitivity: 'base' })
const naturally = new Intl.Collator('en', { sensitivity: 'base', numeric: true })

const orders: Readonly<Record<Exclude<Variable['sort'], 'none'>, (a: string, b: string) => number>> = {
  text: plainly.compare,
  'text-insensitive': caseless.compare,
  natural: naturally.compare,
  number: (a, b) => firstNumber(a) - firstNumber(b),
}

/** The first digits in the text, as Grafana does; a text without any goes first. */
const firstNumber = (text: string) => Number(/\d+/.exec(text)?.[0] ?? -1)

function sorted(
  { sort, descending }: Variable,
  options: readonly VariableOption[],
): readonly VariableOption[] {
  if (sort === 'none') return options
  const order = orders[sort]
  const up = options.toSorted((a, b) => order(a.text, b.text))
  return descending ? up.reverse() : up
}
