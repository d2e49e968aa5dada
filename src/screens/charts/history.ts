// What a node's exporter has seen of it, for its marks.
import type { Deck } from '#live/deck.ts'
import type { Feed } from '#live/feed.ts'
import type { Live } from '#live/live.ts'
import type { ChartData } from '#model/subject-charts/lines.ts'
import { nodeHistory } from '#model/subject-charts/node.ts'

/** Finer than any two marks that could be told apart. */
const columns = 120

/** `address` is the node's, where it is known. */
export function historyOf(deck: Deck, name: string, address: string | undefined): Feed<Live<ChartData>> {
  return deck.chart(nodeHistory(name, address), columns)
}
