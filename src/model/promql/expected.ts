// What PromQL expects where the cursor stands: a metric or a call, a label, a value, a duration, a keyword.
// Nothing here knows which metrics exist.
import { callables, keywords, listing } from './functions.ts'
import { type Token, tokensOf } from './tokens.ts'

/** The part of the text that a completion replaces; `typed` is what of it stands before the cursor. */
interface Span {
  readonly from: number
  readonly to: number
  readonly typed: string
}

export type Expected = Span &
  (
    | { readonly kind: 'operand'; readonly words: readonly string[] }
    | { readonly kind: 'keyword'; readonly words: readonly string[] }
    /** `selectors`: the series whose labels are meant; none: all. */
    | { readonly kind: 'label'; readonly selectors: readonly string[]; readonly within: 'matchers' | 'list' }
    | {
        readonly kind: 'value'
        readonly selectors: readonly string[]
        readonly label: string
        readonly regex: boolean
        /** What has to be put before and behind it. */
        readonly quotes: readonly [before: string, behind: string]
      }
    | { readonly kind: 'duration' }
    | { readonly kind: 'operator' }
    | { readonly kind: 'nothing' }
  )

interface Frame {
  readonly open: '(' | '{' | '['
  /** Of `(`: the call or the keyword before it; of `{` and `[`: the metric. */
  readonly name: string | undefined
  /** The tokens since it was opened. */
  readonly inside: Token[]
}

export interface Place {
  readonly expected: Expected
  /** The innermost call around the cursor. */
  readonly call: string | undefined
}

export function placeAt(text: string, cursor: number): Place {
  const tokens = tokensOf(text)
  const current = tokens.find(
    ({ from, to, open }) => from < cursor && (cursor < to || (cursor === to && open)),
  )
  const word =
    current ?? tokens.find(({ type, to }) => to === cursor && (type === 'name' || type === 'number'))
  const before = tokens.filter((token) => token.to <= cursor && token !== word && token.type !== 'comment')
  const frames = framesOf(before)
  const call = frames.findLast(({ open, name }) => open === '(' && name !== undefined && callables.has(name))
  const span = {
    from: word?.from ?? cursor,
    to: word?.to ?? cursor,
    typed: text.slice(word?.from ?? cursor, cursor),
  }
  return { expected: expectedIn(frames, span, word, tokens), call: call?.name }
}

function framesOf(tokens: readonly Token[]): Frame[] {
  const frames: Frame[] = [{ open: '(', name: undefined, inside: [] }]
  for (const token of tokens) {
    const top = frames.at(-1)
    const { text, type } = token
    if (type === 'sign' && (text === '(' || text === '{' || text === '[')) {
      top?.inside.push(token)
      const previous = top?.inside.at(-2)
      frames.push({ open: text, name: nameBefore(text, previous, top), inside: [] })
    } else if (type === 'sign' && (text === ')' || text === '}' || text === ']') && frames.length > 1) {
      frames.pop()
      frames.at(-1)?.inside.push(token)
    } else top?.inside.push(token)
  }
  return frames
}

/** `sum by (job) (`: the second parenthesis is the aggregation's. */
function nameBefore(open: string, previous: Token | undefined, top: Frame | undefined): string | undefined {
  if (previous?.type === 'name') return previous.text
  if (open !== '(' || previous?.text !== ')') return undefined
  const named = top?.inside.slice(0, -2).findLast(({ type }) => type === 'name')?.text
  if (named === undefined || !listing.has(named)) return undefined
  const call = top?.inside.findLast(({ type, text }) => type === 'name' && text !== named)?.text
  return call !== undefined && callables.get(call)?.kind === 'aggregation' ? call : undefined
}

function expectedIn(
  frames: readonly Frame[],
  span: Span,
  word: Token | undefined,
  all: readonly Token[],
): Expected {
  const frame = frames.at(-1)
  if (frame === undefined || word?.type === 'comment') return { ...span, kind: 'nothing' }
  if (frame.open === '{') return inMatchers(frame, span, word)
  if (word?.type === 'string') return { ...span, kind: 'nothing' }
  if (frame.open === '[') return { ...span, kind: 'duration' }
  if (frame.name !== undefined && listing.has(frame.name)) return inList(frame, span, all)
  if (word?.type === 'number') return { ...span, kind: isAfter(frame, 'offset') ? 'duration' : 'nothing' }
  return inExpression(frame, span)
}

const isAfter = ({ inside }: Frame, name: string) => inside.at(-1)?.text === name

const matching = new Set(['=', '!=', '=~', '!~'])

