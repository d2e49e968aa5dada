// Regular expressions that come with a dashboard. A hostile one could hang us, so what could take for ever is refused, and
// the others see no more of a text than they can try in a moment.
import { longestFor } from './regex-cost.ts'

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
  const key = `${bare} ${pattern}`
  // A mapping is tried on every cell of a table.
  if (!compiled.has(key)) {
    if (compiled.size >= mostCompiled) compiled.clear()
    compiled.set(key, compile(pattern, bare))
  }
  return compiled.get(key)
}

const compiled = new Map<string, SafeRegex | undefined>()
const mostCompiled = 500

function compile(pattern: string, bare: 'whole' | 'anywhere'): SafeRegex | undefined {
  const slashed = /^\/(.*)\/([a-z]*)$/su.exec(pattern)
  const source = slashed?.[1] ?? (bare === 'whole' ? `^(?:${pattern})$` : pattern)
  const longest = longestFor(source)
  if (longest === 0) return undefined
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
    replace: (text, replacement) =>
      text.slice(0, longest).replace(everywhere ? all : once, replacement) + text.slice(longest),
  }
}

/** `/…/` with its slashes is a regular expression, anything else the text itself: the aliases of old overrides. */
export function isSlashed(pattern: string): boolean {
  return /^\/.*\/[a-z]*$/su.test(pattern)
}
