// Characters that a terminal obeys or that hide text, written as escapes that mean the same: for JSON and for
// double-quoted YAML, which keep what they print.

/** DEL, the C1 controls, format characters (bidi, zero-width), line and paragraph separators. */
const hidden = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu
const plain = /^[\n -~]*$/

export function hasHidden(text: string): boolean {
  return !plain.test(text) && text.search(hidden) >= 0
}

/** Each hidden character as `\uXXXX`, by its UTF-16 units. Only for the inside of JSON strings and their like. */
export function escapeHidden(text: string): string {
  if (plain.test(text)) return text
  return text.replace(hidden, (char) =>
    [...Array(char.length).keys()]
      .map((unit) => `\\u${char.charCodeAt(unit).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}

/** JSON that is safe to show: the same value, indented by two. Where JSON has no number, Prometheus's word stands. */
export function printableJson(value: unknown): string {
  return escapeHidden(
    JSON.stringify(value, (_, part: unknown) => (isUnwritable(part) ? wordOf(part) : part), 2),
  )
}

/** JSON would make them null, which says that nothing is known. */
const isUnwritable = (part: unknown): part is number => typeof part === 'number' && !Number.isFinite(part)

function wordOf(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}