function inMatchers({ name, inside }: Frame, span: Span, word: Token | undefined): Expected {
  const selectors = selectorsOf(name, inside)
  const last = inside.at(-1)
  if (last === undefined || last.text === ',')
    return word?.type === 'string' || word?.type === 'number'
      ? { ...span, kind: 'nothing' }
      : { ...span, kind: 'label', selectors, within: 'matchers' }
  if (last.type === 'name') return { ...span, kind: word === undefined ? 'operator' : 'nothing' }
  const label = inside.at(-2)?.text
  if (!matching.has(last.text) || label === undefined) return { ...span, kind: 'nothing' }
  const regex = last.text.endsWith('~')
  const value = { kind: 'value', selectors, label, regex } as const
  if (word === undefined) return { ...span, ...value, quotes: ['"', '"'] }
  if (word.type !== 'string') return { ...span, ...value, quotes: ['"', '"'] }
  // Of alternatives each is completed by itself.
  const typed = span.typed.slice(1)
  const part = regex ? typed.lastIndexOf('|') + 1 : 0
  const from = span.from + 1 + part
  const to = word.open ? word.to : word.to - 1
  const rest = regex ? word.text.slice(1 + typed.length).search(/\|/) : -1
  return {
    ...{ from, to: rest < 0 ? to : span.from + 1 + typed.length + rest, typed: typed.slice(part) },
    ...value,
    quotes: ['', word.open ? (word.text[0] ?? '"') : ''],
  }
}

/** The selector with the matchers that are whole; the one being typed is not among them. */
function selectorsOf(name: string | undefined, inside: readonly Token[]): string[] {
  const matchers = inside.flatMap((token, index) => {
    const [label, op] = [inside[index - 2], inside[index - 1]]
    if (token.type !== 'string' || token.open || op === undefined || !matching.has(op.text)) return []
    return label === undefined ? [] : [`${label.text}${op.text}${token.text}`]
  })
  if (name === undefined && matchers.length === 0) return []
  return [`${name ?? ''}${matchers.length === 0 ? '' : `{${matchers.join(',')}}`}`]
}

/** In `by (…)`: labels of the metrics that the whole text names. */
function inList({ inside }: Frame, span: Span, all: readonly Token[]): Expected {
  const last = inside.at(-1)
  if (last !== undefined && last.text !== ',') return { ...span, kind: 'nothing' }
  return { ...span, kind: 'label', selectors: metricsIn(all), within: 'list' }
}

/** Names that are neither calls nor words of the language, outside of braces and lists. */
export function metricsIn(tokens: readonly Token[]): string[] {
  const names = new Set<string>()
  const depth: boolean[] = []
  for (const [index, { type, text }] of tokens.entries()) {
    if (type === 'sign' && (text === '{' || text === '(')) {
      depth.push(text === '{' || listing.has(tokens[index - 1]?.text ?? ''))
    } else if (type === 'sign' && (text === '}' || text === ')')) depth.pop()
    else if (type === 'name' && depth.at(-1) !== true && isMetric(text, tokens[index + 1])) names.add(text)
  }
  return [...names]
}

const isMetric = (text: string, next: Token | undefined) =>
  !Object.hasOwn(keywords, text) && !(next?.text === '(') && !callables.has(text)

const comparing = new Set(['==', '!=', '<', '<=', '>', '>='])
const joining = new Set(['and', 'or', 'unless', 'atan2'])
const binary = new Set(['+', '-', '*', '/', '%', '^', ...comparing])

function inExpression({ inside }: Frame, span: Span): Expected {
  const last = inside.at(-1)
  const operand = (...words: string[]): Expected => ({ ...span, kind: 'operand', words })
  const keyword = (...words: string[]): Expected => ({ ...span, kind: 'keyword', words })
  if (last === undefined || last.text === ',' || last.text === '(') return operand()
  if (last.text === 'offset') return { ...span, kind: 'duration' }
  if (last.text === '@') return keyword('start()', 'end()')
  if (comparing.has(last.text)) return operand('bool', 'on', 'ignoring')
  if (binary.has(last.text) || joining.has(last.text)) return operand('on', 'ignoring')
  if (last.text === 'bool') return operand('on', 'ignoring')
  if (last.type === 'name' && callables.get(last.text)?.kind === 'aggregation')
    return keyword('by', 'without')
  const list = last.text === ')' ? listBefore(inside) : undefined
  if (list === 'on' || list === 'ignoring') return operand('group_left', 'group_right')
  if (list === 'group_left' || list === 'group_right') return operand()
  if (last.type === 'name' && listing.has(last.text)) return { ...span, kind: 'nothing' }
  const after = ['and', 'or', 'unless', 'offset', '@', 'atan2']
  const aggregated = last.text === ')' && isAggregated(inside)
  return aggregated ? keyword('by', 'without', ...after) : keyword(...after)
}

/** `on` of `on (…)`, where the closing parenthesis is the last token; inner frames are already folded away. */
function listBefore(inside: readonly Token[]): string | undefined {
  const name = inside.at(-3)
  return name?.type === 'name' && listing.has(name.text) ? name.text : undefined
}

function isAggregated(inside: readonly Token[]): boolean {
  const name = inside.at(-3)
  return name?.type === 'name' && callables.get(name.text)?.kind === 'aggregation'
}
