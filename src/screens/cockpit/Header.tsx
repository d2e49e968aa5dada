// The header line, wired to the deck. The sources are as what is shown finds them; what fires and what is suspended is
// read for the Overview alone, and elsewhere shows its age.
import type { ReactNode } from 'react'
import type { Deck } from '#live/deck.ts'
import type { Overview } from '#model/overview.ts'
import { headerLine } from '#ui/header.ts'
import { Line } from '#ui/Line.tsx'
import type { Theme } from '#ui/theme.ts'
import { useFeed, useNow } from '#ui/useFeed.ts'
import type { Place } from './state.ts'

interface HeaderProps {
  readonly deck: Deck
  readonly place: Place
  readonly columns: number
  readonly theme: Theme
  readonly timeZone: string | undefined
  readonly readOnly: boolean
}

export function Header(props: HeaderProps): ReactNode {
  return props.place.screen === 'overview' ? (
    <LiveHeader {...props} />
  ) : (
    <HeaderLine {...props} overview={props.deck.overview.get()} />
  )
}

function LiveHeader(props: HeaderProps): ReactNode {
  return <HeaderLine {...props} overview={useFeed(props.deck.overview)} />
}

function HeaderLine(props: HeaderProps & { readonly overview: Overview }): ReactNode {
  const { deck, place, overview, columns, theme, timeZone, readOnly } = props
  const namespace = useFeed(deck.namespace)
  const range = useFeed(deck.range)
  const sources = useFeed(deck.sources)
  useNow(deck.now, 60_000)
  const words = {
    context: deck.context,
    namespace,
    range,
    readOnly,
    faultsOnly: place.faultsOnly,
    sources,
    overview,
    critical: place.screen === 'overview' ? nothing : criticalOf(overview),
    now: deck.now.get(),
    timeZone,
  }
  return <Line text={headerLine(words, columns, theme)} />
}

const nothing = { pending: false }

const criticalOf = ({ wrong, at }: Overview) => ({
  ...{ pending: false, dataAt: at },
  data: wrong.filter(({ severity }) => severity === 'critical').length,
})
