// Numbers, durations and strings as PromQL writes them.

const units: Readonly<Record<string, number>> = {
  y: 31_536_000_000,
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
}
const durationShape = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/

/** `1h30m` in milliseconds; undefined where it is no duration. Units go from large to small, each once. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0
  if (text === '' || !durationShape.test(text)) return undefined
  let total = 0
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[ywdhms])/g))
    total += Number(count) * (units[unit ?? ''] ?? 0)
  return total
}

/** Milliseconds as Prometheus prints a duration: `1h30m`, `1d`, `250ms`; years and weeks only where they are whole. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0s'
  let rest = Math.abs(milliseconds)
  let text = ''
  for (const [unit, size] of Object.entries(units)) {
    const exactOnly = unit === 'y' || unit === 'w'
    if (exactOnly && rest % size !== 0) continue
    const count = Math.floor(rest / size)
    if (count > 0) text += `${count}${unit}`
    rest -= count * size
  }
  return milliseconds < 0 ? `-${text}` : text
}

/** A number literal's value; a duration counts in seconds. NaN only for `nan`; undefined where it is neither. */
export function parseNumber(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1
  const plain = text.replace(/^[+-]/, '').trim().replaceAll('_', '').toLowerCase()
  if (plain === 'inf') return sign * Number.POSITIVE_INFINITY
  if (plain === 'nan') return Number.NaN
  if (/^0x[0-9a-f]+$/.test(plain)) return sign * Number.parseInt(plain, 16)
  if (/^0[0-7]+$/.test(plain)) return sign * Number.parseInt(plain, 8)
  if (/^(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/.test(plain)) return sign * Number(plain)
  const duration = parseDuration(plain)
  return duration === undefined ? undefined : (sign * duration) / 1000
}

/** As Go's strconv.ParseFloat reads a bucket's bound: no durations, no octal numbers. */
export function parseFloatLabel(text: string): number | undefined {
  const plain = text.toLowerCase()
  const infinite = /^([+-]?)inf(?:inity)?$/.exec(plain)
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/.test(plain) ? Number(plain) : undefined
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
}

/** The text of a quoted string, with Go's escapes; undefined where one is unknown or the quote is not closed. */
export function unquote(quoted: string): string | undefined {
  const quote = quoted[0]
  if (quoted.length < 2 || quoted.at(-1) !== quote) return undefined
  const inner = quoted.slice(1, -1)
  if (quote === '`') return inner
  if (inner.includes('\n')) return undefined
  let bad = false
  const text = inner.replace(
    /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|[\s\S]|$)/g,
    (_, code: string) => {
      if (/^[xuU]./.test(code)) return String.fromCodePoint(Number.parseInt(code.slice(1), 16))
      if (/^[0-7]{3}$/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8))
      const plain = escapes[code]
      if (plain === undefined) bad = true
      return plain ?? ''
    },
  )
  return bad ? undefined : text
}

/** As Go's %q and strconv.Quote write it. */
export function quote(text: string): string {
  return JSON.stringify(text)
}

/** As Go's strconv.FormatFloat(value, 'f', -1, 64) writes it: never an exponent. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (value === Number.POSITIVE_INFINITY) return '+Inf'
  if (value === Number.NEGATIVE_INFINITY) return '-Inf'
  if (Object.is(value, -0)) return '-0'
  const text = String(value)
  const split = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (!split) return text
  const [, sign = '', first = '', fraction = '', power = '0'] = split
  const digits = first + fraction
  const exponent = Number(power)
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  return sign + digits.padEnd(exponent + 1, '0')
}
