// A line of one-cell signs as its text and the colours of each stretch of it.

export interface StyledLine {
  /** Without colours: one UTF-16 unit a cell. */
  readonly text: string
  /** Where each stretch of one style begins, ascending, from 0 on. */
  readonly starts: readonly number[]
  /** The sequences that switch the style on, parallel to `starts`; empty: plain. */
  readonly styles: readonly string[]
}

const introducer = '\u001b['
const reset = '\u001b[0m'

/** Undefined where a sequence is none of those that are understood here. */
export function parseStyled(line: string): StyledLine | undefined {
  const starts = [0]
  const styles = ['']
  let active: { readonly code: string; readonly off: number }[] = []
  let text = ''
  let at = 0
  for (;;) {
    const next = line.indexOf(introducer, at)
    text += next < 0 ? line.slice(at) : line.slice(at, next)
    if (next < 0) return { text, starts, styles }
    const end = line.indexOf('m', next)
    const code = line.slice(next, end + 1)
    const meaning = end < 0 ? undefined : meaningOf(line.slice(next + introducer.length, end))
    if (meaning === undefined) return undefined
    active = active.filter(({ code: old, off }) => !meaning.ends(off) && old !== code)
    if (meaning.off !== undefined) active.push({ code, off: meaning.off })
    const style = active.map((one) => one.code).join('')
    if (starts.at(-1) === text.length) styles[styles.length - 1] = style
    else if (styles.at(-1) !== style) {
      starts.push(text.length)
      styles.push(style)
    }
    at = end + 1
  }
}

interface Meaning {
  /** The code that switches it off again; absent where this one only switches off. */
  readonly off?: number
  /** Whether a style with that off-code ends here. */
  ends(off: number): boolean
}

const foreground = 39
const background = 49
/** Italic, underlined, blinking, inverse, hidden, struck: each is ended by the code 20 above it. */
const simple = new Set([3, 4, 5, 7, 8, 9])

/** ECMA-48 §8.3.117 (SGR), one parameter, and the extended colours `38;…` and `48;…`. */
function meaningOf(parameters: string): Meaning | undefined {
  if (parameters === '' || parameters === '0') return { ends: () => true }
  const [first = '', ...more] = parameters.split(';')
  const code = Number(first)
  if (more.length > 0 && code !== 38 && code !== 48) return undefined
  const colour = colourOf(code)
  if (colour !== undefined) return { off: colour, ends: (off) => off === colour }
  // Bold and dim end together, and do not replace each other.
  if (code === 1 || code === 2) return { off: 22, ends: () => false }
  if (simple.has(code)) return { off: code + 20, ends: () => false }
  if (code === 22 || simple.has(code - 20) || code === foreground || code === background)
    return { ends: (off) => off === code }
  return undefined
}

function colourOf(code: number): number | undefined {
  if ((code >= 30 && code <= 38) || (code >= 90 && code <= 97)) return foreground
  if ((code >= 40 && code <= 48) || (code >= 100 && code <= 107)) return background
  return undefined
}

/** The stretch that holds the cell; `from` is where to begin to look. */
export function stretchAt({ starts }: StyledLine, cell: number, from: number): number {
  let index = from
  while (index > 0 && (starts[index] ?? 0) > cell) index--
  while (index + 1 < starts.length && (starts[index + 1] ?? 0) <= cell) index++
  return index
}

/** The cells from `from` up to, not including, `to`, with their colours. */
export function writeStyled(line: StyledLine, from: number, to: number): string {
  let written = ''
  for (let index = stretchAt(line, from, 0), at = from; at < to; index++) {
    const next = Math.min(to, line.starts[index + 1] ?? to)
    const style = line.styles[index] ?? ''
    const text = line.text.slice(at, next)
    written += style === '' ? text : style + text + reset
    at = next
  }
  return written
}
