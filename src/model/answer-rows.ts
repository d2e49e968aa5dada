// Answers of a moment as the rows of one table: a column for each label that differs, and what all rows share apart.
import type { Row } from './kube.ts'
import type { Labels, QueryAnswer } from './prometheus.ts'
import { type Telling, tellingOf } from './series-names.ts'

export interface AnswerRow extends Row {
  /** The query's letter. */
  readonly query: string
  readonly labels: Labels
  /** Absent: it has no number. */
  readonly value?: number
  /** What stands instead of a number, or behind it. */
  readonly text: string
}

export interface AnswerRows extends Telling {
  readonly rows: readonly AnswerRow[]
}

export function answerRows(
  answers: readonly { readonly letter: string; readonly answer: QueryAnswer }[],
): AnswerRows {
  const rows = answers.flatMap(({ letter, answer }) => rowsOf(letter, answer))
  return { rows, ...tellingOf(rows.map(({ labels }) => labels)) }
}

function rowsOf(query: string, answer: QueryAnswer): AnswerRow[] {
  const row = (labels: Labels, value: number | undefined, text = ''): AnswerRow => ({
    uid: `${query} ${JSON.stringify(labels)}`,
    ...{ query, labels, text, name: labels.__name__ ?? query, createdAt: 0 },
    ...(value !== undefined && { value }),
  })
  switch (answer.type) {
    case 'vector':
      return answer.samples.map(({ labels, value }) => row(labels, value))
    // A range selector: the newest of each series, and how many there are.
    case 'matrix':
      return answer.series.map(({ labels, values }) =>
        row(labels, values.at(-1), `last of ${values.length} ${values.length === 1 ? 'sample' : 'samples'}`),
      )
    case 'scalar':
      return [row({}, answer.value)]
    case 'string':
      return [row({}, undefined, answer.text)]
  }
}
