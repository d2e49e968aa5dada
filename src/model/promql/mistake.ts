// Where in an expression Prometheus found its mistake: its parse errors carry a line and a column.

export interface Mistake {
  /** The line that it is in, and where in it, in UTF-16 units. */
  readonly line: string
  readonly place: number
  /** What was wrong, without the position. */
  readonly words: string
}

export function mistakeIn(expr: string, detail: string): Mistake | undefined {
  const found = /\b(\d+):(\d+): parse error: (.*)/s.exec(detail)
  if (found === null) return undefined
  const line = expr.split('\n')[Number(found[1]) - 1]
  return line === undefined
    ? undefined
    : { line, place: placeOfByte(line, Number(found[2]) - 1), words: found[3] ?? '' }
}

/** Prometheus counts bytes of UTF-8. */
function placeOfByte(line: string, bytes: number): number {
  let place = 0
  let passed = 0
  for (const letter of line) {
    if (passed >= bytes) break
    const code = letter.codePointAt(0) ?? 0
    passed += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    place += letter.length
  }
  return place
}
