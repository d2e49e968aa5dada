// Templates in alert labels and annotations: the part of Go's text/template that rule files use. Values, pipes, `if`
// with `else`, comments, and Prometheus's functions; `query` and `range` are not here.

import { fixed, general, scientific, shortest } from '#homelab/prometheus/promql/go-format.ts'
import type { Labels } from '#homelab/prometheus/promql/labels.ts'
import {
  humanize,
  humanize1024,
  humanizeDuration,
  humanizePercentage,
  humanizeTimestamp,
} from './humanize.ts'

export interface TemplateData {
  readonly labels: Labels
  readonly value: number
}

type Value = string | number | boolean

const numberOf = (value: Value | undefined): number => {
  const number =
    typeof value === 'string' && value !== '' ? Number(value.replace(/^\+Inf$/, 'Infinity')) : value
  if (typeof number !== 'number' || (Number.isNaN(number) && value !== 'NaN' && typeof value === 'string')) {
    throw new Error(`strconv.ParseFloat: parsing "${value ?? ''}": invalid syntax`)
  }
  return number
}
const textOf = (value: Value | undefined): string =>
  typeof value === 'number' ? shortest(value) : String(value ?? '')
const truth = (value: Value | undefined): boolean =>
  value !== undefined && value !== '' && value !== 0 && value !== false

const functions: Readonly<Record<string, (args: readonly Value[]) => Value>> = {
  humanize: ([value]) => humanize(numberOf(value)),
  humanize1024: ([value]) => humanize1024(numberOf(value)),
  humanizePercentage: ([value]) => humanizePercentage(numberOf(value)),
  humanizeDuration: ([value]) => humanizeDuration(numberOf(value)),
  humanizeTimestamp: ([value]) => humanizeTimestamp(numberOf(value)),
  toUpper: ([text]) => textOf(text).toUpperCase(),
  toLower: ([text]) => textOf(text).toLowerCase(),
  title: ([text]) => textOf(text).replace(/(^|\s)\S/g, (letter) => letter.toUpperCase()),
  stripPort: ([text]) => textOf(text).replace(/:\d+$/, ''),
  reReplaceAll: ([pattern, replacement, text]) =>
    textOf(text).replace(
      new RegExp(textOf(pattern), 'g'),
      textOf(replacement).replace(/\$\{(\d+)\}/g, '$$$1'),
    ),
  match: ([pattern, text]) => new RegExp(textOf(pattern)).test(textOf(text)),
  eq: ([first, ...rest]) => rest.includes(first ?? ''),
  ne: ([first, second]) => first !== second,
  // Neither less nor equal: so is NaN.
  gt: ([first, second]) => !(numberOf(first) <= numberOf(second)),
  ge: ([first, second]) => !(numberOf(first) < numberOf(second)),
  lt: ([first, second]) => numberOf(first) < numberOf(second),
  le: ([first, second]) => numberOf(first) <= numberOf(second),
  len: ([text]) => Buffer.byteLength(textOf(text)),
  not: ([value]) => !truth(value),
  and: (args) => args.find((value) => !truth(value)) ?? args.at(-1) ?? '',
  or: (args) => args.find(truth) ?? args.at(-1) ?? '',
  printf: ([format, ...args]) => printf(textOf(format), args),
}

function printf(format: string, args: readonly Value[]): string {
  let next = 0
  return format.replace(
    /%(?:%|(-?\d+)?(?:\.(\d+))?([efgsdvq]))/g,
    (whole, width?: string, digits?: string, verb?: string) => {
      if (whole === '%%') return '%'
      const value = args[next++]
      const text = formatVerb(verb ?? 'v', value, digits === undefined ? undefined : Number(digits))
      const size = Number(width ?? 0)
      return size < 0 ? text.padEnd(-size) : text.padStart(size)
    },
  )
}

function formatVerb(verb: string, value: Value | undefined, digits: number | undefined): string {
  if (verb === 'f') {
    const number = numberOf(value)
    return fixed(number, digits ?? 6)
  }
  if (verb === 'e') return scientific(numberOf(value), digits ?? 6)
  if (verb === 'g' && digits !== undefined) return general(numberOf(value), digits)
  if (verb === 'd') return String(Math.trunc(numberOf(value)))
  if (verb === 'q') return JSON.stringify(textOf(value))
  return textOf(value)
}

