// The first place where a text is no PromQL, worded as Prometheus words it. The grammar that the tree comes from knows
// that there is one, not what stood there and what should: for that the text is read once more, word by word.
import type { Tree } from '@lezer/common'
import { parseError, type QueryError } from './errors.ts'
import { parseDuration, parseNumber, quote } from './literals.ts'
import { experimental, signatures, wrongArguments } from './signatures.ts'
import { describe, Fault, type Token, Tokens } from './tokens.ts'

/** Undefined where the whole text was understood. */
export function syntaxError(text: string, tree: Tree): QueryError | undefined {
  let broken = -1
  tree.iterate({
    enter: (node) => {
      if (broken < 0 && node.type.isError) broken = node.from
      return broken < 0
    },
  })
  if (broken < 0) return undefined
  try {
    new Reader(text).all()
  } catch (fault) {
    if (fault instanceof Fault) return parseError(text, fault.from, fault.message)
    throw fault
  }
  // Only the grammar finds it wrong: no more than the place is known.
  return parseError(text, broken, `unexpected ${quote(/\S*/.exec(text.slice(broken))?.[0] ?? '')}`)
}

const binary = new Set('+ - * / % ^ == != > < >= <= and or unless atan2'.split(' '))
/** Words that may not be a metric's name. */
const reserved = new Set('bool group_left group_right ignoring on'.split(' '))

/** What was being read, and what could have come there. */
const expected = {
  amount: 'number, duration, step(), or range()',
  grouping: 'grouping opts, expected ',
  matching: 'label matching, expected ',
}

class Reader {
  readonly #tokens: Tokens
  #now: Token
  /** How many aggregations are being read: within one, that is where a fault lies. */
  #aggregations = 0

  constructor(text: string) {
    this.#tokens = new Tokens(text)
    this.#now = this.#tokens.next()
  }

  all(): void {
    this.#expr()
    if (this.#now.type !== 'end') this.#fail()
  }

  #fail(where = this.#aggregations > 0 ? 'aggregation' : ''): never {
    throw new Fault(this.#now.from, `unexpected ${describe(this.#now)}${where === '' ? '' : ` in ${where}`}`)
  }

  #step(): Token {
    const token = this.#now
    this.#now = this.#tokens.next()
    return token
  }

