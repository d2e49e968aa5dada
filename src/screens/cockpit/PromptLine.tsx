// The line that is being typed, in the footer's place. While it is open it keeps the names that it completes current.
import type { ReactNode } from 'react'
import type { Deck } from '#live/deck.ts'
import type { ScreenDef } from '#screens/screen.ts'
import { Line } from '#ui/Line.tsx'
import { complete, type Suggestion } from '#ui/palette.ts'
import type { Theme } from '#ui/theme.ts'
import { useFeed } from '#ui/useFeed.ts'
import { entries, type Known } from './commands.ts'
import { promptLine } from './prompt.ts'
import type { Prompt } from './state.ts'

const most = 12

/** What the palette knows now; reading alone starts no work. */
export function knownOf(deck: Deck, screens: readonly ScreenDef[]): Known {
  return {
    screens,
    resources: deck.resources.get().data ?? [],
    contexts: deck.contexts,
    now: deck.now.get(),
    namespaces: deck.namespaces.get().data ?? [],
    dashboards: deck.dashboards.get().data?.entries.map(({ name }) => name),
  }
}

export function suggestionsOf(prompt: Prompt, known: Known): readonly Suggestion[] {
  return prompt.kind === 'command' ? complete(entries(known), prompt.text, most) : []
}

export function PromptLine({
  prompt,
  deck,
  screens,
  columns,
  theme,
}: {
  readonly prompt: Prompt
  readonly deck: Deck
  readonly screens: readonly ScreenDef[]
  readonly columns: number
  readonly theme: Theme
}): ReactNode {
  useFeed(deck.resources)
  useFeed(deck.namespaces)
  const suggestions = suggestionsOf(prompt, knownOf(deck, screens))
  return <Line text={promptLine(prompt, suggestions, columns, theme)} />
}
