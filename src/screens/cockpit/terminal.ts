// What the cockpit takes of the terminal and gives back at the end: its other screen, the cursor, wrapping, the keys.
// Taken before Ink is there, so that something is to be seen at once; Ink draws into it and need not know.

export interface Terminal {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  /** Nothing where it is taken already. */
  take(): void
  /** As it was before. Nothing where it is not taken. */
  giveBack(): void
  /** Takes it and shows lines from the top, until something else is drawn. */
  show(lines: readonly string[]): void
  /** What `draw` writes takes the place of what is shown, in one piece: what is in between is not seen. */
  replace<T>(draw: () => T): T
}

const home = '\u001b[H'
// Terminals without an alternate screen still have there what was there before.
const empty = `${home}\u001b[J`
// The alternate screen, no cursor. Without wrapping a line that is too wide for one frame after a resize spoils only itself.
const enter = `\u001b[?1049h${empty}\u001b[?25l\u001b[?7l`
const leave = '\u001b[?7h\u001b[?1049l\u001b[?25h'

export function createTerminal(stdin: NodeJS.ReadStream, stdout: NodeJS.WriteStream): Terminal {
  let taken = false
  const take = () => {
    if (taken) return
    taken = true
    // First: a key that comes in between would be echoed into the screen.
    if (stdin.isTTY) stdin.setRawMode(true)
    stdout.write(enter)
  }
  return {
    stdin,
    stdout,
    take,
    giveBack() {
      if (!taken) return
      taken = false
      if (!stdout.destroyed) stdout.write(leave)
      if (stdin.isRaw) stdin.setRawMode(false)
    },
    show(lines) {
      take()
      stdout.write(`${lines.join('\n')}${home}`)
    },
    replace(draw) {
      stdout.cork()
      try {
        stdout.write(empty)
        return draw()
      } finally {
        stdout.uncork()
      }
    },
  }
}