  #is(...texts: readonly string[]): boolean {
    return this.#now.type !== 'string' && texts.includes(this.#now.text.toLowerCase())
  }

  /** Goes on where one of these stands here. */
  #passes(...texts: readonly string[]): boolean {
    if (!this.#is(...texts)) return false
    this.#step()
    return true
  }

  #need(text: string, where?: string): void {
    if (!this.#passes(text)) this.#fail(where)
  }

  #expr(): void {
    for (;;) {
      while (this.#passes('+', '-'));
      this.#primary()
      while (this.#postfix());
      if (!this.#is(...binary)) return
      this.#step()
      this.#modifiers()
    }
  }

  #modifiers(): void {
    this.#passes('bool')
    if (!this.#passes('on', 'ignoring')) return
    this.#grouping()
    if (this.#passes('group_left', 'group_right') && (this.#is('(') || !this.#begins())) this.#grouping()
  }

  #grouping(): void {
    this.#need('(', `${expected.grouping}"("`)
    while (!this.#passes(')')) {
      const { type, text } = this.#now
      const isLabel = !['number', 'end', 'symbol', 'duration'].includes(type) && !/^[^\w"'`:]/.test(text)
      if (!isLabel) this.#fail(`${expected.grouping}label`)
      this.#step()
      if (!this.#is(',', ')')) this.#fail(`${expected.grouping}"," or ")"`)
      this.#passes(',')
    }
  }

  #primary(): void {
    const { type, text } = this.#now
    if (type === 'number' || type === 'duration') this.#number()
    else if (type === 'string') this.#step()
    else if (text === '(') {
      this.#step()
      this.#expr()
      this.#need(')')
    } else if (text === '{') this.#matchers()
    else if (!/^[a-zA-Z_:\u0080-\uffff]/.test(text) || reserved.has(text.toLowerCase())) this.#fail()
    else this.#named()
  }

  /** A series, a call or an aggregation: what follows the name says which. */
  #named(): void {
    const token = this.#step()
    if (token.type === 'aggregator' && this.#is('(', 'by', 'without')) {
      this.#aggregation(token)
    } else if ((token.type === 'identifier' || token.type === 'symbol') && this.#is('(')) {
      this.#args()
      const { text, from } = token
      if (!signatures.has(text) && !experimental.has(text)) {
        throw new Fault(from, `unknown function with name "${text}"`)
      }
      this.#need(')')
    } else if (this.#is('{')) this.#matchers()
  }

  #aggregation({ text, from }: Token): void {
    this.#aggregations += 1
    const before = this.#passes('by', 'without')
    if (before) this.#grouping()
    if (!this.#is('(')) this.#fail()
    const given = this.#args()
    this.#need(')')
    if (!before && this.#passes('by', 'without')) this.#grouping()
    this.#aggregations -= 1
    const wrong = wrongArguments(text, given)
    if (wrong !== undefined) throw new Fault(from, wrong)
  }

  /** Up to the parenthesis that closes them; says how many there are. */
  #args(): number {
    this.#step()
    if (this.#is(')')) return 0
    for (let count = 1; ; count += 1) {
      this.#expr()
      if (!this.#is(',')) {
        if (!this.#is(')')) this.#fail()
        return count
      }
      const comma = this.#step()
      if (!this.#begins()) throw new Fault(comma.from, 'trailing commas not allowed in function call args')
    }
  }

  /** Whether an expression can begin here. */
  #begins(): boolean {
    const { type, text } = this.#now
    if (type === 'number' || type === 'duration' || type === 'string') return true
    return /^[-+({a-zA-Z_:\u0080-\uffff]/.test(text) && !reserved.has(text.toLowerCase())
  }

  #matchers(): void {
    this.#step()
    while (!this.#passes('}')) {
      const { type } = this.#now
      if (type !== 'identifier' && type !== 'string') this.#fail(`${expected.matching}identifier or "}"`)
      this.#step()
      const compares = this.#is('=', '!=', '=~', '!~')
      if (!compares && type === 'identifier') this.#fail(`${expected.matching}label matching operator`)
      if (compares) {
        this.#step()
        if (this.#now.type !== 'string') this.#fail(`${expected.matching}string`)
        this.#step()
      }
      if (!this.#is(',', '}')) this.#fail(`${expected.matching}"," or "}"`)
      this.#passes(',')
    }
  }

  /** False where none stands here. */
  #postfix(): boolean {
    if (this.#passes('offset')) this.#amount(`offset, expected ${expected.amount}`)
    else if (this.#passes('@')) this.#moment()
    else if (this.#is('[')) this.#range()
    else return false
    return true
  }

  #amount(where: string): void {
    let open = 0
    for (;;) {
      if (this.#passes('(')) open += 1
      else if (!this.#passes('+', '-')) break
    }
    this.#numberOr(where)
    for (; open > 0; open -= 1) this.#need(')', where)
  }

  #numberOr(where: string): void {
    if (this.#now.type !== 'number' && this.#now.type !== 'duration') this.#fail(where)
    this.#number()
  }

  #number(): void {
    const { type, text, from } = this.#now
    if (type === 'duration' && parseDuration(text) === undefined) {
      throw new Fault(from, `not a valid duration string: ${quote(text)}`)
    }
    if (type === 'number' && parseNumber(text) === undefined) {
      throw new Fault(
        from,
        `error parsing number: strconv.ParseFloat: parsing ${quote(text)}: invalid syntax`,
      )
    }
    this.#step()
  }

  #moment(): void {
    const where = '@, expected timestamp'
    if (!this.#passes('start', 'end')) {
      this.#passes('+', '-')
      this.#numberOr(where)
      return
    }
    this.#need('(', where)
    this.#need(')', where)
  }

  #range(): void {
    this.#step()
    const { from, text } = this.#now
    this.#amount(`subquery or range selector, expected ${expected.amount}`)
    if (parseNumber(text) === 0) throw new Fault(from, 'duration must be greater than 0')
    if (this.#passes(']')) return
    this.#need(':', 'subquery or range, expected ":" or "]"')
    if (this.#passes(']')) return
    this.#amount('subquery selector, expected number, duration, step(), range(), or "]"')
    this.#need(']', 'subquery selector, expected "]"')
  }
}
