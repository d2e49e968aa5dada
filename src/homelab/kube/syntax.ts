// What names, keys and label values may look like, and how the API server says that one does not.

export interface Syntax {
  readonly pattern: RegExp
  readonly words: string
}

const syntax = (text: string, what: string, examples: readonly string[]): Syntax => ({
  pattern: new RegExp(`^${text}$`),
  words: `${what} (e.g. ${examples.map((one) => `'${one}'`).join(',  or ')}, regex used for validation is '${text}')`,
})

const ALPHANUMERIC =
  "consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"

/** The part of a label's key after its prefix. */
export const NAME_PART = syntax('([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]', `must ${ALPHANUMERIC}`, [
  'MyName',
  'my.name',
  '123-abc',
])

export const VALUE = syntax(
  '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?',
  `a valid label must be an empty string or ${ALPHANUMERIC}`,
  ['MyValue', 'my_value', '12345'],
)

/** A key of a ConfigMap or a Secret. */
export const CONFIG_KEY = syntax(
  '[-._a-zA-Z0-9]+',
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
  ['key.name', 'KEY_NAME', 'key-name'],
)

/** The name of most objects. */
export const SUBDOMAIN = syntax(
  String.raw`[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*`,
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  ['example.com'],
)
