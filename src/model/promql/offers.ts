// The ways to go on from where the cursor stands, best first: what is expected there, filled with the names that are known.

import { escapeHidden } from '#model/printable.ts'
import type { MetricHelp } from '#model/prometheus.ts'
import { quote, quoteRegex } from '#model/promql-text.ts'
import type { Expected } from './expected.ts'
import { callables, keywords, listing } from './functions.ts'

export interface Offer {
  readonly name: string
  readonly kind:
    | 'metric'
    | 'function'
    | 'aggregation'
    | 'label'
    | 'value'
    | 'keyword'
    | 'duration'
    | 'operator'
  /** A signature, or a metric's type. */
  readonly about: string
  readonly help: string
  /** What takes the place of the expected span. */
  readonly insert: string
}

/** Names as far as they have been read; undefined: not yet, or not to be had. */
export interface KnownNames {
  readonly metrics?: readonly string[] | undefined
  readonly help?: ReadonlyMap<string, MetricHelp> | undefined
  readonly labels?: readonly string[] | undefined
  readonly values?: readonly string[] | undefined
}

export interface Offers {
  readonly shown: readonly Offer[]
  /** How many there are in all. */
  readonly count: number
}

const durations = ['5m', '1m', '10m', '15m', '30m', '1h', '3h', '6h', '12h', '1d', '7d']
const operators: Readonly<Record<string, string>> = {
  '=': 'is',
  '!=': 'is not',
  '=~': 'matches the regular expression',
  '!~': 'does not match',
}

export function offersFor(expected: Expected, known: KnownNames, most: number): Offers {
  const { typed } = expected
  switch (expected.kind) {
    case 'operand': {
      const words = ranked(expected.words, typed).map(keywordOffer)
      const names = typed === '' ? [] : ranked([...callables.keys()], typed)
      // Three letters somewhere within a call mean another word: `up` is no `group`.
      const calls = names
        .filter((name) => begins(name, typed) || name.includes(`_${typed}`))
        .flatMap(callOffer)
      const metrics = ranked(known.metrics ?? [], typed)
      // What begins as it was typed stands before what only contains it, be it a call or a metric.
      const near = calls.filter(({ name }) => begins(name, typed))
      const far = calls.filter(({ name }) => !begins(name, typed))
      const room = Math.max(0, most - words.length - near.length)
      const made = metrics.slice(0, room).map((name) => metricOffer(name, known.help))
      return {
        shown: [...words, ...near, ...made, ...far].slice(0, most),
        count: words.length + calls.length + metrics.length,
      }
    }
    case 'keyword':
      return first(ranked(expected.words, typed), most, keywordOffer)
    case 'label':
      return first(ranked(known.labels ?? [], typed), most, (name) => ({
        ...{ name, kind: 'label', about: '', help: '' },
        insert: expected.within === 'matchers' ? `${labelText(name)}="` : labelText(name),
      }))
    case 'value': {
      const [before, behind] = expected.quotes
      return first(ranked(known.values ?? [], typed), most, (name) => ({
        ...{ name, kind: 'value', about: '', help: '' },
        insert: before + literal(expected.regex ? quoteRegex(name) : name).slice(1, -1) + behind,
      }))
    }
    case 'duration':
      return first(ranked(durations, typed), most, (name) => ({
        ...{ name, kind: 'duration', about: '', help: '', insert: name },
      }))
    case 'operator':
      return first(Object.keys(operators), most, (name) => ({
        ...{ name, kind: 'operator', about: '', help: operators[name] ?? '', insert: `${name}"` },
      }))
    case 'nothing':
      return { shown: [], count: 0 }
  }
}

function first(names: readonly string[], most: number, make: (name: string) => Offer): Offers {
  return { shown: names.slice(0, most).map(make), count: names.length }
}

function keywordOffer(name: string): Offer {
  const insert = listing.has(name) ? `${name} (` : name.endsWith(')') ? name : `${name} `
  return { name, kind: 'keyword', about: '', help: keywords[name] ?? '', insert }
}

function callOffer(name: string): Offer[] {
  const call = callables.get(name)
  if (call === undefined) return []
  const { kind, signature, help } = call
  return [{ name, kind, about: signature, help, insert: `${name}(` }]
}

function metricOffer(name: string, help: KnownNames['help']): Offer {
  const found = helpOf(name, help)
  return { name, kind: 'metric', about: found?.type ?? '', help: found?.help ?? '', insert: metricText(name) }
}

/** What is hidden in a name or a value is written as an escape, which PromQL reads as the same text. */
const literal = (text: string) =>
  escapeHidden(quote(text)).replace(/\p{Cc}/gu, (letter) => `\\x${byteOf(letter)}`)
const byteOf = (letter: string) => letter.charCodeAt(0).toString(16).padStart(2, '0')

/** Names of any letters stand in quotes, a metric's within braces. */
export const metricText = (name: string) => (/^[A-Za-z_:][\w:]*$/.test(name) ? name : `{${literal(name)}}`)
const labelText = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? name : literal(name))

/** The series of a histogram or a summary are described under the name that they share. */
export function helpOf(name: string, help: KnownNames['help']): MetricHelp | undefined {
  return help?.get(name) ?? help?.get(name.replace(/_(?:bucket|count|sum|total)$/, ''))
}

const begins = (name: string, typed: string) => name.toLowerCase().startsWith(typed.toLowerCase())

/** What is the same, what begins so, what has it at the start of a word, what has it anywhere; each in its order. */
export function ranked(names: readonly string[], typed: string): readonly string[] {
  if (typed === '') return names
  const wanted = typed.toLowerCase()
  const ranks: string[][] = [[], [], [], []]
  for (const name of names) {
    const lower = name.toLowerCase()
    const at = lower.indexOf(wanted)
    if (at < 0) continue
    const rank =
      at === 0 ? (lower.length === wanted.length ? 0 : 1) : /[a-z\d]/.test(lower[at - 1] ?? '') ? 3 : 2
    ranks[rank]?.push(name)
  }
  return ranks.flat()
}

/** The text with the offer in it, and where the cursor stands then. */
export function withOffer(
  text: string,
  { from, to }: Expected,
  offer: Offer,
): { text: string; cursor: number } {
  const rest = text.slice(to)
  // A parenthesis or a quote that is there already is not put in twice.
  const last = offer.insert.at(-1) ?? ''
  const twice = offer.kind !== 'value' && '("'.includes(last) && rest.startsWith(last)
  const cursor = from + offer.insert.length
  return { text: text.slice(0, from) + offer.insert + (twice ? rest.slice(1) : rest), cursor }
}
