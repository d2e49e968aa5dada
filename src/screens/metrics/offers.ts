// What completion offers at the cursor, from the names that are read while somebody types.
import { useMemo } from 'react'
import type { Deck } from '#live/deck.ts'
import { combine } from '#live/derive.ts'
import type { Feed } from '#live/feed.ts'
import type { Live } from '#live/live.ts'
import { noFeed } from '#live/no-feed.ts'
import type { MetricHelp, Names } from '#model/prometheus.ts'
import { type Expected, metricsIn, type Place, placeAt } from '#model/promql/expected.ts'
import { callables } from '#model/promql/functions.ts'
import { helpOf, type KnownNames, type Offers, offersFor } from '#model/promql/offers.ts'
import { tokensOf } from '#model/promql/tokens.ts'
import type { EditLine } from '#ui/line-edit.ts'
import { useFeed } from '#ui/useFeed.ts'

export interface Completion {
  readonly place: Place
  readonly offers: Offers
  /** The names that the offers are made of: why there are none. */
  readonly names: Live<unknown> | undefined
  /** As in `waiting for labels`. */
  readonly what: string
  /** The call that is typed into, or the metric under the cursor, in one line. */
  readonly about: string
}

export function useCompletion(deck: Deck, line: EditLine, most: number): Completion {
  const place = useMemo(() => placeAt(line.text, line.cursor), [line])
  const { expected } = place
  const [what, names] = useNames(deck, expected)
  const helps = useFeed<Live<ReadonlyMap<string, MetricHelp>>>(deck.explorer.metricHelp)
  // Within a metric's braces its name is no label to choose.
  const own = expected.kind === 'label' && expected.selectors.length > 0
  const listed = own ? names?.data?.names.filter((name) => name !== '__name__') : names?.data?.names
  const known: KnownNames = { help: helps.data, [what]: listed }
  return {
    ...{ place, names, what },
    offers: offersFor(expected, known, most),
    about: aboutOf(line, place, helps.data),
  }
}

function useNames(
  deck: Deck,
  expected: Expected,
): ['metrics' | 'labels' | 'values', Live<Names> | undefined] {
  const { explorer } = deck
  const { kind } = expected
  const label = kind === 'value' ? expected.label : ''
  // The same selectors are the same feed, however often they are read from the text.
  const selectors = kind === 'value' || kind === 'label' ? expected.selectors.join('\n') : ''
  const feed = useMemo<Feed<Live<Names>>>(() => {
    const chosen = selectors === '' ? [] : selectors.split('\n')
    if (kind === 'operand') return explorer.metricNames
    if (kind === 'label') return explorer.labels(chosen)
    return kind === 'value' ? explorer.values(label, chosen) : noFeed
  }, [explorer, kind, label, selectors])
  const names = useFeed(feed)
  return [
    kind === 'label' ? 'labels' : kind === 'value' ? 'values' : 'metrics',
    feed === noFeed ? undefined : names,
  ]
}

function aboutOf(line: EditLine, { call }: Place, help: KnownNames['help']): string {
  const tokens = tokensOf(line.text)
  const under = tokens.find(
    ({ type, from, to }) => type === 'name' && from <= line.cursor && line.cursor <= to,
  )
  const metric = under !== undefined && metricsIn(tokens).includes(under.text) ? under.text : undefined
  const found = metric === undefined ? undefined : helpOf(metric, help)
  if (metric !== undefined && found !== undefined) return `${metric}  ${found.type}  ${found.help}`
  const named = callables.get(under?.text ?? '') ?? callables.get(call ?? '')
  return named === undefined ? '' : `${named.signature}  ${named.help}`
}

/** All metrics with their types, for the list that is browsed. */
export function useMetrics(deck: Deck): Live<Names & { readonly help: KnownNames['help'] }> {
  const { explorer } = deck
  const feed = useMemo(
    () =>
      combine([explorer.metricNames, explorer.metricHelp], ({ data, ...state }, help) =>
        data === undefined ? state : { ...state, data: { ...data, help: help.data } },
      ),
    [explorer],
  )
  return useFeed(feed)
}
