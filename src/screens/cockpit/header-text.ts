// The header line of a place, as the deck has it now.
import type { Deck } from '#live/deck.ts'
import type { Overview } from '#model/overview.ts'
import { headerLine } from '#ui/header.ts'
import type { Theme } from '#ui/theme.ts'
import type { Place } from './state.ts'

export interface HeaderView {
  readonly deck: Deck
  readonly place: Pick<Place, 'screen' | 'faultsOnly'>
  readonly columns: number
  readonly theme: Theme
  readonly timeZone: string | undefined
  readonly readOnly: boolean
}

export function headerText({ deck, place, columns, theme, timeZone, readOnly }: HeaderView): string {
  const overview = deck.overview.get()
  const words = {
    context: deck.context,
    namespace: deck.namespace.get(),
    range: deck.range.get(),
    readOnly,
    faultsOnly: place.faultsOnly,
    sources: deck.sources.get(),
    overview,
    critical: place.screen === 'overview' ? nothing : criticalOf(overview),
    now: deck.now.get(),
    timeZone,
  }
  return headerLine(words, columns, theme)
}

const nothing = { pending: false }

const criticalOf = ({ wrong, at }: Overview) => ({
  ...{ pending: false, dataAt: at },
  data: wrong.filter(({ severity }) => severity === 'critical').length,
})
