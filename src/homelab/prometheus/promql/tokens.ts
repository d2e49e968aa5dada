// PromQL's text as the words that it is made of, and what is no word, in Prometheus's own terms: its lexer knows
// brackets and braces, so that the same letter is a fault here and none there.
import { quote } from './literals.ts'

export type TokenType =
  | 'aggregator'
  | 'duration'
  | 'end'
  | 'identifier'
  | 'keyword'
  | 'metric'
  | 'number'
  | 'operator'
  | 'string'
  | 'symbol'

export interface Token {
  readonly type: TokenType
  readonly text: string
  readonly from: number
}

/** A fault at an offset of the text. */
export class Fault extends Error {
  readonly from: number
  constructor(from: number, message: string) {
    super(message)
    this.from = from
  }
}

const words = (text: string) => new Set(text.split(' '))
const keywords = words('anchored bool by group_left group_right ignoring offset on smoothed without')
const wordOperators = words('and or unless atan2')
const aggregators = words(
  'sum avg count min max group stddev stdvar topk bottomk count_values quantile limitk limit_ratio',
)
/** Words of the language that are printed like signs. */
const wordSymbols = words('start end step range max_of min_of')

const space = /(?:\s|#[^\n]*)*/y
const name = /[a-zA-Z_:\u0080-\uffff][\w:\u0080-\uffff]*/y
const label = /[a-zA-Z_\u0080-\uffff][\w\u0080-\uffff]*/y
const quoted = /"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|`[^`]*`/y
const digits =
  /(?:0[xX]_?[\da-fA-F](?:_?[\da-fA-F])*|0?\.\d(?:_?\d)*\.\d*|(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?(?:\d(?:_?\d)*|(?=\W)))?)(?![\w.])/y
const duration = /\d+(?:ms|[smhdwy]s?)(?:\d+(?:ms|[smhdw]s?))*(?!\w)/y
/** As far as one is read before it shows to be none. */
const brokenNumber =
  /(?:0[xX])?\d*(?:_\d+)*(?:_[._eE]?|\.\d*[_.]?|[eE][+-]?\d*[._eE]?)?(?:[smhdwy]s?(?:\d+[smhdw]s?)*(?:\d+|\w)?)?/y
const sign = /==|!=|<=|>=|<\/|>\/|[-+*/%^<>]/y

export class Tokens {
  readonly #text: string
  #at = 0
  #braces = false
  #brackets = false
  /** Within brackets, until a number has come: only what makes up a duration is allowed. */
  #inDuration = false
  #colons = 0
  #parens = 0

  constructor(text: string) {
    this.#text = text
  }

  /** The next word. Throws Fault where there is none. */
  next(): Token {
    this.#take(space)
    if (this.#at >= this.#text.length) return this.#end()
    if (this.#braces) return this.#withinBraces()
    if (this.#inDuration) return this.#withinBrackets()
    return this.#outside()
  }

  #take(shape: RegExp): string | undefined {
    shape.lastIndex = this.#at
    const found = shape.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #token(type: TokenType, text: string): Token {
    return { type, text, from: this.#at - text.length }
  }

  #end(): Token {
    const at = this.#text.length
    if (this.#braces) throw new Fault(at, 'unexpected end of input inside braces')
    if (this.#inDuration) throw new Fault(at, 'unexpected end of input in duration expression')
    if (this.#parens > 0) throw new Fault(at, 'unclosed left parenthesis')
    if (this.#brackets) throw new Fault(at, 'unclosed left bracket')
    return { type: 'end', text: '', from: at }
  }

  #string(): Token | undefined {
    const first = this.#text[this.#at] ?? ''
    if (!/["'`]/.test(first)) return undefined
    const text = this.#take(quoted)
    if (text !== undefined) return this.#token('string', text)
    throw new Fault(this.#at, first === '`' ? 'unterminated raw string' : 'unterminated quoted string')
  }

  #withinBraces(): Token {
    const text = this.#take(label)
    if (text !== undefined) return this.#token('identifier', text)
    const string = this.#string()
    if (string) return string
    const at = this.#at
    const two = this.#text.slice(at, at + 2)
    const one = two[0] ?? ''
    if (two === '=~' || two === '!~' || two === '!=') {
      this.#at += 2
      return this.#token('operator', two)
    }
    if (one === '!') {
      throw new Fault(at, `unexpected character after '!' inside braces: ${runeOf(this.#text, at + 1)}`)
    }
    if (one === '{') throw new Fault(at, "unexpected left brace '{'")
    if (!/[,=}]/.test(one))
      throw new Fault(at, `unexpected character inside braces: ${runeOf(this.#text, at)}`)
    this.#at += 1
    if (one === '}') this.#braces = false
    return this.#token('symbol', one)
  }

  #withinBrackets(): Token {
    const number = this.#number()
    if (number) {
      this.#inDuration = false
      return number
    }
    const at = this.#at
    const one = this.#text[at] ?? ''
    if (one === ':') throw new Fault(at + 1, 'unexpected colon before duration in duration expression')
    if (!/[\])(+\-*/%^,]/.test(one)) {
      throw new Fault(at, `unexpected character in duration expression: ${runeOf(this.#text, at)}`)
    }
    if (one === ']') this.#inDuration = false
    return this.#sign() ?? this.#symbol(one)
  }

  #number(): Token | undefined {
    const first = this.#text.slice(this.#at, this.#at + 2)
    if (!/^(?:\d|\.\d)/.test(first)) return undefined
    const from = this.#at
    const number = this.#take(digits)
    if (number !== undefined) return this.#token('number', number)
    const long = this.#take(duration)
    if (long !== undefined) return this.#token('duration', long)
    throw new Fault(from, `bad number or duration syntax: ${quote(this.#take(brokenNumber) ?? '')}`)
  }

  #sign(): Token | undefined {
    const text = this.#take(sign)
    return text === undefined ? undefined : this.#token('operator', text)
  }

  #symbol(one: string): Token {
    this.#at += 1
    if (one === '(') this.#parens += 1
    if (one === ')') {
      this.#parens -= 1
      if (this.#parens < 0) throw new Fault(this.#at, "unexpected right parenthesis ')'")
    }
    if (one === '{') this.#braces = true
    if (one === ']') {
      if (!this.#brackets) throw new Fault(this.#at - 1, "unexpected right bracket ']'")
      this.#brackets = false
    }
    if (one === '[') {
      if (this.#brackets) throw new Fault(this.#at - 1, "unexpected left bracket '['")
      this.#brackets = true
      this.#inDuration = true
      this.#colons = 0
    }
    return this.#token('symbol', one)
  }

  #outside(): Token {
    const number = this.#number() ?? this.#string() ?? this.#sign()
    if (number) return number
    const at = this.#at
    const one = this.#text[at] ?? ''
    if (this.#brackets && /[a-zA-Z_:\u0080-\uffff]/.test(one)) {
      if (one !== ':') throw new Fault(at, `unexpected character: ${runeOf(this.#text, at)}, expected ':'`)
      if (this.#colons > 0) throw new Fault(at, "unexpected colon ':'")
      this.#colons += 1
      return this.#symbol(one)
    }
    const word = this.#take(name)
    if (word !== undefined) return this.#token(kindOf(word), word)
    if (one === '=' && this.#text[at + 1] === '~') throw new Fault(at, "unexpected character after '=': '~'")
    if (one === '!') throw new Fault(at, `unexpected character after '!': ${runeOf(this.#text, at + 1)}`)
    if (one === '@') {
      this.#at += 1
      return this.#token('operator', one)
    }
    if (!/[,=(){[\]]/.test(one)) throw new Fault(at, `unexpected character: ${runeOf(this.#text, at)}`)
    return this.#symbol(one)
  }
}

function kindOf(word: string): TokenType {
  const lower = word.toLowerCase()
  if (lower === 'inf' || lower === 'nan') return 'number'
  if (keywords.has(lower)) return 'keyword'
  if (wordOperators.has(lower)) return 'operator'
  if (aggregators.has(lower)) return 'aggregator'
  if (wordSymbols.has(lower)) return 'symbol'
  return word.includes(':') ? 'metric' : 'identifier'
}

/** A character as Go's %q prints it. */
function runeOf(text: string, at: number): string {
  const point = text.codePointAt(at)
  // The end of a text is no character, and printed as what stands for none.
  const rune = point === undefined ? '\uFFFD' : String.fromCodePoint(point)
  return rune === "'" || rune === '\\' ? `'\\${rune}'` : `'${rune}'`
}

/** A token as a message names it. */
export function describe({ type, text }: Token): string {
  switch (type) {
    case 'end':
      return 'end of input'
    case 'keyword':
      return `<${text}>`
    case 'operator':
      return `<op:${text}>`
    case 'aggregator':
      return `<aggr:${text}>`
    case 'symbol':
      return quote(text)
    case 'identifier':
      return `identifier ${quote(text)}`
    case 'metric':
      return `metric identifier ${quote(text)}`
    default:
      return `${type} ${text.length > 10 ? `${quote(text.slice(0, 10))}...` : quote(text)}`
  }
}
