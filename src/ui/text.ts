// Text in cells: what is safe to draw, how wide it is, and how it is made to fit.
import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

export type Align = 'left' | 'right'
/** What text that is too long loses: its end, or its middle. Names never lose their end. */
export type Cut = 'end' | 'middle'

const ascii = /^\p{ASCII}*$/u
const printable = /^[\x20-\x7e]*$/
// ASCII, braille, lines and blocks, and the glyphs of theme.ts: one cell each, one UTF-16 unit each.
const oneCellEach = /^[\x20-\x7e\u2800-\u28ff\u2500-\u259f…·–−→↑↓✗▲●○◌]*$/

const esc = String.fromCharCode(0x1b)
const bel = String.fromCharCode(0x07)
const c1 = (code: number) => String.fromCharCode(code)
const strings = [0x90, 0x98, 0x9d, 0x9e, 0x9f].map(c1).join('')
// ECMA-48: control sequences, control strings up to BEL or ST, and the two-byte escapes. A string that never
// ends loses only its introducer, so that it cannot hide the rest of a line.
const sequences = new RegExp(
  [
    `(?:${esc}\\[|${c1(0x9b)})[0-?]*[ -/]*[@-~]?`,
    `(?:${esc}[\\]PX^_]|[${strings}])[^${bel}${esc}${c1(0x9c)}]*(?:${bel}|${esc}\\\\|${c1(0x9c)})`,
    `${esc}[ -/]*[0-~]?`,
  ].join('|'),
  'g',
)
// Control and format characters (among them the bidi overrides and zero-width ones), line and paragraph
// separators, lone surrogates, and the variation selectors that make one cell into two in some terminals.
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|\p{Variation_Selector}/gu

/** Remote text made safe to draw on one line: no escape sequence, no control or bidi character survives. */
export function clean(text: string): string {
  if (printable.test(text)) return text
  return text
    .replace(sequences, '')
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(unsafe, '')
}

// What themes write. Taken away here, since a styled line of plain signs then needs no segmenter.
const colours = new RegExp(`${esc}\\[[\\d;]*m`, 'g')

/** The cells that the text takes; colour codes count nothing. */
export function width(text: string): number {
  const bare = text.includes(esc) ? text.replace(colours, '') : text
  return oneCellEach.test(bare) ? bare.length : stringWidth(bare)
}

const segmenter = new Intl.Segmenter()

/** The longest start of `text` that takes at most `cells`, by whole graphemes. */
function start(text: string, cells: number): string {
  if (oneCellEach.test(text)) return text.slice(0, cells)
  let taken = 0
  let result = ''
  for (const { segment } of segmenter.segment(text)) {
    taken += stringWidth(segment)
    if (taken > cells) break
    result += segment
  }
  return result
}

/** The longest end of `text` that takes at most `cells`. */
function end(text: string, cells: number): string {
  if (cells <= 0) return ''
  if (oneCellEach.test(text)) return text.slice(-cells)
  let taken = 0
  let result = ''
  for (const { segment } of [...segmenter.segment(text)].reverse()) {
    taken += stringWidth(segment)
    if (taken > cells) break
    result = segment + result
  }
  return result
}

/** `text` (without colour codes) in at most `cells`; `mark` stands where something was cut. */
export function clip(text: string, cells: number, cut: Cut = 'end', mark = '…'): string {
  if (cells <= 0) return ''
  if (width(text) <= cells) return text
  if (cells <= width(mark)) return start(text, cells)
  const room = cells - width(mark)
  if (cut === 'end') return start(text, room) + mark
  const left = Math.floor((room * 2) / 5)
  return start(text, left) + mark + end(text, room - left)
}

/** Filled with spaces up to `cells`; text that is wider stays as it is. Colour codes are allowed. */
export function pad(text: string, cells: number, align: Align = 'left'): string {
  const space = cells - width(text)
  if (space <= 0) return text
  return align === 'left' ? text + ' '.repeat(space) : ' '.repeat(space) + text
}

/** Left part and right part on one line of exactly `cells`; the left one gives way. Both without colour codes. */
export function spread(left: string, right: string, cells: number, mark = '…'): string {
  const tail = clip(right, cells, 'end', mark)
  const room = cells - width(tail)
  return pad(clip(left, Math.max(0, room - 1), 'end', mark), room) + tail
}

/** Words on lines of at most `cells`. A word that is longer than a line is broken. */
export function wrap(text: string, cells: number): string[] {
  return wrapAnsi(text, Math.max(1, cells), { hard: true }).split('\n')
}

const asciiForms: Readonly<Record<string, string>> = {
  '×': 'x',
  '–': '-',
  '−': '-',
  '—': '-',
  '·': '-',
  '…': '~',
  '→': '>',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
}

/** The text in ASCII with the same width in cells: known signs by their ASCII form, anything else as `?`. Colour codes stay. */
export function toAscii(text: string): string {
  if (ascii.test(text)) return text
  let result = ''
  for (const { segment } of segmenter.segment(text)) {
    result += ascii.test(segment) ? segment : (asciiForms[segment] ?? '?'.repeat(stringWidth(segment)))
  }
  return result
}
