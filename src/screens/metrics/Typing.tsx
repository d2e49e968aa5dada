// What is offered below the line that is typed, and the keys of typing.
import { type ReactNode, useContext } from 'react'
import { withOffer } from '#model/promql/offers.ts'
import { onOneLine } from '#model/promql/tokens.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { Lines } from '#ui/Line.tsx'
import { LateContext } from '#ui/Patience.tsx'
import { useKeys } from '#ui/useKeys.ts'
import { editRun } from './edit-run.ts'
import { typingBindings } from './keys.ts'
import { completionLines } from './offer-lines.ts'
import { useCompletion } from './offers.ts'
import type { ExplorerEvent, Typing as TypingMode } from './state.ts'

const mostOffers = 50

export function Typing({
  screen,
  mode,
  rows,
  dispatch,
}: {
  readonly screen: ScreenProps
  readonly mode: TypingMode
  readonly rows: number
  dispatch(event: ExplorerEvent): void
}): ReactNode {
  const { deck, columns, theme } = screen
  const { history } = deck.explorer
  const { line, pick } = mode
  const completion = useCompletion(deck, line, mostOffers)
  const { shown } = completion.offers
  const late = useContext(LateContext)
  const take = () => {
    const offer = shown[Math.max(0, pick)]
    if (offer !== undefined)
      dispatch({ type: 'take', line: withOffer(line.text, completion.place.expected, offer) })
  }
  const run = () => {
    const text = line.text.trim()
    if (text !== '') history.set([...history.get().filter((old) => old !== text), text].slice(-200))
    dispatch({ type: 'run' })
  }
  useKeys({
    title: 'typing',
    bindings: typingBindings,
    type: (text) => dispatch({ type: 'type', text: onOneLine(text) }),
    run: {
      ...editRun(dispatch),
      // Who picked one means it.
      run: pick >= 0 ? take : run,
      take,
      pick: () => dispatch({ type: 'pick', by: 1, count: shown.length }),
      unpick: () => dispatch({ type: 'pick', by: -1, count: shown.length }),
      older: () => dispatch({ type: 'recall', by: -1, history: history.get() }),
      newer: () => dispatch({ type: 'recall', by: 1, history: history.get() }),
      browse: () => dispatch({ type: 'browse' }),
      stop: () => dispatch({ type: 'stop' }),
    },
    off: { ...(shown.length === 0 && { take: 'nothing is offered here', pick: 'nothing is offered here' }) },
  })
  return <Lines lines={completionLines(completion, pick, rows, { columns, theme, late })} rows={rows} />
}
