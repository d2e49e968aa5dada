// Keys from Ink as names: what a paste, a fast typist and a slow line make of them is settled in key-line.ts.
import { useInput, usePaste } from 'ink'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Deck } from '#live/deck.ts'
import { nextTurn } from '#live/turn.ts'
import { createKeyLine } from './key-line.ts'

export interface Inputs {
  readonly deck: Deck
  /** One key; keys that arrived in one piece come one after the other, each when the one before is drawn. */
  key(name: string): void
  /** Pasted text: it is text and never keys, so that pasted commands do not run by themselves. */
  paste(text: string): void
}

/** The rest of a key's sequence follows its escape within this time, milliseconds, also on a slow line. */
const sequence = 60

export function useInputs(inputs: Inputs): void {
  const latest = useRef(inputs)
  useLayoutEffect(() => {
    latest.current = inputs
  })
  const [line] = useState(() =>
    createKeyLine({
      key: (name) => latest.current.key(name),
      paste: (text) => latest.current.paste(text),
      elapsed: () => latest.current.deck.elapsed(sequence),
      // React commits what a key changed before the event loop comes round again.
      drawn: nextTurn,
    }),
  )
  useInput(line.press)
  usePaste(line.paste)
  useEffect(() => line.close, [line])
}
