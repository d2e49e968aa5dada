// Lines out of chunks of bytes, wherever the chunks were cut: a line is decoded only once it is whole, so that
// a character split between two chunks stays a character.

export interface Line {
  readonly text: string
  /** True where the line was longer than the limit and its rest was thrown away. */
  readonly cut: boolean
  /** False for a last line that no line end followed. */
  readonly ended: boolean
}

const newline = 0x0a
const carriageReturn = 0x0d

/** `limit` bounds one line in bytes; line ends (`\n`, `\r\n`) are not part of it. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Line> {
  let parts: Uint8Array[] = []
  let held = 0
  let cut = false
  const keep = (part: Uint8Array) => {
    const room = limit - held
    if (part.length > room) cut = true
    const kept = part.length > room ? part.subarray(0, room) : part
    if (kept.length === 0) return
    parts.push(kept)
    held += kept.length
  }
  const take = (ended: boolean): Line => {
    const line = { text: decode(parts, cut), cut, ended }
    parts = []
    held = 0
    cut = false
    return line
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      keep(chunk.subarray(from, end))
      from = end + 1
      yield take(true)
    }
    if (from < chunk.length) keep(chunk.subarray(from))
  }
  if (held > 0 || cut) yield take(false)
}

function decode(parts: readonly Uint8Array[], cut: boolean): string {
  const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
  let end = bytes.length
  if (cut) {
    // The limit may stand in the middle of a character: step back to before its first byte.
    while (end > 0 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1
    if (end > 0 && (bytes[end - 1] ?? 0) >= 0xc0) end -= 1
  } else if (bytes[end - 1] === carriageReturn) end -= 1
  return Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('utf8')
}
