// The first place where a text is no PromQL, worded as Prometheus words it.
import type { Tree } from '@lezer/common'
import { parseError, type QueryError } from './errors.ts'
import { quote } from './literals.ts'

const keywords = new Set(
  'and or unless atan2 offset by without on ignoring group_left group_right bool start end'.split(' '),
)
const aggregators = new Set(
  'sum avg count min max group stddev stdvar topk bottomk count_values quantile limitk limit_ratio'.split(
    ' ',
  ),
)
const token =
  /\s*(?:#[^\n]*\n?\s*)*(?<token>[a-zA-Z_:][a-zA-Z0-9_:]*|\d[\w.]*|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|`[^`]*`?|==|!=|>=|<=|=~|!~|[\s\S])?/y

/** Undefined where the whole text was understood. */
export function syntaxError(text: string, tree: Tree): QueryError | undefined {
  let found: { from: number; parent: string } | undefined
  tree.iterate({
    enter: (node) => {
      if (found) return false
      if (node.type.isError) found = { from: node.from, parent: node.node.parent?.name ?? '' }
      return true
    },
  })
  if (!found) return undefined
  token.lastIndex = found.from
  const match = token.exec(text)
  const word = match?.groups?.token ?? ''
  const at = (match ? match.index + match[0].length : text.length) - word.length
  const called = word === '(' ? /([a-zA-Z_:][a-zA-Z0-9_:]*)\s*$/.exec(text.slice(0, at)) : null
  if (called) return parseError(text, called.index, `unknown function with name "${called[1]}"`)
  const number = /\d[\w.]*$/.exec(text.slice(0, at))?.[0]
  if (number && /^\w/.test(word)) {
    return parseError(text, at - number.length, `bad number or duration syntax: "${number}${word}"`)
  }
  if (word === '!') return parseError(text, at, `unexpected character after '!': '${text[at + 1] ?? ''}'`)
  if (word === ')' && depthAt(text, at) === 0)
    return parseError(text, at + 1, "unexpected right parenthesis ')'")
  if (word === '') {
    const open = openBrackets(text).at(-1)
    if (open) return parseError(text, text.length, unclosed[open] ?? 'unexpected end of input')
  }
  return parseError(text, at, `unexpected ${describe(word)}${contextOf(found.parent)}`)
}

const unclosed: Readonly<Record<string, string>> = {
  '(': 'unclosed left parenthesis',
  '[': 'unclosed left bracket',
  '{': 'unexpected end of input inside braces',
}

/** The brackets that are still open at the end of a text. */
function openBrackets(text: string): readonly string[] {
  const open: string[] = []
  for (const [piece] of text.matchAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|#[^\n]*|[(){}[\]]/g)) {
    if (piece === '(' || piece === '{' || piece === '[') open.push(piece)
    else if (/^[)}\]]$/.test(piece)) open.pop()
  }
  return open
}

function depthAt(text: string, at: number): number {
  return openBrackets(text.slice(0, at)).filter((bracket) => bracket === '(').length
}

function describe(word: string): string {
  if (word === '') return 'end of input'
  const lower = word.toLowerCase()
  if (keywords.has(lower)) return `<${word}>`
  if (aggregators.has(lower)) return `<aggr:${word}>`
  if (/^[a-zA-Z_:]/.test(word)) return `identifier ${quote(word)}`
  if (/^\d/.test(word)) return `number ${quote(word)}`
  if (/^["'`]/.test(word)) return `string ${quote(word.length > 10 ? `${word.slice(0, 10)}...` : word)}`
  if (/^([-+*/%^<>!]|[=!<>]=|=~|!~)/.test(word)) return `<op:${word}>`
  if (/^[(){}[\],:=@]$/.test(word)) return quote(word)
  return `character: '${word}'`
}

function contextOf(parent: string): string {
  if (parent.endsWith('LabelMatcher')) return ' in label matching, expected string'
  if (parent === 'LabelMatchers') return ' in label matching'
  if (parent === 'GroupingLabels') return ' in grouping opts'
  if (parent === 'AggregateModifier') return ' in grouping opts, expected "("'
  if (parent === 'AggregateExpr') return ' in aggregation'
  return ''
}
