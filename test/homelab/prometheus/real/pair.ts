// The same question to a real Prometheus and to the homelab's, over the same samples.
import { manualClock } from '#homelab/clock.ts'
import { createPrometheus } from '#homelab/prometheus/prometheus.ts'
import { sortByLabels } from '#homelab/prometheus/promql/labels.ts'
import { type MemorySeries, memoryStorage } from '../memory-storage.ts'
import { type Answer, comparable, type Outcome, outcomeOf } from './answers.ts'
import { startPrometheus } from './real-prometheus.ts'
import { remoteWrite } from './remote-write.ts'
import { base, minutes } from './samples.ts'

export interface Question {
  readonly query: string
  /** Seconds: a moment, or what a range query takes. */
  readonly at:
    | { readonly time: string }
    | { readonly start: string; readonly end: string; readonly step: string }
}

export interface Difference {
  readonly question: Question
  readonly ours: Answer
  readonly real: Answer
}

export interface Pair {
  /** `outcome` is the real one's; no difference where the answers are equal, or the real one gives several. */
  compare(
    question: Question,
  ): Promise<{ readonly outcome: Outcome; readonly difference: Difference | undefined }>
  stop(): Promise<void>
}

/** Throws where the binary does not start. */
export async function startPair(binary: string, samples: readonly MemorySeries[]): Promise<Pair> {
  const real = await startPrometheus(binary)
  // A store gives series in the order they came in, and some results follow that order.
  const sorted = sortByLabels(samples)
  await remoteWrite(real.url, sorted)
  const ours = createPrometheus({
    storage: memoryStorage(sorted),
    clock: manualClock(base + 90 * minutes),
    rules: [],
    targets: () => [],
    namespace: 'observability',
    service: 'prometheus-operated',
    port: 9090,
  })
  const askOurs = async (path: string, params: URLSearchParams): Promise<Answer> => {
    const request = { method: 'GET', path, params, headers: {}, body: '' }
    return JSON.parse(String((await ours.answer(request, new AbortController().signal)).body)) as Answer
  }
  const askReal = async (path: string, params: URLSearchParams): Promise<Answer> =>
    (await (await fetch(`${real.url}${path}`, { method: 'POST', body: params })).json()) as Answer
  return {
    stop: real.stop,
    async compare(question) {
      const isRange = !('time' in question.at)
      const path = isRange ? '/api/v1/query_range' : '/api/v1/query'
      const params = new URLSearchParams({ query: question.query, ...question.at })
      const [mine, theirs] = await Promise.all([askOurs(path, params), askReal(path, params)])
      const asked = { query: question.query, isRange }
      const [equalTo, wanted] = comparable(asked, mine, theirs)
      const outcome = outcomeOf(wanted)
      if (equal(equalTo, wanted)) return { outcome, difference: undefined }
      // Over a range it adds up in an order of chance; what then is left of almost nothing is no answer to equal.
      for (let turn = 0; isRange && turn < 4; turn += 1) {
        const [again, before] = comparable(asked, await askReal(path, params), theirs)
        if (!equal(again, before)) return { outcome: 'unsteady', difference: undefined }
      }
      return { outcome, difference: { question, ours: equalTo, real: wanted } }
    },
  }
}

const equal = (a: Answer, b: Answer) => JSON.stringify(sortedKeys(a)) === JSON.stringify(sortedKeys(b))

/** Objects with their keys in one order, all the way down. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sortedKeys(item)]))
}
