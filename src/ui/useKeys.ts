// Bindings of a component while it is on the screen. What a key does may change with every render; the layer
// is announced anew only when a key turns off or on, so that the footer is not drawn for nothing.
import { createContext, useContext, useLayoutEffect, useMemo, useRef } from 'react'
import type { KeyHub, KeyLayer } from './key-hub.ts'
import type { Binding, KeyName } from './keymap.ts'

export const KeyHubContext = createContext<KeyHub | undefined>(undefined)

export interface Keys<Action extends string> {
  /** Heads the section of the help page. */
  readonly title: string
  readonly bindings: readonly Binding<Action>[]
  readonly run: Readonly<Record<Action, (key: KeyName) => void>>
  /** Why an action cannot be had now; shown when its key is pressed. */
  readonly off?: Readonly<Partial<Record<Action, string>>>
}

export function useKeys<Action extends string>({ title, bindings, run, off }: Keys<Action>): void {
  const hub = useContext(KeyHubContext)
  const latest = useRef(run)
  useLayoutEffect(() => {
    latest.current = run
  })
  const offText = JSON.stringify(off ?? {})
  const layer = useMemo<KeyLayer>(() => {
    const handlers = (): Readonly<Record<string, ((key: KeyName) => void) | undefined>> => latest.current
    return {
      title,
      bindings,
      off: JSON.parse(offText) as KeyLayer['off'],
      run: (action, key) => handlers()[action]?.(key),
    }
  }, [title, bindings, offText])
  const put = useRef<KeyLayer>(undefined)
  useLayoutEffect(() => {
    hub?.put(layer, put.current)
    put.current = layer
  }, [hub, layer])
  useLayoutEffect(
    () => () => {
      if (put.current !== undefined) hub?.remove(put.current)
      put.current = undefined
    },
    [hub],
  )
}
