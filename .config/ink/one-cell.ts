// Lines whose every sign takes one cell of the terminal: ASCII and the shapes that obsdeck draws, between colours.
// They are almost all lines, and what is known of them beforehand need not be worked out sign by sign.

/** The inside of a character class. */
export const oneCellSigns = '\\u0020-\\u007e\\u2800-\\u28ff\\u2500-\\u259f…·–−→↑↓✗▲●○◌'

const colour = '\u001b\\[[\\d;]*m'
const line = new RegExp(`^(?:[${oneCellSigns}]|${colour})*$`)
const colours = new RegExp(colour, 'g')

export const isOneCellEach = (text: string): boolean => line.test(text)

export const withoutColours = (text: string): string => text.replace(colours, '')
