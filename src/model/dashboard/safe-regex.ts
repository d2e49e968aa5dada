// Regular expressions that come with a dashboard. JavaScript's engine backtracks, so a hostile one could hang us: those
// that repeat a repetition are refused, and what they are applied to is bounded.

/** Longer texts are names of nothing; labels of real series stay far under it. */
const longest = 1024

export interface SafeRegex {
  readonly test: (text: string) => boolean
  readonly match: (text: string) => readonly RegExpExecArray[]
  readonly replace: (text: string, replacement: string) => string
}

/**
 * `/…/flags`, or a bare pattern, which Grafana matches as a whole where `bare` says so. Undefined where it is no
 * regular expression or one that could take for ever.
 */
export function safeRegex(pattern: string, bare: 'whole' | 'anywhere'): SafeRegex | undefined {
  const slashed = /^\/(.*)\/([a-z]*)$/su.exec(pattern)
  const source = slashed?.[1] ?? (bare === 'whole' ? `^(?:${pattern})$` : pattern)
  if (source.length > longest || repeatsRepetition(source)) return undefined
  const flags = new Set((slashed?.[2] ?? '').replace(/[^gimsu]/g, ''))
  const everywhere = flags.delete('g')
  let once: RegExp
  try {
    once = new RegExp(source, [...flags].join(''))
  } catch {
    return undefined
  }
  const all = new RegExp(once.source, `${once.flags}g`)
  return {
    test: (text) => once.test(text.slice(0, longest)),
    match: (text) => {
      const bounded = text.slice(0, longest)
      if (everywhere) return [...bounded.matchAll(all)]
      const found = once.exec(bounded)
      return found ? [found] : []
    },
    replace: (text, replacement) => text.slice(0, longest).replace(everywhere ? all : once, replacement),
  }
}

/** `/…/` with its slashes is a regular expression, anything else the text itself: the aliases of old overrides. */
export function isSlashed(pattern: string): boolean {
  return /^\/.*\/[a-z]*$/su.test(pattern)
}

/** A group with a choice or an unbounded quantifier in it that is itself quantified without bound: `(a+)+`, `(a|a)*`. */
function repeatsRepetition(source: string): boolean {
  const open: boolean[] = []
  let repeats = false
  let inClass = false
  for (let index = 0; index < source.length; index++) {
    const char = source[index]
    if (char === '\\') {
      index++
    } else if (inClass) {
      inClass = char !== ']'
    } else if (char === '[') {
      inClass = true
    } else if (char === '(') {
      open.push(repeats)
      repeats = false
    } else if (char === ')') {
      const within: boolean = repeats
      const again = isUnbounded(source, index + 1)
      if (within && again) return true
      repeats = (open.pop() ?? false) || within || again
    } else if (char === '|' || isUnbounded(source, index)) {
      repeats = true
    }
  }
  return false
}

function isUnbounded(source: string, index: number): boolean {
  const char = source[index]
  return (
    char === '*' ||
    char === '+' ||
    (char === '{' && /^\{\d+,(?:\d{3,})?\}/.test(source.slice(index, index + 12)))
  )
}
