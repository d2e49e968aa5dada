// Label matchers as tests. Expressions are RE2's, match the whole value, and `.` takes newlines too.
import type { Matcher } from '#homelab/prometheus/storage.ts'
import { QueryError } from './errors.ts'
import type { Labels } from './labels.ts'

const classes: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
}

/**
 * RE2's syntax in JavaScript's: `(?P<name>`, POSIX classes, `\A`, `\z`, `\Q…\E`, and flags at the front. What RE2
 * refuses (back-references, look-around) throws.
 */
function translate(source: string): { body: string; flags: string } {
  let text = source.replace(/\\Q([\s\S]*?)(?:\\E|$)/g, (_, literal: string) =>
    literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
  )
  if (/\(\?(?:=|!|<=|<!)/.test(text) || /(?:^|[^\\])(?:\\\\)*\\[1-9]/.test(text)) {
    throw parsingFailed(source, 'invalid or unsupported Perl syntax')
  }
  let flags = 's'
  const leading = /^\(\?([imsU]+)\)/.exec(text)
  if (leading) {
    text = text.slice(leading[0].length)
    if (leading[1]?.includes('i')) flags += 'i'
  }
  // Classes of Unicode need JavaScript's `u`, under which it takes fewer escapes: only where there is one.
  if (/\\[pP](?:\{|[A-Z])/.test(text)) flags += 'u'
  const body = text
    .replace(/\\([pP])([A-Z])/g, '\\$1{$2}')
    .replaceAll('(?P<', '(?<')
    .replace(/\[:(\w+):\]/g, (whole, name: string) => classes[name] ?? whole)
    .replace(/\\A/g, '^')
    .replace(/\\z/g, '$')
    .replace(/\\a/g, '\\x07')
  return { body, flags }
}

/** RE2's words for what JavaScript finds wrong. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [/Unterminated group/, 'missing closing )'],
  [/Unmatched '\)'/, 'unexpected )'],
  [/Unterminated character class/, 'missing closing ]'],
  [/Nothing to repeat/, 'missing argument to repetition operator'],
  [/Range out of order/, 'invalid character class range'],
]

const parsingFailed = (source: string, why: string) =>
  new QueryError('bad_data', `error parsing regexp: ${why}: \`${source}\``)

/** An expression that must match the whole of a text, as all of PromQL's do. */
export function compileAnchored(source: string): RegExp {
  const { body, flags } = translate(source)
  try {
    return new RegExp(`^(?:${body})$`, flags)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'invalid'
    throw parsingFailed(source, wordings.find(([shape]) => shape.test(why))?.[1] ?? why)
  }
}

export type LabelTest = (value: string) => boolean

/** Tests one label's value; an absent label is tested as empty. */
export function compileMatcher(matcher: Matcher): LabelTest {
  const { value } = matcher
  switch (matcher.op) {
    case '=':
      return (text) => text === value
    case '!=':
      return (text) => text !== value
    default: {
      const regex = compileAnchored(value)
      const wanted = matcher.op === '=~'
      return (text) => regex.test(text) === wanted
    }
  }
}

/** Tests a whole label set against all matchers. */
export function compileMatchers(matchers: readonly Matcher[]): (labels: Labels) => boolean {
  const tests = matchers.map((matcher) => [matcher.label, compileMatcher(matcher)] as const)
  return (labels) => tests.every(([label, test]) => test(labels[label] ?? ''))
}
