// The least of a Grafana dashboard that is needed to ask its questions: each panel's expressions and the variables'
// queries, values put in their places.
import { type Asked, valuesOf } from './variables.ts'

interface Raw {
  readonly type?: string
  readonly title?: string
  readonly panels?: readonly Raw[]
  readonly targets?: readonly { readonly expr?: string; readonly datasource?: unknown }[]
  readonly datasource?: unknown
}

export interface RawVariable {
  readonly name: string
  readonly type: string
  readonly query?: string | { readonly query?: string }
  readonly regex?: string
  readonly multi?: boolean
  readonly includeAll?: boolean
  readonly allValue?: string | null
  readonly current?: { readonly value?: unknown }
}

export interface Dashboard {
  readonly title?: string
  readonly uid?: string
  readonly panels?: readonly Raw[]
  readonly rows?: readonly Raw[]
  readonly templating?: { readonly list?: readonly RawVariable[] }
}

export interface Panel {
  readonly title: string
  readonly type: string
  readonly exprs: readonly string[]
  /** The type of what it asks, where it says it. */
  readonly datasource: string
}

/** Rows are no panels, what is in them is. */
export function panelsOf({
  panels = [],
  rows = [],
  templating: { list = [] } = {},
}: Dashboard): readonly Panel[] {
  const kinds = new Map(
    list.map(({ name, type, query }) => [name, type === 'datasource' ? query : undefined]),
  )
  const typeOf = (datasource: unknown): string => {
    const { type, uid = datasource } = (datasource ?? {}) as { type?: unknown; uid?: unknown }
    const variable = /^\$\{?(\w+)\}?$/.exec(String(uid))?.[1] ?? ''
    return String(type ?? kinds.get(variable) ?? '')
  }
  const flat = (all: readonly Raw[]): Panel[] =>
    all.flatMap(({ type = 'row', title = '', panels: inner, targets = [], datasource }) =>
      type === 'row'
        ? flat(inner ?? [])
        : [
            {
              title,
              type,
              exprs: targets.flatMap(({ expr }) => expr || []),
              datasource: typeOf(datasource ?? targets[0]?.datasource),
            },
          ],
    )
  return flat([...panels, ...rows])
}

/** What to put in an expression's variables, each asked with those before it. */
export async function bindingsOf(
  { templating }: Dashboard,
  ask: Asked,
): Promise<ReadonlyMap<string, string>> {
  const bindings = new Map<string, string>(macros)
  for (const variable of templating?.list ?? []) {
    bindings.set(variable.name, await valuesOf(variable, ask, (text) => bind(text, bindings)))
  }
  return bindings
}

const macros = [
  ['__rate_interval', '2m'],
  ['__interval', '1m'],
  ['__range', '1h'],
] as const

/** `$name`, `${name}`, `${name:format}` and `[[name]]`. */
export function bind(text: string, bindings: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)\]\]/g,
    (whole, ...[plain, braced, bracketed]) => bindings.get(plain ?? braced ?? bracketed) ?? whole,
  )
}
