// What a screen is: a name, its keys, and a component that gets the deck and the room it may use.
import type { ComponentType, LazyExoticComponent } from 'react'
import type { Deck } from '#live/deck.ts'
import type { Binding } from '#ui/keymap.ts'
import type { Role, Theme } from '#ui/theme.ts'

export interface ScreenProps {
  readonly deck: Deck
  readonly theme: Theme
  /** The room below the header and above the footer, in cells. */
  readonly columns: number
  readonly rows: number
  /** An IANA name; undefined: the machine's own, which takes Node 10 ms to find out, so only a drawn time asks for it. */
  readonly timeZone: string | undefined
  readonly args: readonly string[]
  /** What stands after `/`; empty: nothing is filtered. */
  readonly filter: string
  readonly faultsOnly: boolean
  readonly readOnly: boolean
  /** Kept while the screen is not shown, so that going back finds the cursor where it was. */
  readonly memory: Map<string, unknown>
  /** One step deeper; `esc` comes back. */
  go(screen: string, args?: readonly string[]): void
  back(): void
  /** A message in the footer's place for some seconds. */
  say(text: string, role?: Role): void
  /** Into the clipboard of the person's own terminal, and a message that it was done. */
  copy(text: string): void
}

export interface ScreenDef {
  readonly name: string
  readonly aliases: readonly string[]
  readonly title: string
  /** For the palette and the help: what this screen answers. */
  readonly help: string
  /** It shows what a row leads to, so it has no place in the palette. */
  readonly inner?: true
  /** Loaded when it is first shown where only it needs much: the first frame of the others does not wait for it. */
  readonly Screen: ComponentType<ScreenProps> | LazyExoticComponent<ComponentType<ScreenProps>>
  /** What stands behind its name at `:` is one text, blanks and all. */
  readonly takesText?: true
  /** All keys of the screen, also those of its table: a test finds one that is bound twice. */
  readonly bindings: readonly Binding[]
  /** Keys that it has only at times, beside `bindings`; instead of all others where a line is typed. */
  readonly modes?: readonly Mode[]
}

export interface Mode {
  readonly title: string
  readonly bindings: readonly Binding[]
  readonly typing?: true
}
