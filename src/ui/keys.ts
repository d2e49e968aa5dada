// Key presses by name, and what a set of bindings makes of them: dispatch, footer order, duplicates.
import type { Binding, KeyName } from './keymap.ts'

/** What Ink says of a key press, as far as we look at it. */
export interface Press {
  readonly upArrow: boolean
  readonly downArrow: boolean
  readonly leftArrow: boolean
  readonly rightArrow: boolean
  readonly pageDown: boolean
  readonly pageUp: boolean
  readonly home: boolean
  readonly end: boolean
  readonly return: boolean
  readonly escape: boolean
  readonly ctrl: boolean
  readonly shift: boolean
  readonly tab: boolean
  readonly backspace: boolean
  readonly delete: boolean
  readonly meta: boolean
  readonly eventType?: 'press' | 'repeat' | 'release' | undefined
}

const named = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pgup'],
  ['pageDown', 'pgdn'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const

/** The names of the keys pressed: usually one, several where a slow line delivered fast typing in one piece. */
export function keyNames(input: string, press: Press): KeyName[] {
  if (press.eventType === 'release') return []
  const special = named.find(([field]) => press[field])?.[1]
  if (special !== undefined) return [modified(special, press)]
  if (press.ctrl) return input === '' ? [] : [`ctrl-${input === ' ' ? 'space' : input.toLowerCase()}`]
  const names = [...input].map(characterName)
  // No key is bound with alt: an escape right before text is the key itself, typed fast.
  return press.meta ? ['esc', ...names] : names
}

const byCharacter: Readonly<Record<string, KeyName>> = {
  ' ': 'space',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\b': 'backspace',
  '\u007f': 'backspace',
}

/** In a piece of several keys the control characters are keys as well. */
function characterName(character: string): KeyName {
  const named = byCharacter[character]
  if (named !== undefined) return named
  const code = character.charCodeAt(0)
  return code < 0x20 ? `ctrl-${String.fromCharCode(code + 0x40).toLowerCase()}` : character
}

function modified(name: string, press: Press): KeyName {
  return `${press.ctrl ? 'ctrl-' : ''}${press.shift ? 'shift-' : ''}${name}`
}

/** The rest of an escape sequence that a slow line delivered apart from its escape: `[B` is the down arrow. */
const tails: Readonly<Record<string, KeyName>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  '3~': 'delete',
  '5~': 'pgup',
  '6~': 'pgdn',
}

/**
 * Ink takes an escape for the key itself after 20 ms. Text that starts with `[` or `O` and came in one piece right
 * after it was the rest of a key's sequence: that key, or nothing where we do not know it. Undefined: it is text.
 */
export function splitSequence(input: string): readonly KeyName[] | undefined {
  if (!/^[[O][\d;]*[A-Za-z~]$/.test(input)) return undefined
  const name = tails[input.slice(1)]
  return name === undefined ? [] : [name]
}

export function find<Action extends string>(
  bindings: readonly Binding<Action>[],
  key: KeyName,
): Binding<Action> | undefined {
  return bindings.find((binding) => binding.keys.includes(key))
}

/** What a key writes where a line is typed; undefined: it writes nothing. */
export function textOf(key: KeyName): string | undefined {
  if (key === 'space') return ' '
  return [...key].length === 1 ? key : undefined
}

/** Keys that more than one of the bindings claims, for the test that allows none. */
export function duplicates(bindings: readonly Binding[]): KeyName[] {
  const keys = bindings.flatMap((binding) => binding.keys)
  return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))]
}

/** A key as the footer and the help write it. */
export function keyLabel(key: KeyName): string {
  return /^[A-Z]$/.test(key) ? `shift-${key.toLowerCase()}` : key
}
