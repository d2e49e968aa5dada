// What two Prometheus servers answered, made comparable: numbers to 1e-9, and order only where PromQL defines one.

interface Entry {
  readonly metric: Readonly<Record<string, string>>
  readonly value?: readonly [number, string]
  readonly values?: readonly (readonly [number, string])[]
}

export interface Answer {
  readonly status: string
  readonly errorType?: string
  readonly error?: string
  readonly warnings?: readonly string[]
  readonly infos?: readonly string[]
  readonly data?: {
    readonly resultType: string
    readonly result: readonly Entry[] | readonly [number, string]
  }
}

/** Functions at the top of an expression that give an instant vector an order; parentheses may stand around them. */
const givesOrder = /^[\s(]*(?:sort|sort_desc|topk|bottomk)\b/
const operator = /[)\]}\w]\s*(?:[-+*/%^<>]|[=!]=|and\b|or\b|unless\b|atan2\b)/
const relative = 1e-9

function same(a: string, b: string): boolean {
  if (a === b) return true
  const [x, y] = [Number(a), Number(b)]
  return Math.abs(x - y) <= relative * Math.max(Math.abs(x), Math.abs(y))
}

const byLabels = (entry: Entry) => JSON.stringify(Object.entries(entry.metric).sort())
const rising = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** An instant vector has no order but where a function gives it one, and then none among equal values. */
function ordered(answer: Answer, expression: string): Answer {
  const { data } = answer
  if (data?.resultType !== 'vector') return answer
  const entries = data.result as Entry[]
  const sorted = (part: readonly Entry[]) => part.toSorted((a, b) => rising(byLabels(a), byLabels(b)))
  if (!givesOrder.test(expression) || operator.test(outermost(expression))) {
    return { ...answer, data: { ...data, result: sorted(entries) } }
  }
  const runs: Entry[][] = []
  for (const entry of entries) {
    const run = runs.at(-1)
    if (run?.[0] && same(run[0].value?.[1] ?? '', entry.value?.[1] ?? '')) run.push(entry)
    else runs.push([entry])
  }
  return { ...answer, data: { ...data, result: runs.flatMap(sorted) } }
}

/** An expression without what stands between brackets and quotes. */
function outermost(expression: string): string {
  let text = expression.replace(/"(?:\\.|[^"\\])*"/g, '""').trim()
  for (;;) {
    const shorter = text.replace(/\([^()]*\)|\{[^{}]*\}|\[[^[\]]*\]/g, '')
    if (shorter === text) return text
    text = shorter
  }
}

/** The other's number where this one is as good as equal, so that what differs stands out in a report. */
function levelled(mine: Answer, theirs: Answer): Answer {
  if (!mine.data || !theirs.data) return mine
  const level = (a: unknown, b: unknown): unknown => {
    if (typeof a === 'string' && typeof b === 'string') return same(a, b) ? b : a
    if (Array.isArray(a) && Array.isArray(b)) return a.map((item, index) => level(item, b[index]))
    return a
  }
  const { resultType, result } = mine.data
  const other = theirs.data.result
  if (resultType === 'scalar') {
    return { ...mine, data: { resultType, result: level(result, other) as [number, string] } }
  }
  if (resultType === 'string') return mine
  const entries = (result as Entry[]).map((entry, index) => {
    const their = (other as Entry[])[index]
    return {
      metric: entry.metric,
      ...(entry.value && { value: level(entry.value, their?.value) as [number, string] }),
      ...(entry.values && { values: level(entry.values, their?.values) as [number, string][] }),
    }
  })
  return { ...mine, data: { resultType, result: entries } }
}

interface AskedHow {
  readonly query: string
  readonly isRange: boolean
}

/** How often a histogram was repaired is counted several times over by Prometheus: it adds a sum to itself. */
const uncounted = (info: string) => info.replace(/over -?\d+ samples/, 'over some samples')

/** Of more than ten notes it is chance which are told. */
function told(notes: readonly string[] = []): readonly string[] {
  const omitted = notes.filter((note) => note.endsWith('annotations omitted'))
  return omitted.length > 0 ? omitted : notes.map(uncounted).toSorted()
}

/** Which of several doubles is met first is chance where the order of series is: over a range, and after some functions. */
function faulted(answer: Answer, { query, isRange }: AskedHow): Answer {
  if (answer.error === undefined) return answer
  const byChance = isRange || /count_values|histogram_/.test(query)
  return byChance ? { ...answer, error: answer.error.replace(/ for the match group .*/s, '') } : answer
}

/** Both answers to an expression in the shape in which they must be equal. */
export function comparable(question: AskedHow, mine: Answer, theirs: Answer): readonly [Answer, Answer] {
  const shaped = (answer: Answer): Answer => ({
    ...faulted(ordered(answer, question.query), question),
    warnings: told(answer.warnings),
    infos: told(answer.infos),
  })
  const [ours, real] = [shaped(mine), shaped(theirs)]
  return [levelled(ours, real), real]
}

/** Two empty answers prove little, and nothing one that is another when asked again. */
export type Outcome = 'found' | 'failed' | 'empty' | 'unsteady'

export function outcomeOf(answer: Answer): Outcome {
  if (answer.status === 'error') return 'failed'
  return (answer.data?.result.length ?? 0) > 0 ? 'found' : 'empty'
}
