// Keys from Ink as names: what a paste, a fast typist and a slow line make of them is settled here.
import { useInput, usePaste } from 'ink'
import { useRef } from 'react'
import { keyNames, splitSequence } from '#ui/keys.ts'

export interface Inputs {
  /** One key; keys that arrived in one piece come one after the other. */
  key(name: string): void
  /** Pasted text: it is text and never keys, so that pasted commands do not run by themselves. */
  paste(text: string): void
}

export function useInputs({ key, paste }: Inputs): void {
  const afterEscape = useRef(false)
  useInput((input, press) => {
    const wasEscape = afterEscape.current
    afterEscape.current = press.escape
    const names = (wasEscape ? splitSequence(input) : undefined) ?? keyNames(input, press)
    for (const name of names) key(name)
  })
  usePaste(paste)
}
