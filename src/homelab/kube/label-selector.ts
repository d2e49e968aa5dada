// Label selectors, parsed token by token as k8s.io/apimachinery does it, so that what cannot be read is refused with
// the same words.
import { badRequest } from './errors.ts'
import { NAME_PART, VALUE } from './syntax.ts'

type Labels = Readonly<Record<string, string>>

export type LabelTest = (labels: Labels) => boolean

const SYMBOL = /^(==|!=|[=!(),<>])/
const WORD = /^[^=!(),<>\s]+/
const OPERATORS = ['in', 'notin', '=', '==', '!=', '>', '<']

/** The symbols and words of a selector; an empty one ends it. */
function tokensOf(selector: string): string[] {
  const tokens: string[] = []
  let rest = selector.trimStart()
  while (rest !== '') {
    const token = (SYMBOL.exec(rest) ?? WORD.exec(rest))?.[0] ?? rest
    tokens.push(token)
    rest = rest.slice(token.length).trimStart()
  }
  return [...tokens, '']
}

const isWord = (token: string) => token !== '' && !SYMBOL.test(token)

class Unreadable extends Error {}

const unexpected = (token: string, wanted: string) => new Unreadable(`found '${token}', expected: ${wanted}`)

/** `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>3`; throws 400 where it cannot be read. */
export function parseLabelSelector(selector: string): readonly LabelTest[] {
  const tokens = tokensOf(selector)
  const tests: LabelTest[] = []
  try {
    for (;;) {
      const next = tokens[0] ?? ''
      if (next === '') return tests
      if (next !== '!' && !isWord(next)) throw unexpected(next, "!, identifier, or 'end of string'")
      tests.push(readable(tokens))
      const after = tokens.shift() ?? ''
      if (after === '') return tests
      if (after !== ',') throw unexpected(after, "',' or 'end of string'")
      const key = tokens[0] ?? ''
      if (key !== '!' && !isWord(key)) throw unexpected(key, "identifier after ','")
    }
  } catch (error) {
    throw error instanceof Unreadable ? badRequest(error.message) : error
  }
}

function readable(tokens: string[]): LabelTest {
  try {
    return requirement(tokens)
  } catch (error) {
    throw error instanceof Unreadable
      ? new Unreadable(`unable to parse requirement: ${error.message}`)
      : error
  }
}

function requirement(tokens: string[]): LabelTest {
  const absent = tokens[0] === '!'
  if (absent) tokens.shift()
  const key = tokens.shift() ?? ''
  if (!isWord(key)) throw unexpected(key, 'identifier')
  checkKey(key)
  const next = tokens[0] ?? ''
  if (next === '' || next === ',') {
    return absent ? (labels) => labels[key] === undefined : (labels) => labels[key] !== undefined
  }
  const operator = tokens.shift() ?? ''
  if (!OPERATORS.includes(operator)) throw unexpected(operator, 'in, notin, =, ==, !=, gt, lt')
  const values = operator === 'in' || operator === 'notin' ? setOf(tokens) : [exactValue(tokens)]
  for (const [index, value] of values.entries()) checkValue(key, operator, index, value)
  return comparison(key, operator, values)
}

function comparison(key: string, operator: string, values: readonly string[]): LabelTest {
  const [first = ''] = values
  switch (operator) {
    case '>':
      return (labels) => labels[key] !== undefined && Number(labels[key]) > Number(first)
    case '<':
      return (labels) => labels[key] !== undefined && Number(labels[key]) < Number(first)
    case '!=':
    case 'notin':
      return (labels) => labels[key] === undefined || !values.includes(labels[key])
    default:
      return (labels) => labels[key] !== undefined && values.includes(labels[key])
  }
}

/** `(a,b,)`: what stands between two separators may be nothing, which is the empty value. */
function setOf(tokens: string[]): readonly string[] {
  const open = tokens.shift() ?? ''
  if (open !== '(') throw new Unreadable(`found '${open}' expected: '('`)
  const values: string[] = []
  for (;;) {
    const token = tokens[0] ?? ''
    if (isWord(token)) values.push(tokens.shift() ?? '')
    else if (token === ',' || token === ')') values.push('')
    else throw unexpected(token, "',', ')' or identifier")
    const end = tokens.shift() ?? ''
    if (end === ')') return values
    if (end !== ',') throw unexpected(end, "',' or ')'")
  }
}

function exactValue(tokens: string[]): string {
  const next = tokens[0] ?? ''
  if (next === '' || next === ',') return ''
  if (!isWord(next)) throw unexpected(next, 'identifier')
  return tokens.shift() ?? ''
}

function checkKey(key: string): void {
  const name = key.split('/').at(-1) ?? ''
  if (!NAME_PART.pattern.test(name))
    throw new Unreadable(`<nil>: Invalid value: ${JSON.stringify(key)}: name part ${NAME_PART.words}`)
}

function checkValue(key: string, operator: string, index: number, value: string): void {
  const quoted = JSON.stringify(value)
  if (operator === '>' || operator === '<') {
    if (/^-?\d+$/.test(value)) return
    throw new Unreadable(
      `values[${index}]: Invalid value: ${quoted}: for 'Gt', 'Lt' operators, the value must be an integer`,
    )
  }
  if (!VALUE.pattern.test(value))
    throw new Unreadable(`values[${index}][${key}]: Invalid value: ${quoted}: ${VALUE.words}`)
}
