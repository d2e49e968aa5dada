// What a thing on a chart is drawn in: a role of the theme, or a colour of its own where the terminal has it.
import type { Role, Theme } from './theme.ts'

/** A `#rrggbb` is exact with true colour, the nearest of the cube with 256 colours, and plain with fewer. */
export type Ink = Role | `#${string}`

export function paintInk(theme: Theme, ink: Ink | undefined, text: string): string {
  if (ink === undefined || text === '') return text
  if (!ink.startsWith('#')) return theme.paint(ink as Role, text)
  if (theme.level < 2) return text
  const [red, green, blue] = channels(ink)
  const code = theme.level === 3 ? `2;${red};${green};${blue}` : `5;${cube(red, green, blue)}`
  return `\u001b[38;${code}m${text}\u001b[39m`
}

export function channels(hex: string): readonly [red: number, green: number, blue: number] {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(hex)
  const long =
    short === null ? hex.slice(1) : `${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}`
  const part = (at: number) => Number.parseInt(long.slice(at, at + 2), 16) || 0
  return [part(0), part(2), part(4)]
}

export function hexOf(red: number, green: number, blue: number): `#${string}` {
  const part = (value: number) =>
    Math.round(Math.min(255, Math.max(0, value)))
      .toString(16)
      .padStart(2, '0')
  return `#${part(red)}${part(green)}${part(blue)}`
}

/** The nearest colour of the 6 × 6 × 6 cube, whose steps are 0, 95, 135, 175, 215, 255. */
function cube(red: number, green: number, blue: number): number {
  const step = (value: number) =>
    value < 48 ? 0 : value < 115 ? 1 : Math.min(5, Math.floor((value - 35) / 40))
  return 16 + 36 * step(red) + 6 * step(green) + step(blue)
}
