// The keys that every table has; the screen's own come beside them.
import type { Column } from './columns.ts'
import type { Binding } from './keymap.ts'

export const moveBindings = [
  { keys: ['up', 'k'], action: 'up', label: 'up', help: 'the row above' },
  { keys: ['down', 'j'], action: 'down', label: 'down', help: 'the row below' },
  { keys: ['pgup', 'ctrl-b'], action: 'page-up', label: 'page up', help: 'a page up' },
  { keys: ['pgdn', 'ctrl-f'], action: 'page-down', label: 'page down', help: 'a page down' },
  { keys: ['home', 'g'], action: 'first', label: 'first', help: 'the first row' },
  { keys: ['end', 'G'], action: 'last', label: 'last', help: 'the last row' },
] as const satisfies readonly Binding[]

export type MoveAction = (typeof moveBindings)[number]['action']

export const markBindings = [
  { keys: ['space'], action: 'mark', label: 'mark', help: 'mark or unmark the row' },
  { keys: ['ctrl-\\'], action: 'unmark', label: 'unmark', help: 'take all marks away' },
] as const satisfies readonly Binding[]

/** Where a move leads, as a row number that may lie outside: the reducer holds it within. */
export function moved(action: MoveAction, index: number, height: number): number {
  switch (action) {
    case 'up':
      return index - 1
    case 'down':
      return index + 1
    case 'page-up':
      return index - Math.max(1, height - 1)
    case 'page-down':
      return index + Math.max(1, height - 1)
    case 'first':
      return 0
    case 'last':
      return Number.MAX_SAFE_INTEGER
  }
}

/** One key for each column that can be sorted by; the action is `sort-` and the column's id. */
export function sortBindings<T>(columns: readonly Column<T>[]): Binding[] {
  return columns.flatMap(({ id, header, sortKey, sortNote }) => {
    if (sortKey === undefined) return []
    const note = sortNote === undefined ? '' : `; ${sortNote}`
    return [
      {
        keys: [sortKey],
        action: `sort-${id}`,
        label: `by ${header || id}`,
        help: `sort by ${header || id}; again turns the order round${note}`,
      },
    ]
  })
}

/** By action, why it cannot be sorted by now. */
export function sortsOff<T>(columns: readonly Column<T>[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.flatMap(({ id, sortOff }) => (sortOff === undefined ? [] : [[`sort-${id}`, sortOff]])),
  )
}
