// What a table says beside its rows: the title line, and the sentence where there are none.
import type { Rows } from '#live/deck.ts'
import type { Feed } from '#live/feed.ts'
import type { Row } from '#model/kube.ts'
import type { Reading } from '#model/reading.ts'
import { si } from './format.ts'
import { missing, type Notice, stale } from './notice.ts'
import type { TableState } from './table-state.ts'
import { clean, clip, pad, width as widthOf, wrap } from './text.ts'
import type { Theme } from './theme.ts'

export interface TableWords {
  readonly what: string
  /** Empty where there is nothing to say of it. */
  readonly scope: string
  readonly kept?: string
  readonly columns: readonly { readonly id: string; readonly sortOff?: string }[]
  readonly reading: Reading<Rows<Row>>
  /** What is to be said of figures that are not in `reading`: `no usage: prometheus unreachable`. */
  readonly remark?: Notice
  readonly now: Feed<number>
  readonly theme: Theme
  readonly width: number
}

/** ` pods · shop (14 of 120)   /checkout   3 marked        2,300 more to come   no usage: no series   sort: status`. */
export function titleLine(words: TableWords, shown: number, state: TableState): string {
  const { theme, reading, width } = words
  const total = reading.data?.rows.length ?? 0
  const all = `${total}${reading.data?.complete === false ? ' so far' : ''}`
  const count = reading.data === undefined ? '' : shown === total ? ` (${all})` : ` (${shown} of ${all})`
  const left = [
    ` ${words.what}${words.scope === '' ? '' : ` ${theme.glyph.note} ${clean(words.scope)}`}${count}`,
    ...(words.kept === undefined ? [] : [clean(words.kept)]),
    ...(state.marks.size > 0 ? [`${state.marks.size} marked`] : []),
  ].join('   ')
  const old = stale(reading, words.now.get())
  const coming = reading.data !== undefined && !reading.data.complete && reading.gap === undefined
  // A column may have gone since it was sorted by.
  const sorted = words.columns.find(({ id, sortOff }) => id === state.sort?.id && sortOff === undefined)
  const right = [
    ...(old === undefined ? [] : [old]),
    ...(coming ? [moreToCome(reading.data.remaining)] : []),
    ...(reading.data?.partial === undefined ? [] : [clean(reading.data.partial)]),
    ...(words.remark === undefined ? [] : [clean(words.remark.text)]),
    ...(sorted === undefined ? [] : [`sort: ${sorted.id}`]),
  ].join('   ')
  const title = clip(left, Math.max(1, width - 1), 'end', theme.glyph.cut)
  const rest = Math.max(0, width - widthOf(title) - 3)
  const tail = clip(right, rest, 'end', theme.glyph.cut)
  const space = ' '.repeat(Math.max(0, width - 1 - widthOf(title) - widthOf(tail)))
  const role = old === undefined ? (words.remark?.role ?? 'dim') : 'warn'
  return `${theme.paint('title', title)}${space}${theme.paint(role, tail)} `
}

function moreToCome(remaining: number | undefined): string {
  return remaining === undefined ? 'more to come' : `${si(remaining)} more to come`
}

/** The sentence that stands where the rows would. */
export function noticeLines(words: TableWords, rows: number): string[] {
  const { theme, reading, width } = words
  const of = words.scope === '' ? words.what : `${words.what} in ${words.scope}`
  const none = missing(reading, of, theme)
  const total = reading.data?.rows.length ?? 0
  const waiting = reading.data !== undefined && !reading.data.complete
  const text =
    none?.text ??
    (total > 0
      ? `none of ${total} ${words.what} match ${words.kept ?? 'the filter'}`
      : waiting
        ? `waiting for ${of}`
        : `no ${of}`)
  return wrap(clean(text), Math.max(10, width - 4))
    .slice(0, rows)
    .map((line) => theme.paint(none?.role ?? 'dim', pad(`   ${line}`, width)))
}
