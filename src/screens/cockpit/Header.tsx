// The header line, wired to the deck. The sources are as what is shown finds them; what fires and what is suspended is
// read for the Overview alone, and elsewhere shows its age.
import type { ReactNode } from 'react'
import { Line } from '#ui/Line.tsx'
import { useFeed, useNow } from '#ui/useFeed.ts'
import { type HeaderView, headerText } from './header-text.ts'

export function Header(props: HeaderView): ReactNode {
  return props.place.screen === 'overview' ? <LiveHeader {...props} /> : <HeaderLine {...props} />
}

function LiveHeader(props: HeaderView): ReactNode {
  useFeed(props.deck.overview)
  return <HeaderLine {...props} />
}

function HeaderLine(props: HeaderView): ReactNode {
  const { deck } = props
  // What they say is read when the line is made; here they only have it made anew.
  useFeed(deck.namespace)
  useFeed(deck.range)
  useFeed(deck.sources)
  useNow(deck.now, 60_000)
  return <Line text={headerText(props)} />
}
