// Digits three rows high, for a number that is read from across the room. Drawn of half blocks: three by five dots.

const dots: Readonly<Record<string, string>> = {
  '0': '### #.# #.# #.# ###',
  '1': '.#. ##. .#. .#. ###',
  '2': '### ..# ### #.. ###',
  '3': '### ..# ### ..# ###',
  '4': '#.# #.# ### ..# ..#',
  '5': '### #.. ### ..# ###',
  '6': '### #.. ### #.# ###',
  '7': '### ..# ..# ..# ..#',
  '8': '### #.# ### #.# ###',
  '9': '### #.# ### ..# ###',
  '.': '. . . . #',
  ',': '. . . # #',
  ':': '. # . # .',
  '-': '... ... ### ... ...',
}
const blocks = [' ', '▄', '▀', '█'] as const

export const bigRows = 3

/** Three lines of one width; undefined where a sign has no large form. */
export function bigDigits(text: string): string[] | undefined {
  const signs: string[][] = []
  for (const character of text) {
    const rows = dots[character]?.split(' ')
    if (rows === undefined) return undefined
    signs.push(rows)
  }
  if (signs.length === 0) return undefined
  return [0, 2, 4].map((top) =>
    signs
      .map((rows) => {
        const [upper = '', lower = ''] = [rows[top], rows[top + 1]]
        return [...upper]
          .map((dot, index) => blocks[(dot === '#' ? 2 : 0) + (lower[index] === '#' ? 1 : 0)] ?? ' ')
          .join('')
      })
      .join(' '),
  )
}
