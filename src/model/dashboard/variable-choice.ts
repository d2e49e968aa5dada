// Which values a variable has: what was asked for where there is such an option, else what the dashboard chose, else
// the first there is.
import type { Variable, VariableOption, VariableState } from './dashboard.ts'
import { allValue } from './interpolate.ts'

export const noState: VariableState = { chosen: {}, options: {} }

/** The state with one variable's options known; `wanted` is what the operator chose for it, if anything. */
export function withOptions(
  state: VariableState,
  variable: Variable,
  options: readonly VariableOption[],
  wanted: readonly string[] | undefined,
): VariableState {
  return {
    chosen: { ...state.chosen, [variable.name]: choiceOf(variable, options, wanted) },
    options: { ...state.options, [variable.name]: options },
  }
}

function choiceOf(
  variable: Variable,
  options: readonly VariableOption[],
  wanted: readonly string[] | undefined,
): readonly string[] {
  // What is written by hand needs no option.
  if (variable.kind === 'textbox') return wanted ?? variable.current
  if (variable.kind === 'constant') return variable.current
  for (const candidate of [wanted, variable.current]) {
    const valid = candidate?.flatMap((one) => valueMeant(one, options)) ?? []
    if (valid.includes(allValue)) return [allValue]
    if (valid.length > 0) return variable.multi ? valid : valid.slice(0, 1)
  }
  return [options[0]?.value ?? '']
}

/** An option by its value, else by its text; `All` in any case of letters. */
function valueMeant(word: string, options: readonly VariableOption[]): readonly string[] {
  const option =
    options.find(({ value }) => value === word) ??
    options.find(({ text }) => text === word) ??
    options.find(({ value, text }) => value === allValue && text.toLowerCase() === word.toLowerCase())
  return option ? [option.value] : []
}
