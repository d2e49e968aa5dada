// Who gets a key. What is on the screen registers layers of bindings; the newest layer is asked first.
// The footer and the help read the same layers, so they cannot say anything else than what happens.
import type { ShownBinding } from './footer.ts'
import type { Binding, KeyName } from './keymap.ts'
import { find, textOf } from './keys.ts'

export interface KeyLayer {
  readonly title: string
  readonly bindings: readonly Binding[]
  /** By action, why it cannot be had now. */
  readonly off: Readonly<Record<string, string | undefined>>
  run(action: string, key: KeyName): void
  /** Takes every printable key and all pasted text: a line is being typed. */
  type?(text: string): void
}

/** A layer's bindings as the footer and the help show them. */
export function shownBindings(layer: KeyLayer): ShownBinding[] {
  return layer.bindings.map((binding) => {
    const off = layer.off[binding.action]
    return off === undefined ? binding : { ...binding, off }
  })
}

/**
 * All bindings that are in force, `globals` last: without the keys that a layer above has, and without the printable
 * ones below a layer that is typed into.
 */
export function bindingsInForce(
  layers: readonly KeyLayer[],
  globals: readonly Binding[],
): { readonly title: string; readonly bindings: readonly ShownBinding[] }[] {
  const taken = new Set<KeyName>()
  let typed = false
  return [...layers, undefined].map((layer) => {
    const bindings = (layer === undefined ? globals : shownBindings(layer)).flatMap((binding) => {
      const keys = binding.keys.filter((key) => !taken.has(key) && !(typed && textOf(key) !== undefined))
      return keys.length === 0 ? [] : [{ ...binding, keys }]
    })
    for (const { keys } of bindings) for (const key of keys) taken.add(key)
    typed ||= layer?.type !== undefined
    return { title: layer?.title ?? 'everywhere', bindings }
  })
}

/** What became of a key: an action ran, it is off and why, or nobody wants it. */
export type Pressed =
  | { readonly type: 'ran' }
  | { readonly type: 'off'; readonly why: string }
  | { readonly type: 'unknown' }

export interface KeyHub {
  /** Adds a layer in place of `before`, or on top; returns it for the next call. */
  put(layer: KeyLayer, before: KeyLayer | undefined): void
  remove(layer: KeyLayer): void
  /** Newest first; a new array only when something changed. */
  layers(): readonly KeyLayer[]
  subscribe(changed: () => void): () => void
  press(key: KeyName): Pressed
  /** Pasted text is never keys; where nothing is typed it is dropped. */
  paste(text: string): void
}

export function createKeyHub(): KeyHub {
  let layers: readonly KeyLayer[] = []
  const listeners = new Set<() => void>()
  const set = (next: readonly KeyLayer[]) => {
    layers = next
    for (const listener of listeners) listener()
  }
  return {
    put(layer, before) {
      const known = before === undefined ? -1 : layers.indexOf(before)
      set(known < 0 ? [layer, ...layers] : layers.map((one) => (one === before ? layer : one)))
    },
    remove: (layer) => set(layers.filter((one) => one !== layer)),
    layers: () => layers,
    subscribe(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    press(key) {
      for (const layer of layers) {
        const binding = find(layer.bindings, key)
        const text = binding === undefined ? textOf(key) : undefined
        if (text !== undefined && layer.type !== undefined) {
          layer.type(text)
          return { type: 'ran' }
        }
        if (binding === undefined) continue
        const why = layer.off[binding.action]
        if (why !== undefined) return { type: 'off', why }
        layer.run(binding.action, key)
        return { type: 'ran' }
      }
      return { type: 'unknown' }
    },
    paste: (text) => layers.find((layer) => layer.type !== undefined)?.type?.(text),
  }
}
