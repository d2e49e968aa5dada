// A terminal's colours as a picture has them: the sixteen of xterm, the cube and the greys.

export const background = '#101418'
export const foreground = '#c8ccd0'

const sixteen = [
  '#000000',
  '#cd3131',
  '#0dbc79',
  '#c5a332',
  '#2472c8',
  '#bc3fbc',
  '#11a8cd',
  '#d0d0d0',
  '#666666',
  '#f14c4c',
  '#23d18b',
  '#f5f543',
  '#3b8eea',
  '#d670d6',
  '#29b8db',
  '#ffffff',
] as const

/** One of the 256: sixteen, the 6 × 6 × 6 cube, the greys. */
export function indexed(index: number): string {
  if (index < 16) return sixteen[index] ?? foreground
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40)
  if (index >= 232) return rgb(8 + (index - 232) * 10, 8 + (index - 232) * 10, 8 + (index - 232) * 10)
  const cube = index - 16
  return rgb(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6))
}

export function rgb(red: number, green: number, blue: number): string {
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
