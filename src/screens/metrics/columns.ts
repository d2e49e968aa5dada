// The columns of the result table: the query where there are several, the labels that differ, the value.
import type { AnswerRow } from '#model/answer-rows.ts'
import type { Column } from '#ui/columns.ts'
import { type Scale, scales } from '#ui/format.ts'
import { clean, width as widthOf } from '#ui/text.ts'

export interface ResultColumns {
  readonly labels: readonly string[]
  readonly rows: readonly AnswerRow[]
  readonly many: boolean
  readonly scale: Scale
  readonly none: string
  /** Of the screen. */
  readonly cells: number
}

const widest = 60
/** What a label's column is cut to before another one gives way. */
const least = 18
const gap = 2

/** The value is never what gives way: labels are left out from the right, as many as `left` says. */
export function resultColumns({ labels, rows, many, scale, none, cells }: ResultColumns): {
  readonly columns: Column<AnswerRow>[]
  readonly left: number
} {
  const plain = valueColumn(scale, none)
  const value = { ...plain, width: cellsOf(rows.map(plain.get), `${plain.header} `) }
  const text = rows.some((row) => row.text !== '') ? [textColumn] : []
  const ends = [...(many ? [queryColumn] : []), value, ...text]
  let room = cells - 4 - ends.reduce((sum, { width }) => sum + width + gap, 0)
  const shown = labels
    .map((label) => labelColumn(label, rows, none))
    .filter(({ width }) => {
      room -= width + gap
      return room >= 0
    })
  return {
    columns: [...(many ? [queryColumn] : []), ...shown, value, ...text],
    left: labels.length - shown.length,
  }
}

const queryColumn: Column<AnswerRow> = {
  id: 'query',
  header: '',
  width: 1,
  get: ({ query }) => query,
  order: ({ query }) => query,
}

const textColumn: Column<AnswerRow> = {
  id: 'text',
  header: '',
  width: 12,
  grow: 2,
  get: ({ text }) => clean(text),
}

function labelColumn(label: string, rows: readonly AnswerRow[], none: string): Column<AnswerRow> {
  const get = ({ labels }: AnswerRow) => clean(labels[label] ?? none)
  const header = label === '__name__' ? 'metric' : clean(label)
  const full = cellsOf(rows.map(get), header)
  return {
    ...{ id: label, header, get, cut: 'middle' },
    width: Math.min(full, least),
    ...(full > least && { grow: full - least }),
    order: get,
  }
}

const cellsOf = (texts: readonly string[], header: string) =>
  Math.min(widest, Math.max(widthOf(header), ...texts.map(widthOf)))

/** Bytes and rates as everywhere; other numbers with six digits, since here somebody looks closely. */
function valueColumn(scale: Scale, none: string): Column<AnswerRow> {
  return {
    ...{ id: 'value', header: 'value', align: 'right', width: 10, sortKey: 'V' },
    get: ({ value }) =>
      value === undefined ? none : scale === scales.number ? six(value) : scale.format(value),
    // What is no number stands last, whichever way it is sorted.
    order: ({ value }) => (Number.isNaN(value) ? undefined : value),
  }
}

function six(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : Number.isNaN(value) ? 'NaN' : '-Inf'
  return String(Number(value.toPrecision(Math.abs(value) >= 1e6 ? 15 : 6)))
}

/** The keys of the table do not depend on what is in it. */
export const sortedByKey = [valueColumn(scales.number, '')]
