// PromQL that the project sends, put together from parts; values are always escaped.

/** A string literal as PromQL reads it: double quotes, backslashes escaped. */
export function quote(value: string): string {
  return `"${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`
}

/** The value as a literal within a matcher's regular expression (RE2). */
export function quoteRegex(value: string): string {
  return value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** `{namespace="shop",container!=""}`: `also` is put in as it stands. */
export function selector(equal: Readonly<Record<string, string | undefined>>, also = ''): string {
  const matchers = Object.entries(equal).flatMap(([label, value]) =>
    value === undefined ? [] : [`${label}=${quote(value)}`],
  )
  if (also !== '') matchers.push(also)
  return matchers.length === 0 ? '' : `{${matchers.join(',')}}`
}
