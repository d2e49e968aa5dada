// PromQL's text as words and signs, never failing: what is being typed is hardly ever whole.
// A full grammar is not needed for completion, and would have to be loaded before the first letter.

export type TokenType = 'name' | 'number' | 'string' | 'sign' | 'comment'

export interface Token {
  readonly type: TokenType
  readonly text: string
  readonly from: number
  readonly to: number
  /** Of a string or a comment: its end is not there yet. */
  readonly open?: true
}

// One alternative for each type, in this order; blanks and what is none of them are passed over.
const pattern =
  /(#[^\n]*)|("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`[^`]*`?)|([A-Za-z_:][\w:]*)|(\d[\w.]*|\.\d[\w.]*)|([=!]~|[=!<>]=|[-+*/%^=<>(){}[\],@])/gsu

const types: readonly TokenType[] = ['comment', 'string', 'name', 'number', 'sign']

export function tokensOf(text: string): Token[] {
  return [...text.matchAll(pattern)].map((match) => {
    const [word] = match
    const type = types[match.slice(1).findIndex((group) => group !== undefined)] ?? 'sign'
    const from = match.index
    const open = isOpen(type, word, from + word.length === text.length)
    return { type, text: word, from, to: from + word.length, ...(open && { open }) }
  })
}

function isOpen(type: TokenType, word: string, last: boolean): boolean {
  if (type === 'comment') return last
  if (type !== 'string') return false
  const closed = word.length > 1 && word.endsWith(word[0] ?? '')
  return !closed || (word[0] !== '`' && /(?:^|[^\\])(?:\\\\)*\\.$/s.test(word))
}

/** On one line, as an editor of one line has it: line ends become blanks, comments fall away. */
export function onOneLine(text: string): string {
  let line = text
  for (const { from, to } of tokensOf(text)
    .filter(({ type }) => type === 'comment')
    .reverse())
    line = line.slice(0, from) + line.slice(to)
  return line.replace(/\s*\n\s*/g, ' ')
}