/** A template that cannot be expanded becomes its error, as in Prometheus: the alert itself goes out. */
export function expandTemplate(text: string, data: TemplateData): string {
  if (!text.includes('{{')) return text
  try {
    return new Expansion(text, data).run()
  } catch (error) {
    return `<error expanding template: ${error instanceof Error ? error.message : String(error)}>`
  }
}

class Expansion {
  /** Text and actions in turn: every second piece stood between braces. */
  readonly #pieces: readonly string[]
  readonly #data: TemplateData
  #next = 0

  constructor(text: string, data: TemplateData) {
    this.#pieces = text
      .replace(/\s*\{\{- /g, '{{ ')
      .replace(/ -\}\}\s*/g, ' }}')
      .split(/\{\{([\s\S]*?)\}\}/)
    this.#data = data
  }

  run(): string {
    return this.#block().out
  }

  /** Up to the end of the text, or the `else` or `end` that closes the block. */
  #block(): { out: string; closedBy: string } {
    let out = ''
    while (this.#next < this.#pieces.length) {
      const index = this.#next++
      const piece = this.#pieces[index] ?? ''
      if (index % 2 === 0) {
        out += piece
        continue
      }
      const action = piece.trim()
      if (action === 'end' || /^else\b/.test(action)) return { out, closedBy: action }
      if (action.startsWith('if ')) out += this.#if(action.slice(3))
      else if (!action.startsWith('/*')) out += textOf(this.#pipeline(action))
    }
    return { out, closedBy: '' }
  }

  #if(condition: string): string {
    const holds = truth(this.#pipeline(condition))
    const then = this.#block()
    if (then.closedBy === 'end') return holds ? then.out : ''
    const chained = /^else if (.*)$/.exec(then.closedBy)
    const otherwise = chained ? this.#if(chained[1] ?? '') : this.#block().out
    return holds ? then.out : otherwise
  }

  #pipeline(text: string): Value {
    let piped: Value | undefined
    for (const stage of split(text, '|')) {
      const [head = '', ...rest] = split(stage, ' ')
      const args = rest.map((word) => this.#operand(word))
      const run = functions[head]
      if (run) piped = run(piped === undefined ? args : [...args, piped])
      else if (rest.length === 0 && piped === undefined) piped = this.#operand(head)
      else throw new Error(`function "${head}" not defined`)
    }
    return piped ?? ''
  }

  #operand(word: string): Value {
    if (/^"(?:\\.|[^"\\])*"$/.test(word)) return JSON.parse(word) as string
    if (/^`[^`]*`$/.test(word)) return word.slice(1, -1)
    if (/^-?\d+(\.\d+)?$/.test(word)) return Number(word)
    if (/^\(.*\)$/.test(word)) return this.#pipeline(word.slice(1, -1))
    if (word === 'true' || word === 'false') return word === 'true'
    if (word === '$value' || word === '.Value') return this.#data.value
    const label = /^(?:\$labels|\.Labels)\.(\w+)$/.exec(word)
    if (label) return this.#data.labels[label[1] ?? ''] ?? ''
    const external = /^(?:\$externalLabels|\.ExternalLabels)\.\w+$/.exec(word)
    if (external || word === '$externalURL' || word === '.ExternalURL') return ''
    throw new Error(`function "${word}" not defined`)
  }
}

/** Parts between separators that stand outside of quotes and parentheses. */
function split(text: string, separator: '|' | ' '): string[] {
  const parts: string[] = []
  let part = ''
  let depth = 0
  for (const [piece] of text.matchAll(/"(?:\\.|[^"\\])*"|`[^`]*`|[\s\S]/g)) {
    if (piece === '(') depth += 1
    if (piece === ')') depth -= 1
    const separates = separator === ' ' ? /^\s$/.test(piece) : piece === separator
    if (depth === 0 && separates) {
      parts.push(part)
      part = ''
    } else part += piece
  }
  return [...parts, part].map((word) => word.trim()).filter((word) => word !== '')
}
