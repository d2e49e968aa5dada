// Answers and names with known shapes for the explorer's screen.
import { type Live, nothingYet } from '#live/live.ts'
import type { Names, RangeSeries } from '#model/prometheus.ts'
import { type FakeDeck, fixedNow } from '#test/ui/fake-deck.ts'

const minute = 60_000
const from = fixedNow - 60 * minute

const answered = <T>(data: T): Live<T> => ({ ...nothingYet, data, dataAt: fixedNow, phase: 'waiting' })
const names = (...list: string[]): Live<Names> => answered({ names: list, cut: false })

export function series(labels: Record<string, string>, value: (minutes: number) => number): RangeSeries {
  const times = Array.from({ length: 61 }, (_, index) => from + index * minute)
  return { labels, times, values: times.map((_, index) => value(index)) }
}

export function answerRange(
  deck: FakeDeck,
  expr: string,
  list: readonly RangeSeries[],
  ...warnings: string[]
): void {
  deck.explorer.range(expr, 0)
  const answer = { type: 'matrix', series: list, warnings } as const
  deck.asked.ranges.get(expr)?.set(answered({ from, to: fixedNow, step: minute, answer }))
}

export const cpu = 'sum by (namespace) (rate(container_cpu_usage_seconds_total[5m]))'
export const memory = 'container_memory_working_set_bytes{pod=~"cart.*"}'

export function fillExplorer(deck: FakeDeck): void {
  answerRange(deck, cpu, [
    series({ namespace: 'shop' }, (at) => (at < 40 ? 1.2 : 3.1)),
    series({ namespace: 'db' }, () => 2.05),
    series({ namespace: 'media' }, (at) => 0.4 + at / 100),
  ])
  answerRange(
    deck,
    memory,
    [series({ __name__: 'container_memory_working_set_bytes', pod: 'cart-5b7c9-k8s2p' }, () => 96 * 2 ** 20)],
    'the store was compacted while it was read',
  )
  deck.explorer.instant(cpu)
  deck.asked.instants.get(cpu)?.set(
    answered({
      type: 'vector',
      samples: [
        { labels: { namespace: 'media' }, at: fixedNow, value: 1 },
        { labels: { namespace: 'shop' }, at: fixedNow, value: 3.104_218_7 },
        { labels: { namespace: 'db' }, at: fixedNow, value: Number.NaN },
      ],
      warnings: [],
    }),
  )
  fillNames(deck)
}

export function fillNames(deck: FakeDeck): void {
  deck.asked.names.set(
    names('container_cpu_usage_seconds_total', 'container_memory_working_set_bytes', 'node_load1', 'up'),
  )
  deck.asked.help.set(
    answered(
      new Map([
        ['container_cpu_usage_seconds_total', { type: 'counter', help: 'CPU time used', unit: '' }],
        ['node_load1', { type: 'gauge', help: '1m load average.', unit: '' }],
        ['up', { type: 'gauge', help: 'Whether the \u001b[31mtarget answered', unit: '' }],
      ]),
    ),
  )
  deck.explorer.labels(['up'])
  deck.asked.labels.get('up')?.set(names('__name__', 'instance', 'job'))
  deck.explorer.values('job', ['up'])
  deck.asked.values.get('job up')?.set(names('kubelet', 'node-exporter'))
}
