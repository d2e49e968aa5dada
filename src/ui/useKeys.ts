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
  /** Takes every printable key that has no binding here, and all pasted text. */
  readonly type?: (text: string) => void
}

export function useKeys<Action extends string>({ title, bindings, run, off, type }: Keys<Action>): void {
  const hub = useContext(KeyHubContext)
  const latest = useRef({ run, type })
  useLayoutEffect(() => {
    latest.current = { run, type }
  })
  const typed = type !== undefined
  const offText = JSON.stringify(off ?? {})
  const layer = useMemo<KeyLayer>(() => {
    const handlers = (): Readonly<Record<string, ((key: KeyName) => void) | undefined>> => latest.current.run
    return {
      title,
      bindings,
      off: JSON.parse(offText) as KeyLayer['off'],
      run: (action, key) => handlers()[action]?.(key),
      ...(typed && { type: (text: string) => latest.current.type?.(text) }),
    }
  }, [title, bindings, offText, typed])
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
