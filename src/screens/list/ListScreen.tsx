// What all list screens share: the filter, faults only, and the keys that lead on from a row.
import { type ReactNode, useMemo } from 'react'
import type { Rows } from '#live/deck.ts'
import { matches, parseFilter } from '#model/filter.ts'
import type { Row } from '#model/kube.ts'
import type { Reading } from '#model/reading.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { timeLabel } from '#ui/charts/axis.ts'
import type { Column } from '#ui/columns.ts'
import type { Notice } from '#ui/notice.ts'
import { type Shown, Table, type TableKeys } from '#ui/Table.tsx'
import type { Lead } from '#ui/table-lead.ts'
import type { Sort } from '#ui/table-order.ts'
import { useFeed } from '#ui/useFeed.ts'

export interface ListProps<T extends Row, Action extends string> {
  readonly screen: ScreenProps
  /** `pods`, as in `waiting for pods`. */
  readonly what: string
  readonly scope: string
  readonly reading: Reading<Rows<T>>
  /** Keeps its identity while nothing of it changes. */
  readonly columns: readonly Column<T>[]
  /** What the filter searches in; a module's own function. */
  readonly haystack: (row: T) => string
  /** Rows that this screen is about at all; absent: every row. Keeps its identity. */
  readonly only?: (row: T) => boolean
  /** Whether the row is shown with faults only; keeps its identity. Absent: nothing tells what is wrong here. */
  readonly faulty?: (row: T) => boolean
  /** Its rows tell of times gone by: it is right for a range that ended in the past too. */
  readonly dated?: true
  /** In the title, of figures that the rows get from elsewhere: `no usage: prometheus unreachable`. */
  readonly remark?: Notice
  readonly lead?: Lead<T>
  readonly sort?: Sort
  /** As the table's own. */
  readonly onShown?: (shown: Shown<T>) => void
  readonly keys: TableKeys<T, Action>
}

export function ListScreen<T extends Row, Action extends string>(props: ListProps<T, Action>): ReactNode {
  const { screen, haystack, faulty, only } = props
  const { filter: text, faultsOnly } = screen
  const { to } = useFeed(screen.deck.range)
  const filter = useMemo(() => parseFilter(text), [text])
  const keep = useMemo(
    () => (row: T) =>
      (only === undefined || only(row)) &&
      (!faultsOnly || faulty === undefined || faulty(row)) &&
      (filter.kind === 'all' || matches(filter, haystack(row), row.labels)),
    [filter, faultsOnly, faulty, haystack, only],
  )
  const kept = [
    // A list is of now, whatever the range.
    ...(to === undefined || props.dated ? [] : [`now, not ${timeLabel(to, screen.timeZone)}`]),
    ...(filter.kind === 'all' ? [] : [filter.kind === 'bad' ? filter.problem : `/${text}`]),
    ...(faultsOnly ? [faulty === undefined ? 'faults only: nothing here tells faults' : 'faults only'] : []),
  ].join('   ')
  return (
    <Table
      what={props.what}
      scope={props.scope}
      reading={props.reading}
      columns={props.columns}
      keep={keep}
      {...(kept && { kept })}
      {...(props.remark && { remark: props.remark })}
      {...(props.lead && { lead: props.lead })}
      {...(props.sort && { sort: props.sort })}
      {...(props.onShown && { onShown: props.onShown })}
      keys={props.keys}
      width={screen.columns}
      height={screen.rows}
      now={screen.deck.now}
      theme={screen.theme}
      memory={screen.memory}
    />
  )
}
