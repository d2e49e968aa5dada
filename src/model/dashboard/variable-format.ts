// How the values of a variable are put into a text: Grafana's formats, `${name:format}`, and PromQL's own.
import { quoteRegex } from '#model/promql-text.ts'
import type { Variable, VariableOption } from './dashboard.ts'

export type Format = (
  chosen: readonly VariableOption[],
  variable: Pick<Variable, 'name' | 'multi' | 'includeAll'>,
) => string

const values = (chosen: readonly VariableOption[]) => chosen.map(({ value }) => value)

/** One value as it is, several within braces. */
const glob: Format = (chosen) =>
  chosen.length < 2 ? (chosen[0]?.value ?? '') : `{${values(chosen).join(',')}}`

const regex: Format = (chosen) => joined(values(chosen).map(escapeRegex))

const escapeRegex = (value: string) => quoteRegex(value).replace(/\//g, '\\/')

const joined = (parts: readonly string[]) => (parts.length > 1 ? `(${parts.join('|')})` : (parts[0] ?? ''))

const quoted = (quote: string, escaped: string): Format => {
  return (chosen) =>
    values(chosen)
      .map((value) => quote + value.replaceAll(quote, escaped) + quote)
      .join(',')
}

/** Stricter than JavaScript's own: what RFC 3986 reserves is encoded too. */
function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/**
 * Of a variable that can have several values each is a regular expression within a PromQL string, hence two
 * backslashes; of any other it is the plain inside of a string.
 */
const promql: Format = (chosen, { multi, includeAll }) => {
  if (!multi && !includeAll) return values(chosen).map(escapeString).join(',')
  return joined(values(chosen).map((value) => escapeString(quoteRegex(value))))
}

const escapeString = (value: string) =>
  value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')

const raw: Format = (chosen) => values(chosen).join(',')

export const formats = {
  promql,
  glob,
  regex,
  raw,
  value: raw,
  csv: raw,
  pipe: (chosen) => values(chosen).join('|'),
  json: (chosen) => JSON.stringify(chosen.length === 1 ? chosen[0]?.value : values(chosen)),
  text: (chosen) => chosen.map(({ text }) => text).join(' + '),
  queryparam: (chosen, { name }) =>
    values(chosen)
      .map((value) => `var-${percentEncode(name)}=${percentEncode(value)}`)
      .join('&'),
  singlequote: quoted("'", "\\'"),
  doublequote: quoted('"', '\\"'),
  sqlstring: quoted("'", "''"),
  percentencode: (chosen, variable) => percentEncode(glob(chosen, variable)),
} as const satisfies Record<string, Format>

export type FormatName = keyof typeof formats

/** An unknown word means what no word means: glob. */
export function formatNamed(name: string): Format {
  return Object.hasOwn(formats, name) ? formats[name as FormatName] : glob
}
