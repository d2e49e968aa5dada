// That something is waited for is said only of a long wait: what comes at once must not flash a sentence before it.
import { createContext, type ReactNode, useEffect, useReducer } from 'react'
import type { Deck } from '#live/deck.ts'
import { useFeed } from './useFeed.ts'

/** Whether what is waited for has taken long enough to be named. */
export const LateContext = createContext(true)

/** Milliseconds. */
const enough = 300

/** The wait begins anew with each view, namespace and range; what stands below is not drawn anew for it. */
export function Patience({
  deck,
  view,
  children,
}: {
  readonly deck: Deck
  readonly view: number
  readonly children: ReactNode
}): ReactNode {
  const namespace = useFeed(deck.namespace)
  const { span, to } = useFeed(deck.range)
  const wait = [deck.context, view, namespace, span, to].join(' ')
  const [late, setLate] = useReducer((_: string | undefined, over: string) => over, undefined)
  useEffect(() => {
    const over = deck.elapsed(enough)
    if (over.get()) setLate(wait)
    return over.subscribe(() => setLate(wait))
  }, [deck, wait])
  return <LateContext value={late === wait}>{children}</LateContext>
}
