// The values of a dashboard's variables: each asked for when those that it depends on have theirs.
import type { Variable, VariableState } from '#model/dashboard/dashboard.ts'
import { expanded } from '#model/dashboard/interpolate.ts'
import { noState, withOptions } from '#model/dashboard/variable-choice.ts'
import { optionsOf, type VariableAnswer } from '#model/dashboard/variable-options.ts'
import { orderVariables } from '#model/dashboard/variable-order.ts'
import { questionOf, type VariableQuestion } from '#model/dashboard/variable-question.ts'
import { type Gap, gapOf } from '#model/reading.ts'
import type { Questions } from './questions.ts'
import type { Report } from './reporting-poll.ts'

export interface Variables {
  readonly state: VariableState
  /** What stands for each variable in a query, as one text: of `All` what there is to choose now. */
  readonly values: string
  /** The variables that could not be asked for, and why. */
  readonly gaps: readonly { readonly variable: string; readonly gap: Gap }[]
}

/** More to choose from than this is nothing that anybody chooses from. */
const most = 2000

export async function readVariables(
  ask: Questions,
  variables: readonly Variable[],
  wanted: Readonly<Record<string, readonly string[]>>,
  bounds: { readonly from: number; readonly to: number },
  signal: AbortSignal,
  report: Report = () => undefined,
): Promise<Variables> {
  const { waves, circular } = orderVariables(variables)
  let state = noState
  const gaps: { variable: string; gap: Gap }[] = []
  const of = variables.filter(isAsked).length
  let answered = 0
  report(answered, of)
  const answerFor = async (variable: Variable): Promise<Answered> => {
    const question = questionOf(variable, { variables, state, repeated: {}, macros: {} })
    if (question.kind === 'unsupported') return { variable, gap: { reason: 'invalid', detail: question.why } }
    const answer = await answerTo(ask, question, { ...bounds, limit: most }, signal).catch(gapOf)
    if (isAsked(variable)) {
      answered += 1
      report(answered, of)
    }
    return isGap(answer) ? { variable, gap: answer } : { variable, ...(answer && { answer }) }
  }
  const take = ({ variable, answer, gap }: Answered) => {
    if (gap !== undefined) gaps.push({ variable: variable.name, gap })
    state = withOptions(state, variable, optionsOf(variable, answer), wanted[variable.name])
  }
  // Those that do not wait for each other are asked for side by side.
  for (const wave of waves) for (const one of await Promise.all(wave.map(answerFor))) take(one)
  for (const variable of circular) take({ variable, gap: inCircles(circular) })
  const values = JSON.stringify(variables.map((one) => expanded(one, state).map(({ value }) => value)))
  return { state, values, gaps }
}

interface Answered {
  readonly variable: Variable
  readonly answer?: VariableAnswer
  readonly gap?: Gap
}

const isGap = (answer: VariableAnswer | Gap | undefined): answer is Gap =>
  answer !== undefined && 'reason' in answer

const isAsked = ({ kind, why }: Variable) => kind === 'query' && why === undefined

const inCircles = (all: readonly Variable[]): Gap => ({
  reason: 'invalid',
  detail: `${all.map(({ name }) => name).join(', ')} wait for each other`,
})

async function answerTo(
  ask: Questions,
  question: VariableQuestion,
  bounds: { readonly from: number; readonly to: number; readonly limit: number },
  signal: AbortSignal,
): Promise<VariableAnswer | undefined> {
  const query = (matcher?: string) => ({ ...bounds, matchers: matcher === undefined ? [] : [matcher] })
  switch (question.kind) {
    case 'none':
    case 'unsupported':
      return undefined
    case 'label-values':
      return { kind: 'names', names: await ask.labelValues(question.label, query(question.matcher), signal) }
    case 'label-names':
      return { kind: 'names', names: await ask.labelNames(query(question.matcher), signal) }
    case 'metric-names': {
      const matcher = `{__name__=~${JSON.stringify(`.*(${question.pattern}).*`)}}`
      return { kind: 'names', names: await ask.labelValues('__name__', query(matcher), signal) }
    }
    case 'series':
      return { kind: 'series', series: await ask.series(query(question.matcher), signal) }
    case 'result':
      return { kind: 'result', answer: await ask.instant(question.expr, bounds.to, signal) }
    case 'data-sources':
      // One Prometheus is read here, whatever Grafana calls it.
      return { kind: 'names', names: [question.type] }
  }
}
