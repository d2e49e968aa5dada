// Grafana's colour words as ours. Meaning first: red is broken, orange and yellow are at risk, the rest is quiet.
// Only a line of a chart, which has to be told apart from others, may have the very colour.
import { seriesColour } from '#model/dashboard/colour-of.ts'
import type { FieldConfig, Shown } from '#model/dashboard/field.ts'
import { channels, hexOf, type Ink } from '#ui/ink.ts'
import type { Role, Theme } from '#ui/theme.ts'

const hues: Readonly<Record<string, `#${string}`>> = {
  red: '#e05263',
  orange: '#e8903a',
  yellow: '#d9b62b',
  green: '#6fb45f',
  blue: '#5a8fdc',
  purple: '#ae77d2',
}
/** How far a shade goes towards white, or black. */
const shades: Readonly<Record<string, number>> = {
  'super-light': 0.4,
  light: 0.2,
  'semi-dark': -0.12,
  dark: -0.25,
}

/** The role that a colour word means; undefined where it means nothing in particular. */
export function roleOfColour(word: string | undefined): Role | undefined {
  const hex = word === undefined ? undefined : hexOfColour(word)
  if (hex === undefined) return undefined
  const [red, green, blue] = channels(hex)
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)]
  if (most - least < 60 || red < most) return undefined
  // The hue between red (0) and yellow (1); towards purple it is negative.
  const hue = (green - blue) / (most - least)
  if (hue > 1 || hue < -0.45) return undefined
  return hue < 0.35 ? 'bad' : 'warn'
}

/** The role of a shown value: of thresholds and mappings, not of a colour that it has whatever its value. */
export function roleOfValue({ colour }: Shown, config: FieldConfig, index = 0): Role | undefined {
  return colour === seriesColour(config.colour, index) ? undefined : roleOfColour(colour)
}

/** The colour of a line that the dashboard gives it, where the terminal has it; else only what it means. */
export function inkOfColour(word: string | undefined, theme: Theme): Ink | undefined {
  const hex = word === undefined ? undefined : hexOfColour(word)
  return theme.level >= 2 && hex !== undefined ? readable(hex) : roleOfColour(word)
}

/** As light as can be read on black and on white: dashboards have colours for areas, of which we draw thin lines. */
function readable(hex: `#${string}`): Ink {
  const parts = channels(hex)
  const light = (0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]) / 255
  if (light > 0.7) return hexOf(...map(parts, (part) => (part * 0.7) / light))
  const share = light < 0.4 ? (0.4 - light) / (1 - light) : 0
  return hexOf(...map(parts, (part) => part + (255 - part) * share))
}

const map = (
  [red, green, blue]: readonly [number, number, number],
  change: (part: number) => number,
): [number, number, number] => [change(red), change(green), change(blue)]

/** The state glyph of a role that means something, with a space behind it: meaning is never in colour alone. */
export function stateGlyph(role: Role | undefined, theme: Theme): string {
  if (role === 'bad') return `${theme.glyph.bad} `
  return role === 'warn' ? `${theme.glyph.warn} ` : ''
}

function hexOfColour(word: string): `#${string}` | undefined {
  const name = word.trim().toLowerCase()
  if (/^#(?:[\da-f]{3}|[\da-f]{6}|[\da-f]{8})$/.test(name)) return hexOf(...channels(name))
  const parts = /^rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)/.exec(name)
  if (parts !== null) return hexOf(Number(parts[1]), Number(parts[2]), Number(parts[3]))
  const [, shade = '', hue = ''] = /^(?:(super-light|semi-dark|light|dark)-)?(\w+)$/.exec(name) ?? []
  const base = Object.hasOwn(hues, hue) ? hues[hue] : undefined
  const by = shades[shade] ?? 0
  if (base === undefined || by === 0) return base
  return hexOf(...map(channels(base), (part) => (by > 0 ? part + (255 - part) * by : part * (1 + by))))
}
