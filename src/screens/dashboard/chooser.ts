// Choosing the values of a dashboard's variables: the line that names them, and the list of what there is to choose.
import type { Dashboard, Variable, VariableState } from '#model/dashboard/dashboard.ts'
import { clean, clip, pad } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'

const all = '$__all'

/** Those that a person can choose for. */
export const choosable = ({ variables }: Dashboard): readonly Variable[] =>
  variables.filter(({ hidden, kind }) => !hidden && kind !== 'constant' && kind !== 'datasource')

/** `namespace shop, db   node All`: what is chosen now. */
export function variablesText(board: Dashboard, state: VariableState): string {
  return choosable(board)
    .map((variable) => `${clean(variable.label ?? variable.name)} ${chosenText(variable, state)}`)
    .join('   ')
}

function chosenText({ name, current }: Variable, { chosen, options }: VariableState): string {
  const texts = (chosen[name] ?? current).map(
    (value) => options[name]?.find((one) => one.value === value)?.text ?? (value === all ? 'All' : value),
  )
  const [first = '–', ...more] = texts
  return clean(more.length > 1 ? `${first} +${more.length}` : texts.join(', ') || first)
}

/** After `value` is pressed: of a variable of many it comes in or goes out; `All` stands alone. */
export function toggledChoice(
  variable: Variable,
  chosen: readonly string[],
  value: string,
): readonly string[] {
  if (!variable.multi || value === all) return [value]
  const others = chosen.filter((one) => one !== value && one !== all)
  return chosen.includes(value) && others.length > 0 ? others : [...others, value]
}

/** Exactly `rows` lines: the variable, then its options with the cursor among them. */
export function chooserLines(
  variable: Variable,
  state: VariableState,
  cursor: number,
  room: { readonly columns: number; readonly rows: number; readonly theme: Theme },
): string[] {
  const { columns, rows, theme } = room
  const options = state.options[variable.name] ?? []
  const chosen = new Set(state.chosen[variable.name] ?? variable.current)
  const space = Math.max(1, rows - 1)
  const first = Math.max(0, Math.min(cursor - Math.floor(space / 2), options.length - space))
  const title = ` ${clean(variable.label ?? variable.name)}${variable.multi ? ': space marks, enter takes' : ''}`
  const lines = options.slice(first, first + space).map(({ text, value }, index) => {
    const mark = chosen.has(value) ? theme.glyph.good : ' '
    const line = pad(clip(`  ${mark} ${clean(text)}`, columns, 'end', theme.glyph.cut), columns)
    return first + index === cursor ? theme.select(`> ${mark} ${line.slice(4)}`) : line
  })
  const none =
    options.length === 0 ? [theme.paint('dim', pad('   there is nothing to choose from', columns))] : []
  return [theme.paint('title', pad(title, columns)), ...lines, ...none]
}
