import { describe, expect, test } from 'vitest'
import type { Row } from '#model/kube.ts'
import type { Column } from '#ui/columns.ts'
import { arrange } from '#ui/table-order.ts'
import { reduceTable, settle, startOf, type TableState, type View } from '#ui/table-state.ts'

interface Pod extends Row {
  readonly restarts: number | undefined
}

const pod = (name: string, restarts?: number): Pod => ({
  uid: name,
  name,
  namespace: 'shop',
  createdAt: 0,
  labels: {},
  restarts,
})
const columns: readonly Column<Pod>[] = [
  { id: 'name', header: 'name', get: (row) => row.name, width: 10, order: (row) => row.name },
  {
    id: 'restarts',
    header: 'rst',
    get: (row) => String(row.restarts),
    width: 5,
    order: (row) => row.restarts,
  },
]
const all = () => true
const byRestarts = { id: 'restarts', descending: true }
const names = (ordered: { readonly rows: readonly Pod[] }) => ordered.rows.map((row) => row.name).join(' ')

describe('arrange', () => {
  const first = arrange<Pod>(undefined, [pod('a', 1), pod('b', 3), pod('c')], columns, all, byRestarts, 0)

  test('sorts, unknown values last in either direction', () => {
    expect(names(first)).toBe('b a c')
    expect(
      names(arrange<Pod>(undefined, first.source, columns, all, { id: 'restarts', descending: false }, 0)),
    ).toBe('a b c')
  })

  test('is the same value while nothing changed', () => {
    expect(arrange(first, first.source, columns, all, byRestarts, 60_000)).toBe(first)
  })

  test('a key that changed moves its row, but not within a second of the last time', () => {
    const changed = [pod('a', 5), pod('b', 3), pod('c')]
    const soon = arrange(first, changed, columns, all, byRestarts, 500)
    expect([names(soon), soon.pending]).toEqual(['b a c', true])
    const later = arrange(soon, changed, columns, all, byRestarts, 1000)
    expect([names(later), later.pending]).toEqual(['a b c', false])
  })

  test('rows whose key did not change stay, whatever else did; new ones come last until then', () => {
    const changed = [pod('z', 9), pod('a', 1), pod('b', 3), pod('c')]
    expect(names(arrange(first, changed, columns, all, byRestarts, 500))).toBe('b a c z')
    expect(names(arrange(first, changed, columns, all, byRestarts, 1500))).toBe('z b a c')
  })

  test('the first rows are in order at once, however soon they come: none of them was shown before', () => {
    const waiting = arrange<Pod>(undefined, [], columns, all, byRestarts, 0)
    const came = arrange(waiting, [pod('a', 1), pod('b', 3)], columns, all, byRestarts, 10)
    expect([names(came), came.pending]).toEqual(['b a', false])
  })

  test.each([
    ['nothing else', [pod('a', 1), pod('b', 4), pod('c')], 'b a c'],
    ['what its filter thinks of it', [pod('a', 1), pod('b', 99), pod('c')], 'a c'],
    ['its place in the list', [pod('b', 4), pod('c'), pod('a', 1)], 'b a c'],
    ['a neighbour that went', [pod('b', 4), pod('c')], 'b c'],
    ['a neighbour in whose place another came', [pod('d', 1), pod('b', 4), pod('c')], 'b d c'],
  ])('a row changed, and with it %s', (_what, next, shown) => {
    const few = (row: Pod) => row.restarts !== 99
    const before = arrange<Pod>(undefined, first.source, columns, few, byRestarts, 0)
    const after = arrange<Pod>(before, next, columns, few, byRestarts, 5000)
    expect(names(after)).toBe(shown)
    for (const row of after.rows) expect(next).toContain(row)
  })

  test('another sort or another filter is obeyed at once', () => {
    expect(names(arrange(first, first.source, columns, all, { id: 'name', descending: true }, 1))).toBe(
      'c b a',
    )
    expect(names(arrange(first, first.source, columns, (row) => row.name !== 'b', byRestarts, 1))).toBe('a c')
  })
})

describe('the cursor', () => {
  const view = (names: string, height = 3): View => {
    const uids = names.split(' ')
    return { count: uids.length, height, uidAt: (index) => uids[index], indexOf: (uid) => uids.indexOf(uid) }
  }
  const at = (state: TableState) => [state.uid, state.index, state.top]
  const go = (state: TableState, on: View, ...moves: ('down' | 'up' | 'last' | 'first' | 'page-down')[]) =>
    moves.reduce((before, move) => reduceTable(before, { type: 'move', move, view: on }), state)

  test('moves within the rows and scrolls with it', () => {
    const on = view('a b c d e')
    expect(at(go(startOf(undefined), on, 'down'))).toEqual(['b', 1, 0])
    expect(at(go(startOf(undefined), on, 'last'))).toEqual(['e', 4, 2])
    expect(at(go(startOf(undefined), on, 'last', 'down', 'up', 'up', 'up'))).toEqual(['b', 1, 1])
    expect(at(go(startOf(undefined), on, 'up'))).toEqual(['a', 0, 0])
    expect(at(go(startOf(undefined), on, 'page-down'))).toEqual(['c', 2, 0])
  })

  test('stays on its object, on the same line of the screen, when rows move', () => {
    const before = go(startOf(undefined), view('a b c d e f'), 'down', 'down', 'down')
    expect(at(before)).toEqual(['d', 3, 1])
    expect(at(settle(before, view('x y a b c d e f')))).toEqual(['d', 5, 3])
  })

  test('falls to the row in its place when its object is gone', () => {
    const before = go(startOf(undefined), view('a b c'), 'down')
    expect(at(settle(before, view('a c')))).toEqual(['c', 1, 0])
    expect(settle(before, view('a b c'))).toBe(before)
  })

  test('before anybody moved the first row is the one, whichever comes', () => {
    expect(at(settle(startOf(undefined), view('0 a b')))).toEqual([undefined, 0, 0])
  })

  test('marks follow objects and sort turns round', () => {
    const on = view('a b c')
    const marked = reduceTable(go(startOf(undefined), on, 'down'), { type: 'mark', view: on })
    expect([[...marked.marks], marked.uid]).toEqual([['b'], 'c'])
    expect(reduceTable(go(marked, on, 'up'), { type: 'mark', view: on }).marks.size).toBe(0)
    expect([...reduceTable(marked, { type: 'mark', view: view('c a b') }).marks]).toEqual(['b', 'c'])
    const sorted = reduceTable(marked, { type: 'sort', id: 'name' })
    expect(sorted.sort).toEqual({ id: 'name', descending: false })
    expect(reduceTable(sorted, { type: 'sort', id: 'name' }).sort).toEqual({ id: 'name', descending: true })
  })
})
