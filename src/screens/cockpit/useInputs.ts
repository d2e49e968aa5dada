// Keys from Ink as names: what a paste, a fast typist and a slow line make of them is settled here.
import { useInput, usePaste } from 'ink'
import { useRef } from 'react'
import { keyNames, splitSequence } from '#ui/keys.ts'

export interface Inputs {
  /** True while a line is being typed: then text is text. */
  readonly typing: boolean
  key(name: string): void
  text(text: string): void
}

export function useInputs({ typing, key, text }: Inputs): void {
  const afterEscape = useRef(false)
  useInput((input, press) => {
    const wasEscape = afterEscape.current
    afterEscape.current = press.escape
    const split = wasEscape ? splitSequence(input) : undefined
    if (split !== undefined) {
      for (const name of split) key(name)
      return
    }
    const names = keyNames(input, press)
    const [only] = names
    const isText =
      input !== '' && !press.ctrl && !press.meta && only !== 'enter' && only !== 'tab' && !press.escape
    if (typing && isText) text(input)
    else for (const name of names) key(name)
  })
  // A paste is text and never keys: pasted commands must not run by themselves.
  usePaste((pasted) => {
    if (typing) text(pasted)
  })
}
