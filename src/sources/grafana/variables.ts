// The variables of a dashboard: those of its templating list, and the inputs that an export asks for.
import type { Variable, VariableKind, VariableOption, VariableSort } from '#model/dashboard/dashboard.ts'
import { type Fields, fields, isFields, items, known, number, text, word } from '#model/fields.ts'
import { type SourceTypes, sourceOf } from './data-sources.ts'

export function readVariables(
  json: Fields,
  inputs: Readonly<Record<string, string>>,
  types: SourceTypes,
): readonly Variable[] {
  const listed = items(fields(json.templating).list)
    .filter(isFields)
    .flatMap((one) => (text(one.name) === undefined ? [] : [readVariable(one, types)]))
  const names = new Set(listed.map(({ name }) => name))
  const asked = items(json.__inputs)
    .filter(isFields)
    .flatMap((input) => readInput(input))
    .filter(({ name }) => !names.has(name))
  return [...listed, ...asked].map((variable) => {
    const given = Object.hasOwn(inputs, variable.name) ? inputs[variable.name] : undefined
    return given === undefined ? variable : { ...variable, current: [given] }
  })
}

function readVariable(json: Fields, types: SourceTypes): Variable {
  const kind = kindOf(json.type)
  const query = queryOf(json)
  const source = sourceOf([json.datasource], types)
  const order = number(json.sort) ?? 0
  return {
    name: text(json.name) ?? '',
    kind,
    query,
    multi: json.multi === true,
    includeAll: json.includeAll === true,
    sort: sorts[Math.ceil(order / 2)] ?? 'none',
    descending: order > 0 && order % 2 === 0,
    hidden: json.hide === 2,
    current: currentOf(kind, json, query),
    options: ownOptions(kind, json, query),
    ...known({
      label: text(json.label),
      regex: text(json.regex),
      allValue: text(json.allValue),
      why: whyNot(kind, json, source),
    }),
  }
}

const kinds: readonly VariableKind[] = ['query', 'custom', 'datasource', 'interval', 'constant', 'textbox']

const kindOf = (type: unknown): VariableKind => kinds.find((kind) => kind === type) ?? 'unsupported'

/** By half of Grafana's number, which counts each order up and down. */
const sorts: readonly VariableSort[] = ['none', 'text', 'number', 'text-insensitive', 'natural']

function whyNot(
  kind: VariableKind,
  { type }: Fields,
  { source, sourceName }: ReturnType<typeof sourceOf>,
): string | undefined {
  if (kind === 'unsupported') return `variables of type ${text(type) ?? 'unknown'} are not read here`
  return kind === 'query' && source !== 'prometheus'
    ? `it asks ${sourceName}, which is not asked for values here`
    : undefined
}

/** A text, or an object around one; what is only shown in its place is the last resort. */
function queryOf({ query, definition }: Fields): string {
  return text(query) ?? text(fields(query).query) ?? text(definition) ?? ''
}

function currentOf(kind: VariableKind, json: Fields, query: string): readonly string[] {
  const { value } = fields(json.current)
  const chosen = (Array.isArray(value) ? value : [value]).flatMap((one) => word(one) || [])
  if (kind === 'constant') return [query]
  if (kind === 'textbox') return [chosen[0] ?? query]
  return chosen
}

function ownOptions(kind: VariableKind, json: Fields, query: string): readonly VariableOption[] {
  switch (kind) {
    case 'custom':
      return query === '' ? listedOptions(json) : customOptions(query)
    case 'interval':
      return [...(json.auto === true ? [{ text: 'auto', value: '$__auto' }] : []), ...customOptions(query)]
    case 'constant':
    case 'textbox':
      return [{ text: query, value: query }]
    case 'query':
    case 'datasource':
    case 'unsupported':
      return listedOptions(json)
  }
}

function listedOptions({ options }: Fields): readonly VariableOption[] {
  return items(options)
    .filter(isFields)
    .flatMap(({ text: shown, value }) => {
      const written = typeof value === 'number' ? String(value) : text(value)
      return written === undefined ? [] : [{ text: text(shown) ?? written, value: written }]
    })
}

/** `1m, 5m`, or `one : 1, two : 2`; a comma that is part of a value has a backslash before it. */
function customOptions(query: string): readonly VariableOption[] {
  const parts = query.split(/(?<!\\),/).map((part) => part.replaceAll('\\,', ',').trim())
  return parts
    .filter((part) => part !== '')
    .map((part) => {
      const colon = part.indexOf(' : ')
      return colon < 0
        ? { text: part, value: part }
        : { text: part.slice(0, colon).trim(), value: part.slice(colon + 3).trim() }
    })
}

/** A data source or a constant that whoever imports the dashboard was to give. */
function readInput({ name, type, pluginId, value, label }: Fields): readonly Variable[] {
  const written = text(name)
  if (written === undefined || (type !== 'datasource' && type !== 'constant')) return []
  const query = (type === 'datasource' ? text(pluginId) : text(value)) ?? ''
  return [
    {
      name: written,
      kind: type,
      query,
      multi: false,
      includeAll: false,
      sort: 'none',
      descending: false,
      hidden: true,
      current: type === 'constant' ? [query] : [],
      options: type === 'constant' ? [{ text: query, value: query }] : [],
      ...known({ label: text(label) }),
    },
  ]
}
