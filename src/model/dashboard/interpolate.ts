// Puts the values of variables and macros into a text: `$name`, `${name}`, `${name:format}` and the old `[[name]]`.
// A name that nobody knows stays as it is written: in a regular expression a dollar is no variable.
import type { Variable, VariableOption, VariableState } from './dashboard.ts'
import { type Format, type FormatName, formatNamed, formats } from './variable-format.ts'

export interface Scope {
  readonly variables: readonly Variable[]
  readonly state: VariableState
  /** The one value that a repeat gives its variable, by the variable's name. */
  readonly repeated: Readonly<Record<string, VariableOption>>
  /** `__interval`, `__from` and their like (macros.ts). */
  readonly macros: Readonly<Record<string, string>>
}

/** A reference in one of its three forms. */
const reference =
  /\$\{(?<braced>\w+)(?:\.(?<path>[^:}]+))?(?::(?<format>[^}]+))?\}|\$(?<plain>\w+)|\[\[(?<old>\w+)(?::(?<oldFormat>\w+))?\]\]/g

/** What `$__all` of the value that stands for all may itself hold. */
const deepest = 5

export const allValue = '$__all'

/** `format` is that of references which name none. */
export function interpolate(text: string, scope: Scope, format: FormatName): string {
  return replaced(text, scope, formats[format], deepest)
}

/** The names that a text refers to, whether or not anybody knows them. */
export function referencesIn(text: string): readonly string[] {
  return [...text.matchAll(reference)].flatMap(
    ({ groups }) => groups?.braced ?? groups?.plain ?? groups?.old ?? [],
  )
}

function replaced(text: string, scope: Scope, fallback: Format, depth: number): string {
  if (!text.includes('$') && !text.includes('[[')) return text
  return text.replace(reference, (whole: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Record<string, string | undefined>
    const name = groups.braced ?? groups.plain ?? groups.old ?? ''
    const format = groups.format ?? groups.oldFormat
    // A path leads into what a cell or a field knows of itself: none of our business here.
    if (groups.path !== undefined) return whole
    const macro = Object.hasOwn(scope.macros, name) ? scope.macros[name] : undefined
    if (macro !== undefined) return format?.startsWith('date') ? moment(macro, format) : macro
    const variable = scope.variables.find((one) => one.name === name)
    if (!variable) return whole
    return textFor(variable, scope, format === undefined ? fallback : formatNamed(format), depth)
  })
}

function textFor(variable: Variable, scope: Scope, format: Format, depth: number): string {
  const repeated = Object.hasOwn(scope.repeated, variable.name) ? scope.repeated[variable.name] : undefined
  if (repeated) return format([repeated], variable)
  const wanted = chosenOf(variable, scope.state)
  if (wanted.includes(allValue)) {
    if (format === formats.text) return 'All'
    if (variable.allValue) return depth > 0 ? replaced(variable.allValue, scope, format, depth - 1) : ''
  }
  const options = expanded(variable, scope.state)
  // An interval variable may leave it to the width of the chart.
  return format(
    options.map((one) =>
      one.value.startsWith('$__auto') ? { ...one, value: scope.macros.__interval ?? '1m' } : one,
    ),
    variable,
  )
}

function chosenOf(variable: Variable, state: VariableState): readonly string[] {
  const chosen = Object.hasOwn(state.chosen, variable.name) ? state.chosen[variable.name] : undefined
  return chosen ?? variable.current
}

/** The chosen options; of all of them each. A value that is no option any more is still what was chosen. */
export function expanded(variable: Variable, state: VariableState): readonly VariableOption[] {
  const known = Object.hasOwn(state.options, variable.name) ? state.options[variable.name] : undefined
  const options = (known ?? variable.options).filter(({ value }) => value !== allValue)
  const chosen = chosenOf(variable, state)
  if (chosen.includes(allValue)) return options
  return chosen.map((value) => options.find((one) => one.value === value) ?? { text: value, value })
}

/** `${__from:date:seconds}`; every other date format is written as ISO, which every source reads. */
function moment(milliseconds: string, format: string): string {
  const at = Number(milliseconds)
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e15) return milliseconds
  return format === 'date:seconds' ? String(Math.floor(at / 1000)) : isoTime(at)
}

const utc = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: 'UTC' })

function isoTime(at: number): string {
  const milliseconds = String(((at % 1000) + 1000) % 1000).padStart(3, '0')
  return `${utc.format(at).replace(' ', 'T')}.${milliseconds}Z`
}
