// What `/` takes in a table: text, `!text`, a regular expression, `-f` fuzzy, `-l` labels, as in k9s. Parsed once, matched per row.
import { type LabelTest, parseLabels } from './label-filter.ts'

export type Labels = Readonly<Record<string, string>>

export type Filter =
  | { readonly kind: 'all' }
  /** `text` is in lower case. */
  | { readonly kind: 'text'; readonly text: string; readonly inverse: boolean }
  | { readonly kind: 'regex'; readonly regex: RegExp; readonly inverse: boolean }
  /** In lower case, without spaces. */
  | { readonly kind: 'fuzzy'; readonly letters: string }
  | { readonly kind: 'labels'; readonly tests: readonly LabelTest[] }
  /** Not understood: matches everything, and `problem` says why in one line. */
  | { readonly kind: 'bad'; readonly problem: string }

/**
 * `web` is a substring whatever the case; `!web` is what does not have it; `/^web/` or a text with any of
 * `* + ? ^ $ | ( ) [ ] { } \` is a regular expression, whatever the case; `-f wbfr` finds letters in that order;
 * `-l app=web,tier!=db,env in (a,b)` asks the labels. A dot alone makes no expression: names have dots.
 */
export function parseFilter(text: string): Filter {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'all' }
  const option = /^-([fl])(?:\s+(.*))?$/s.exec(trimmed)
  if (option) {
    const rest = option[2]?.trim() ?? ''
    if (rest === '') return { kind: 'all' }
    const letters = rest.replace(/\s+/g, '').toLowerCase()
    return option[1] === 'f' ? { kind: 'fuzzy', letters } : labels(rest)
  }
  const inverse = trimmed.startsWith('!')
  const wanted = inverse ? trimmed.slice(1).trim() : trimmed
  if (wanted === '') return { kind: 'all' }
  const slashes = /^\/(.+)\/$/s.exec(wanted)
  if (slashes) return regex(slashes[1] ?? '', inverse)
  if (/[*+?^$|()[\]{}\\]/.test(wanted)) return regex(wanted, inverse)
  return { kind: 'text', text: wanted.toLowerCase(), inverse }
}

/** What to type to find this text as it is, whatever is in it. */
export function filterFor(text: string): string {
  const wanted = text.trim()
  const isPlain = parseFilter(wanted).kind === 'text' && !wanted.startsWith('!')
  return isPlain ? wanted : `/${wanted.replace(/[-!/*+?^$|()[\]{}\\.]/g, '\\$&')}/`
}

/** `haystack` is the row's text, its cells with a space between them. */
export function matches(filter: Filter, haystack: string, labels: Labels): boolean {
  switch (filter.kind) {
    case 'all':
    case 'bad':
      return true
    case 'text':
      return haystack.toLowerCase().includes(filter.text) !== filter.inverse
    case 'regex':
      return filter.regex.test(haystack) !== filter.inverse
    case 'fuzzy':
      return hasInOrder(haystack.toLowerCase(), filter.letters)
    case 'labels':
      return filter.tests.every((test) => test(labels))
  }
}

function regex(source: string, inverse: boolean): Filter {
  try {
    return { kind: 'regex', regex: new RegExp(source, 'i'), inverse }
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message.replace(/^.*\/[a-z]*: /s, '') : String(error)
    return { kind: 'bad', problem: `/${source}/ is no regular expression: ${reason}` }
  }
}

/** All letters in their order, anything between them. One pass: an expression for it would backtrack. */
function hasInOrder(haystack: string, letters: string): boolean {
  let from = 0
  for (const letter of letters) {
    const at = haystack.indexOf(letter, from)
    if (at < 0) return false
    from = at + letter.length
  }
  return true
}

function labels(text: string): Filter {
  const parsed = parseLabels(text)
  return 'problem' in parsed
    ? { kind: 'bad', problem: parsed.problem }
    : { kind: 'labels', tests: parsed.tests }
}
