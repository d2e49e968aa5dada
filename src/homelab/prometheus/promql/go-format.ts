// Numbers as Go's fmt prints them: what warnings and alert templates show.

/** Go's exponent has two digits at least. */
function exponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2')
}

export function special(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  return value > 0 ? '+Inf' : '-Inf'
}

/** `%.Ng`. */
export function general(value: number, digits: number): string {
  if (!Number.isFinite(value)) return special(value)
  if (value === 0) return '0'
  const [mantissa = '', power = '0'] = value.toExponential(digits - 1).split('e')
  const size = Number(power)
  const trim = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
  if (size < -4 || size >= digits) return exponent(`${trim(mantissa)}e${power}`)
  return trim(value.toFixed(Math.max(0, digits - 1 - size)))
}

/** `%g` and `%v`: as many digits as it takes, with an exponent from seven digits before the point on. */
export function shortest(value: number): string {
  if (!Number.isFinite(value)) return special(value)
  if (Object.is(value, -0)) return '-0'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return exponent(value.toExponential())
  return String(value)
}
