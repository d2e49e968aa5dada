// The results as a table of one moment: greatest first, with the keys of every table.
import { type ReactNode, useMemo } from 'react'
import type { Rows } from '#live/deck.ts'
import { type AnswerRow, answerRows } from '#model/answer-rows.ts'
import type { Reading } from '#model/reading.ts'
import { seriesName } from '#model/series-names.ts'
import { ListScreen } from '#screens/list/ListScreen.tsx'
import type { ScreenProps } from '#screens/screen.ts'
import { count } from '#ui/format.ts'
import type { TableKeys } from '#ui/Table.tsx'
import type { Answered } from './answers.ts'
import { scaleOf } from './chart.ts'
import { resultColumns } from './columns.ts'

const byValue = { id: 'value', descending: true }
const keys: TableKeys<AnswerRow, never> = { title: 'table', bindings: [], run: () => undefined }
const haystack = ({ labels }: AnswerRow) => Object.values(labels).join(' ')

export function Results({
  screen,
  answers,
  rows,
}: {
  readonly screen: ScreenProps
  readonly answers: readonly Answered[]
  readonly rows: number
}): ReactNode {
  const none = screen.theme.glyph.none
  const made = useMemo(
    () =>
      answerRows(
        answers.flatMap(({ letter, live }) =>
          live.data === undefined ? [] : [{ letter, answer: live.data }],
        ),
      ),
    [answers],
  )
  const { columns, left } = useMemo(
    () =>
      resultColumns({
        ...{ labels: made.differing, rows: made.rows, none, cells: screen.columns },
        many: answers.length > 1,
        scale: scaleOf(answers.map(({ expr }) => expr)),
      }),
    [made, answers, none, screen.columns],
  )
  const reading = useMemo(() => readingOf(answers, made.rows), [answers, made])
  const shared = seriesName(made.shared)
  const scope = [...(shared === '{}' ? [] : [shared]), ...(left > 0 ? [count(left, 'more label')] : [])]
  return (
    <ListScreen
      screen={{ ...screen, rows }}
      what="series"
      scope={scope.join(` ${screen.theme.glyph.note} `)}
      reading={reading}
      columns={columns}
      haystack={haystack}
      sort={byValue}
      keys={keys}
    />
  )
}

/** Whole once every query has answered; what one was refused is said beside its text. */
function readingOf(answers: readonly Answered[], rows: readonly AnswerRow[]): Reading<Rows<AnswerRow>> {
  const settled = answers.every(({ live }) => live.data !== undefined || live.gap !== undefined)
  const any = answers.some(({ live }) => live.data !== undefined)
  const pending = answers.some(({ live }) => live.pending)
  const first = answers.find(({ live }) => live.gap !== undefined)?.live.gap
  if (any) return { data: { rows, complete: settled }, pending }
  return { pending, ...(first !== undefined && settled && { gap: first }) }
}
