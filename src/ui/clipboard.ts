// Copying over SSH: the OSC 52 string, which the terminal at the person's own end carries out.

/** xterm drops longer ones, and tmux too: 100,000 bytes of base64 at most. */
const limit = 74_994

/** What to write to the terminal so that it copies `text`; undefined where the text is too long for that. */
export function copySequence(text: string): string | undefined {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length > limit) return undefined
  return `\u001b]52;c;${Buffer.from(bytes).toString('base64')}\u0007`
}
