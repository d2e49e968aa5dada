// What a role looks like: SGR strings for a colour level, and glyphs with their ASCII forms.
// Colour is kept for what is wrong; no meaning is in colour alone, so every state has a glyph as well.

/** 0: no colour (NO_COLOR), 1: 16 colours, 2: 256 colours, 3: true colour. */
export type ColourLevel = 0 | 1 | 2 | 3

/**
 * `bad` is broken now, `warn` at risk, `good` only for what just became well, `accent` is selected or can be
 * followed, `off` suspended, `dim` healthy or secondary, `title` starts a pane, `head` a table's header.
 */
export type Role = 'bad' | 'warn' | 'good' | 'accent' | 'off' | 'dim' | 'bold' | 'title' | 'head' | Series
/** The colours of chart lines, in the order in which they are given out. */
export type Series = 'series1' | 'series2' | 'series3' | 'series4' | 'series5' | 'series6'

export const seriesRoles: readonly Series[] = [
  'series1',
  'series2',
  'series3',
  'series4',
  'series5',
  'series6',
]

/** State glyphs, all one cell wide in every terminal that we know of (no emoji, no ambiguous width). */
export interface Glyphs {
  readonly bad: string
  readonly warn: string
  readonly good: string
  readonly off: string
  readonly unknown: string
  readonly note: string
  readonly to: string
  readonly back: string
  readonly cut: string
  readonly none: string
  readonly rule: string
  readonly minus: string
  readonly up: string
  readonly down: string
}

export interface Theme {
  readonly level: ColourLevel
  readonly ascii: boolean
  readonly glyph: Glyphs
  /** The text in that role; nesting is safe, since each role is closed by its own code and not by a reset. */
  paint(role: Role, text: string): string
  /**
   * The selected row: reverse, which is no colour and so stays with NO_COLOR. Roles within are
   * taken away; a blank first cell becomes `>`, for terminals that show no reverse.
   */
  select(text: string): string
}

const unicode: Glyphs = {
  bad: '✗',
  warn: '▲',
  good: '●',
  off: '○',
  unknown: '◌',
  note: '·',
  to: '→',
  back: '←',
  cut: '…',
  none: '–',
  rule: '─',
  minus: '−',
  up: '↑',
  down: '↓',
}

const plain: Glyphs = {
  bad: 'x',
  warn: '!',
  good: '*',
  off: 'o',
  unknown: '?',
  note: '-',
  to: '>',
  back: '<',
  cut: '~',
  none: '-',
  rule: '-',
  minus: '-',
  up: '^',
  down: 'v',
}

type Colours = Readonly<Record<'bad' | 'warn' | 'good' | 'accent' | Series, string>>

// 16 colours follow the terminal's own scheme. The 256 and true colours are of middle lightness, so that they
// can be read on black and on white.
const sixteen: Colours = {
  bad: '31',
  warn: '33',
  good: '32',
  accent: '36',
  series1: '36',
  series2: '35',
  series3: '94',
  series4: '32',
  series5: '33',
  series6: '37',
}
const many: Colours = {
  bad: '38;5;167',
  warn: '38;5;172',
  good: '38;5;71',
  accent: '38;5;37',
  series1: '38;5;37',
  series2: '38;5;133',
  series3: '38;5;68',
  series4: '38;5;71',
  series5: '38;5;136',
  series6: '38;5;102',
}
const full: Colours = {
  bad: '38;2;220;80;80',
  warn: '38;2;205;140;20',
  good: '38;2;80;165;90',
  accent: '38;2;30;165;175',
  series1: '38;2;30;165;175',
  series2: '38;2;175;95;175',
  series3: '38;2;90;135;215',
  series4: '38;2;80;165;90',
  series5: '38;2;175;135;20',
  series6: '38;2;130;130;130',
}

const palettes: Readonly<Record<1 | 2 | 3, Colours>> = { 1: sixteen, 2: many, 3: full }

const painted = new RegExp(`${String.fromCharCode(0x1b)}\\[[\\d;]*m`, 'g')

type Codes = Readonly<Record<Role, readonly [open: string, close: string]>>

const dim = ['\u001b[2m', '\u001b[22m'] as const
const bold = ['\u001b[1m', '\u001b[22m'] as const

function codesOf(level: 1 | 2 | 3): Codes {
  const colours = palettes[level]
  const colour = (name: keyof Colours) => [`\u001b[${colours[name]}m`, '\u001b[39m'] as const
  return {
    bad: colour('bad'),
    warn: colour('warn'),
    good: colour('good'),
    accent: colour('accent'),
    off: dim,
    dim,
    bold,
    title: bold,
    head: dim,
    series1: colour('series1'),
    series2: colour('series2'),
    series3: colour('series3'),
    series4: colour('series4'),
    series5: colour('series5'),
    series6: colour('series6'),
  }
}

/** Weight is no colour: what is broken stands out without one, and what is off does not look like the rest. */
const weights: Partial<Codes> = { bad: bold, bold, title: bold, off: dim, dim, head: dim }

export interface ThemeOptions {
  readonly level: ColourLevel
  readonly ascii: boolean
  /** A terminal that shows bold and dim; a pipe gets no sequence at all without colour. */
  readonly weights?: boolean
}

export function createTheme({ level, ascii, weights: weighs = false }: ThemeOptions): Theme {
  const codes: Partial<Codes> = level !== 0 ? codesOf(level) : weighs ? weights : {}
  return {
    level,
    ascii,
    glyph: ascii ? plain : unicode,
    paint(role, text) {
      const code = codes[role]
      if (code === undefined || text === '') return text
      return code[0] + text + code[1]
    },
    select(text) {
      const bare = text.replace(painted, '')
      return `\u001b[7m${bare.startsWith(' ') ? `>${bare.slice(1)}` : bare}\u001b[27m`
    },
  }
}
