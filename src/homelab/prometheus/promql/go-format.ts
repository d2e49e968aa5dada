// Numbers as Go's fmt prints them: what warnings and alert templates show.

/** Go's exponent has two digits at least. */
function exponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2')
}

function special(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  return value > 0 ? '+Inf' : '-Inf'
}

/** More digits than a tie can have. */
const exact = 60

/** Rounds a tie to even, as Go does; JavaScript rounds it up. `longer` is the same number with more digits. */
function toEven(rounded: string, longer: string): string {
  const digits = rounded.replace(/e.*$/, '')
  const rest = longer.slice(digits.length).replace(/e.*$/, '')
  const cut = longer.slice(0, digits.length).replace(/\.$/, '')
  const isTie = /^\.?50*$/.test(rest) && digits !== cut
  return isTie && /[02468]$/.test(cut) ? cut + rounded.slice(digits.length) : rounded
}

/** `%.Nf`. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return special(value)
  if (Math.abs(value) >= 1e21)
    return digits === 0 ? `${BigInt(value)}` : `${BigInt(value)}.${'0'.repeat(digits)}`
  return toEven(
    signed(value, value.toFixed(digits)),
    signed(value, value.toFixed(Math.min(100, digits + exact))),
  )
}

const signed = (value: number, text: string) => (Object.is(value, -0) ? `-${text}` : text)

/** `%.Ne`. */
export function scientific(value: number, digits: number): string {
  if (!Number.isFinite(value)) return special(value)
  return exponent(toEven(value.toExponential(digits), value.toExponential(Math.min(100, digits + exact))))
}

/** `%.Ng`. */
export function general(value: number, digits: number): string {
  if (!Number.isFinite(value)) return special(value)
  if (value === 0) return signed(value, '0')
  const [mantissa = '', power = '0'] = scientific(value, digits - 1).split('e')
  const size = Number(power)
  const trim = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
  if (size < -4 || size >= digits) return exponent(`${trim(mantissa)}e${power}`)
  return trim(fixed(value, Math.max(0, digits - 1 - size)))
}

/** `%g` and `%v`: as many digits as it takes, with an exponent from seven digits before the point on. */
export function shortest(value: number): string {
  if (!Number.isFinite(value)) return special(value)
  if (Object.is(value, -0)) return '-0'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return exponent(value.toExponential())
  return String(value)
}
