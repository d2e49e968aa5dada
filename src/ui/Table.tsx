// A table of any number of rows of which only those on the screen are drawn. The selection follows the object.
import { type ReactNode, useContext, useEffect, useMemo, useReducer, useRef } from 'react'
import type { Rows } from '#live/deck.ts'
import type { Feed } from '#live/feed.ts'
import type { Row } from '#model/kube.ts'
import type { Reading } from '#model/reading.ts'
import { type Column, headerLine, layOut, sizeClass } from './columns.ts'
import type { Binding, KeyName } from './keymap.ts'
import { Line } from './Line.tsx'
import type { Notice } from './notice.ts'
import { LateContext } from './Patience.tsx'
import { TableRow } from './TableRow.tsx'
import { markBindings, moveBindings, sortBindings, sortsOff } from './table-keys.ts'
import type { Lead } from './table-lead.ts'
import { arrange, type Ordered, type Sort } from './table-order.ts'
import { reduceTable, settle, startOf, type TableState, type View } from './table-state.ts'
import { noticeLines, titleLine } from './table-text.ts'
import type { Theme } from './theme.ts'
import { useNow } from './useFeed.ts'
import { useKeys } from './useKeys.ts'

/** The screen's own keys, which act on the selected row, or on the marked ones where there are any. */
/** `Whole`: the actions that are about the table and need no row. */
export interface TableKeys<T, Action extends string = string, Whole extends Action = never> {
  readonly title: string
  readonly bindings: readonly Binding<Action>[]
  /** `selected` is the row under the cursor; `rows` are the marked rows, or the selected one alone. */
  run(action: Exclude<Action, Whole>, selected: T, rows: readonly T[]): void
  readonly whole?: Readonly<Record<Whole, () => void>>
  off?(row: T | undefined): Readonly<Partial<Record<Action, string>>>
}

/** What is on the screen now, and in which order. */
export interface Shown<T> {
  readonly rows: readonly T[]
  readonly sort: Sort | undefined
}

export interface TableProps<T extends Row, Action extends string> {
  /** `pods`, as in `waiting for pods`. */
  readonly what: string
  /** Beside the name in the title line: the namespace, the owner. Empty: nothing. */
  readonly scope: string
  readonly reading: Reading<Rows<T>>
  /** Must keep its identity while nothing of it changes: make it with `useMemo`. */
  readonly columns: readonly Column<T>[]
  /** Likewise; which rows the filter lets through. */
  readonly keep: (row: T) => boolean
  /** What the title says of `keep`: `/checkout`, `faults only`. */
  readonly kept?: string
  /** In the title, of figures that the rows get from elsewhere: `no usage: prometheus unreachable`. */
  readonly remark?: Notice
  readonly lead?: Lead<T>
  readonly sort?: Sort
  /** Called after each drawing; keeps its identity. */
  readonly onShown?: (shown: Shown<T>) => void
  readonly keys: TableKeys<T, Action>
  readonly width: number
  readonly height: number
  readonly now: Feed<number>
  readonly theme: Theme
  /** Where the cursor is kept while the screen is not shown. */
  readonly memory: Map<string, unknown>
}

/** Cells before the first column: the cursor's mark, the state's glyph, a space. */
const leadCells = 3
const noRows: readonly never[] = []

export function Table<T extends Row, Action extends string>(props: TableProps<T, Action>): ReactNode {
  const { reading, columns, width, theme } = props
  const height = Math.max(1, props.height - 2)
  const [stored, dispatch] = useReducer(reduceTable, undefined, () => remembered(props.memory, props.sort))
  const ordered = useOrdered(props, stored.sort)
  const { rows } = ordered
  const view: View = {
    count: rows.length,
    height,
    uidAt: (index) => rows[index]?.uid,
    indexOf: (uid) => rows.findIndex((row) => row.uid === uid),
  }
  const state = settle(stored, view)
  if (state !== stored) dispatch({ type: 'settled', state })
  props.memory.set('table', state)

  const selected = rows[state.index]
  useTableKeys(props, state, view, rows, dispatch)

  const size = sizeClass(width)
  const layout = useMemo(
    () => layOut(columns, Math.max(1, width - leadCells - 1), size),
    [columns, width, size],
  )
  const dimmed = reading.gap !== undefined
  const visible = rows.slice(state.top, state.top + height)
  const { onShown } = props
  useEffect(() => onShown?.({ rows: visible, sort: state.sort }))
  const late = useContext(LateContext)
  const known = reading.gap !== undefined || reading.data?.complete === true
  const notice = rows.length === 0 && (late || known) ? noticeLines(props, height) : []
  return (
    <>
      <Line text={titleLine(props, rows.length, state)} />
      <Line text={' '.repeat(leadCells) + headerLine(layout, theme, state.sort)} />
      {visible.map((row, index) => (
        <TableRow
          // The line of the screen is the identity: scrolling changes texts and moves no nodes.
          key={`row-${String(index)}`}
          row={row}
          layout={layout}
          theme={theme}
          lead={props.lead}
          state={row === selected ? 'selected' : dimmed ? 'stale' : 'plain'}
          marked={state.marks.has(row.uid)}
        />
      ))}
      {notice.map((text, index) => (
        <Line key={`notice-${String(index)}`} text={text} />
      ))}
    </>
  )
}

function remembered(memory: Map<string, unknown>, sort: Sort | undefined): TableState {
  // Only this file writes the entry.
  const known = memory.get('table') as TableState | undefined
  return known ?? startOf(sort)
}

function useOrdered<T extends Row, Action extends string>(
  { reading, columns, keep, now }: TableProps<T, Action>,
  sort: Sort | undefined,
): Ordered<T> {
  const previous = useRef<Ordered<T>>(undefined)
  const ordered = arrange(previous.current, reading.data?.rows ?? noRows, columns, keep, sort, now.get())
  previous.current = ordered
  // While rows stand where they no longer belong, look again with each step of the clock.
  useNow(now, ordered.pending ? 1000 : 3_600_000)
  return ordered
}

function useTableKeys<T extends Row, Action extends string>(
  { keys, columns }: TableProps<T, Action>,
  state: TableState,
  view: View,
  rows: readonly T[],
  dispatch: (action: Parameters<typeof reduceTable>[1]) => void,
): void {
  const bindings = useMemo(
    () => [...keys.bindings, ...moveBindings, ...markBindings, ...sortBindings(columns)],
    [keys.bindings, columns],
  )
  const selected = rows[state.index]
  const marked = () => (state.marks.size === 0 ? [] : rows.filter((row) => state.marks.has(row.uid)))
  const run: Record<string, (key: KeyName) => void> = {
    mark: () => dispatch({ type: 'mark', view }),
    unmark: () => dispatch({ type: 'unmark' }),
  }
  for (const { action } of moveBindings) {
    run[action] = () => dispatch({ type: 'move', move: action, view })
  }
  for (const column of columns) run[`sort-${column.id}`] = () => dispatch({ type: 'sort', id: column.id })
  const wholes: Readonly<Partial<Record<string, () => void>>> = keys.whole ?? {}
  for (const { action } of keys.bindings) {
    run[action] = () => {
      const whole = wholes[action]
      if (whole !== undefined) return whole()
      if (selected === undefined) return
      const many = marked()
      keys.run(action, selected, many.length > 0 ? many : [selected])
    }
  }
  const off: Readonly<Partial<Record<string, string>>> = { ...sortsOff(columns), ...keys.off?.(selected) }
  useKeys<string>({ title: keys.title, bindings, run, off })
}
