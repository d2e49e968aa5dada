// How much a regular expression could cost. JavaScript's engine tries every way in which repetitions can share a text:
// their number is the power of the text's length, and a repetition of repetitions has no bound at all.

/** Steps that take a fraction of a second. */
const mostSteps = 2e7
/** Optional parts double the ways each. */
const mostOptional = 12

/** Longer texts are names of nothing; labels of real series stay far under it. */
const longest = 1024

/** How long a text the expression may be tried on; 0: none. */
export function longestFor(source: string): number {
  const counted = source.length > longest ? undefined : repetitionsOf(source)
  if (counted === undefined || counted.optional > mostOptional) return 0
  let length = longest
  while (length > 0 && ways(length, counted.unbounded) > mostSteps) length = Math.floor(length * 0.9)
  return length
}

/** In how many ways so many repetitions can share a text of this length. */
function ways(length: number, repetitions: number): number {
  let total = 1
  for (let index = 1; index <= repetitions; index++) total *= (length + index) / index
  return total
}

interface Repetitions {
  readonly unbounded: number
  readonly optional: number
}

/** Undefined where a group is repeated that has a repetition, an option or a choice in it: `(a+)+`, `(a|a)*`. */
function repetitionsOf(source: string): Repetitions | undefined {
  const outer: boolean[] = []
  let varies = false
  let optional = 0
  // Where a match may begin is a choice too, unless the expression says it.
  let unbounded = source.startsWith('^') ? 0 : 1
  // Repetitions that nothing must follow never have to be tried again.
  let last = 0
  for (let index = 0; index < source.length; index++) {
    const char = source[index]
    if (char === '(') {
      outer.push(varies)
      varies = false
      // What follows belongs to the group's kind: `(?:`, `(?<name>`.
      if (source[index + 1] === '?') index++
    } else if (char === ')') {
      const within: boolean = varies
      if (within && quantifier(source, index + 1) === 'many') return undefined
      varies = (outer.pop() ?? false) || within
    } else if (char === '|') varies = true
    else {
      const kind = quantifier(source, index)
      if (kind === 'none') {
        index = endOfAtom(source, index)
        if (!mayBeMissing(source, index + 1)) {
          unbounded += last
          last = 0
        }
        continue
      }
      varies = true
      if (kind === 'many') last++
      else optional++
      // A question mark behind a quantifier only makes it lazy.
      if (source[index + 1] === '?') index++
    }
  }
  return { unbounded, optional }
}

/** A letter, an escaped one, or a class in brackets. */
function endOfAtom(source: string, index: number): number {
  if (source[index] === '\\') return index + 1
  if (source[index] !== '[') return index
  let end = index + 1
  while (end < source.length && source[end] !== ']') end += source[end] === '\\' ? 2 : 1
  return end
}

const mayBeMissing = (source: string, index: number) => /^(?:[*?]|\{0)/.test(source.slice(index, index + 2))

/** `*`, `+` and braces that may count far are many; `?` is an option. */
function quantifier(source: string, index: number): 'none' | 'option' | 'many' {
  const char = source[index]
  if (char === '*' || char === '+') return 'many'
  if (char === '?') return 'option'
  const braces = /^\{(\d+)(,?)(\d*)\}/.exec(source.slice(index, index + 16))
  if (!braces) return 'none'
  const [, least = '', comma, most = ''] = braces
  const end = comma === '' ? Number(least) : most === '' ? Number.POSITIVE_INFINITY : Number(most)
  return end >= 10 ? 'many' : 'option'
}
