// The keys in the order in which they were typed, however they arrived: a slow line delivers many in one piece, and
// the pieces of one key apart.
import type { Feed } from '#live/feed.ts'
import { keyNames, type Press, splitSequence } from '#ui/keys.ts'

export interface KeyLineParts {
  key(name: string): void
  paste(text: string): void
  /** True once a lone escape was no beginning of a longer sequence. */
  elapsed(): Feed<boolean>
  /** Resolves once what a key did is on the screen: the next key means what is shown then. */
  drawn(): Promise<void>
}

export interface KeyLine {
  press(input: string, press: Press): void
  paste(text: string): void
  close(): void
}

type Item =
  | { readonly key: string; readonly paste?: never }
  | { readonly paste: string; readonly key?: never }

export function createKeyLine(parts: KeyLineParts): KeyLine {
  let queue: Item[] = []
  let busy = false
  let release: (() => void) | undefined

  const drain = async () => {
    if (busy) return
    busy = true
    for (let before: Item | undefined; queue.length > 0; ) {
      const item = queue.shift() as Item
      // The same key again starts where the one before ended, drawn or not.
      if (before !== undefined && before.key !== item.key) await parts.drawn()
      if (item.key === undefined) parts.paste(item.paste)
      else parts.key(item.key)
      before = item
    }
    busy = false
  }
  const add = (...items: Item[]) => {
    queue.push(...items)
    void drain()
  }
  const addKeys = (names: readonly string[]) => add(...names.map((key) => ({ key })))
  /** Whether an escape was held back; it is the caller's now. */
  const takeEscape = () => {
    const held = release !== undefined
    release?.()
    release = undefined
    return held
  }
  const holdEscape = () => {
    const over = parts.elapsed()
    release = over.subscribe(() => {
      if (takeEscape()) addKeys(['esc'])
    })
  }
  return {
    press(input, press) {
      const held = takeEscape()
      const rest = held ? splitSequence(input) : undefined
      if (rest !== undefined) return addKeys(rest)
      if (held) addKeys(['esc'])
      const names = keyNames(input, press)
      // A terminal that tells of press and release sends no sequence that an escape could begin.
      if (names[0] === 'esc' && names.length === 1 && press.eventType === undefined) holdEscape()
      else addKeys(names)
    },
    paste(text) {
      if (takeEscape()) addKeys(['esc'])
      add({ paste: text })
    },
    close() {
      takeEscape()
      queue = []
    },
  }
}
