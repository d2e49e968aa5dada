// The queries as lines: letter, text, and below it what Prometheus found wrong with it, at the place where it did.
import { mistakeIn } from '#model/promql/mistake.ts'
import { count } from '#ui/format.ts'
import { drawEditLine, type EditLine } from '#ui/line-edit.ts'
import { gapRole, missing, stale } from '#ui/notice.ts'
import { clean, clip, pad, width as widthOf } from '#ui/text.ts'
import type { Theme } from '#ui/theme.ts'
import { type Answered, letterOf, sizeOf } from './answers.ts'

export interface QueryRoom {
  readonly columns: number
  readonly theme: Theme
  readonly now: number
  /** Whether what is waited for is named by now. */
  readonly late: boolean
}

/** Cells before the text. */
const lead = 3

export interface QueryLines {
  readonly queries: readonly string[]
  readonly focus: number
  /** What is typed into the focused query. */
  readonly line: EditLine | undefined
  readonly answers: readonly Answered[]
}

export function queryLines({ queries, focus, line, answers }: QueryLines, room: QueryRoom): string[] {
  return queries.flatMap((expr, index) => {
    const answered = answers.find(({ letter }) => letter === letterOf(index))
    const typed = index === focus ? line : undefined
    const said = typed !== undefined && typed.text !== expr ? [] : notesOf(expr, answered, room)
    return [queryLine(letterOf(index), expr, index === focus, typed, answered, room), ...said]
  })
}

function queryLine(
  letter: string,
  expr: string,
  focused: boolean,
  line: EditLine | undefined,
  answered: Answered | undefined,
  room: QueryRoom,
): string {
  const { columns, theme } = room
  const head = theme.paint(focused ? 'accent' : 'dim', `${focused ? '>' : ' '}${letter} `)
  if (line !== undefined) return head + drawEditLine(line, columns - lead - 1, theme)
  const tail = tailOf(answered, room)
  const free = columns - lead - 1 - (tail === '' ? 0 : widthOf(tail) + 2)
  const text = clip(clean(expr), Math.max(4, free), 'end', theme.glyph.cut)
  return `${head}${pad(text, columns - lead - 1 - widthOf(tail))}${theme.paint('dim', tail)}`
}

/** How much there is, or that it is waited for. */
function tailOf(answered: Answered | undefined, { late, now }: QueryRoom): string {
  if (answered === undefined) return ''
  const { data } = answered.live
  const old = stale(answered.live, now)
  if (old !== undefined) return old
  if (data === undefined) return answered.live.gap === undefined && late ? 'waiting for Prometheus' : ''
  if (data.type === 'matrix' || data.type === 'vector')
    return sizeOf(data) === 0 ? 'no series' : count(sizeOf(data), 'serie').replace(/serie$/, 'series')
  return data.type
}

function notesOf(expr: string, answered: Answered | undefined, room: QueryRoom): string[] {
  if (answered === undefined) return []
  const { theme } = room
  const { gap, data } = answered.live
  if (gap !== undefined && data === undefined) {
    const mistake = mistakeIn(expr, gap.detail)
    if (mistake !== undefined) return pointedAt(mistake.place, mistake.words, room)
    const text = missing(answered.live, 'answer', theme)?.text ?? ''
    return [theme.paint(gapRole(gap), fitted(`   ${theme.glyph.bad} ${text}`, room))]
  }
  return [
    ...(data?.warnings ?? []).map((warning) =>
      theme.paint('warn', fitted(`   ${theme.glyph.warn} ${clean(warning)}`, room)),
    ),
    ...(data?.infos ?? []).map((info) => theme.paint('dim', fitted(`   ${clean(info)}`, room))),
  ]
}

/** `^ unexpected "}"` with its mark below the place; the words stand on a line of their own where they are long. */
function pointedAt(place: number, words: string, room: QueryRoom): string[] {
  const { columns, theme } = room
  const text = clean(words)
  const at = Math.min(lead + place, columns - 2)
  const mark = `${' '.repeat(at)}^`
  const lines = at + 2 + widthOf(text) < columns ? [`${mark} ${text}`] : [mark, `   ${text}`]
  return lines.map((line) => theme.paint('bad', fitted(line, room)))
}

const fitted = (line: string, { columns, theme }: QueryRoom) =>
  pad(clip(line, columns - 1, 'end', theme.glyph.cut), columns)
