// Many questions to both servers, and what came of them.
import type { Difference, Pair, Question } from './pair.ts'
import { base, minutes } from './samples.ts'

export interface Sweep {
  readonly expressions: number
  readonly questions: number
  /** Expressions that found series at some moment, and those that only failed: the rest prove little. */
  readonly found: number
  readonly failed: number
  /** Questions that the real one answers differently each time. */
  readonly unsteady: number
  readonly differences: readonly Difference[]
}

export type When = Question['at']

const seconds = (minute: number) => String((base + minute * minutes) / 1000)

export const at = (minute: number): When => ({ time: seconds(minute) })
/** Minutes; the step in seconds. */
export const over = (start: number, end: number, step: number): When => ({
  start: seconds(start),
  end: seconds(end),
  step: String(step),
})

/** Questions on their way at once: while the real one thinks, ours does. */
const lanes = 4

/** Asks each expression at each moment. */
export async function sweep(
  pair: Pair,
  expressions: readonly string[],
  whens: readonly When[],
): Promise<Sweep> {
  const left = [...expressions].reverse()
  const differences: Difference[] = []
  let [found, failed, questions, unsteady] = [0, 0, 0, 0]
  const lane = async () => {
    for (let query = left.pop(); query !== undefined; query = left.pop()) {
      let [gave, broke] = [false, false]
      for (const when of whens) {
        const { outcome, difference } = await pair.compare({ query, at: when })
        questions += 1
        if (outcome === 'unsteady') unsteady += 1
        gave ||= outcome === 'found'
        broke ||= outcome === 'failed'
        if (difference) differences.push(difference)
      }
      if (gave) found += 1
      else if (broke) failed += 1
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return { expressions: expressions.length, questions, found, failed, unsteady, differences }
}

/** One line of a report. */
export function told(kind: string, sweep: Sweep): string {
  const { expressions, questions, found, failed, unsteady, differences } = sweep
  const asked = `${kind}: ${expressions} expressions, ${questions} questions`
  return `${asked}; ${found} found series, ${failed} failed, ${unsteady} unsteady; ${differences.length} differences`
}
