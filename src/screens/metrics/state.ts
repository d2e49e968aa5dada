// The explorer's queries, which of them is looked at, and what is being typed: a reducer.
import type { Reading, ReadingEvent } from '#ui/charts/reading.ts'
import { reduceReading, startReading } from '#ui/charts/reading.ts'
import { type Edit, type EditLine, edited, inserted, lineOf } from '#ui/line-edit.ts'

/** A query is typed into: `pick` is the offer picked, -1 none; `recall` counts back through the history. */
export interface Typing {
  readonly type: 'typing'
  readonly line: EditLine
  readonly pick: number
  readonly recall: number
  /** What was typed before the history was gone through. */
  readonly draft: EditLine
}

/** The list of metrics, to be put into what is typed. */
export interface Browsing {
  readonly type: 'browsing'
  readonly filter: EditLine
  readonly pick: number
  readonly into: Typing
  /** What `esc` goes back to. */
  readonly before: ExplorerState
}

export interface ExplorerState {
  readonly queries: readonly string[]
  readonly focus: number
  readonly view: 'chart' | 'table'
  readonly mode: { readonly type: 'result' } | Typing | Browsing
  readonly reading: Reading
  /** Counts the queries that were run: each is waited for anew. */
  readonly runs: number
}

export type ExplorerEvent =
  | { readonly type: 'reading'; readonly event: ReadingEvent }
  | { readonly type: 'open' | 'add' | 'remove' | 'view' | 'browse' | 'stop' | 'run' }
  | { readonly type: 'focus'; readonly by: 1 | -1 }
  | { readonly type: 'type'; readonly text: string }
  | { readonly type: 'edit'; readonly edit: Edit }
  /** A line with an offer in it. */
  | { readonly type: 'take'; readonly line: EditLine }
  | { readonly type: 'pick'; readonly by: number; readonly count: number }
  | { readonly type: 'recall'; readonly by: 1 | -1; readonly history: readonly string[] }

export const mostQueries = 6

export function startOf(queries: readonly string[]): ExplorerState {
  const state: ExplorerState = {
    ...{ queries: queries.slice(0, mostQueries), focus: 0, view: 'chart', runs: 0 },
    ...{ mode: { type: 'result' }, reading: startReading },
  }
  return queries.length === 0 ? reduceExplorer(state, { type: 'add' }) : state
}

export function reduceExplorer(state: ExplorerState, event: ExplorerEvent): ExplorerState {
  switch (event.type) {
    case 'reading':
      return { ...state, reading: reduceReading(state.reading, event.event) }
    case 'view':
      return { ...state, view: state.view === 'chart' ? 'table' : 'chart' }
    case 'focus': {
      const count = Math.max(1, state.queries.length)
      return { ...state, focus: (state.focus + event.by + count) % count }
    }
    case 'open':
      return state.queries.length === 0
        ? reduceExplorer(state, { type: 'add' })
        : { ...state, mode: typing(lineOf(state.queries[state.focus] ?? '')) }
    case 'add':
      return state.queries.length >= mostQueries
        ? state
        : {
            ...state,
            queries: [...state.queries, ''],
            focus: state.queries.length,
            mode: typing(lineOf('')),
          }
    case 'remove':
      return withQuery(state, '')
    default:
      return typed(state, event)
  }
}

const typing = (line: EditLine): Typing => ({ type: 'typing', line, pick: -1, recall: 0, draft: line })

/** The focused query changed; one that became empty goes. */
function withQuery(state: ExplorerState, text: string): ExplorerState {
  const queries =
    text === '' ? state.queries.toSpliced(state.focus, 1) : state.queries.toSpliced(state.focus, 1, text)
  return {
    ...state,
    queries,
    focus: Math.max(0, Math.min(queries.length - 1, state.focus)),
    mode: { type: 'result' },
    reading: reduceReading(state.reading, { type: 'other' }),
    runs: state.runs + 1,
  }
}

function typed(state: ExplorerState, event: ExplorerEvent): ExplorerState {
  const { mode } = state
  if (event.type === 'browse') {
    // What is typed takes the metric in; a query that stands as it is does not: the metric is one more.
    const opened = mode.type === 'typing' ? state : reduceExplorer(state, { type: 'add' })
    if (opened.mode.type !== 'typing') return state
    return {
      ...opened,
      mode: { type: 'browsing', filter: lineOf(''), pick: 0, into: opened.mode, before: state },
    }
  }
  if (mode.type === 'typing') return typedInto(state, mode, event)
  if (mode.type === 'browsing') return browsed(state, mode, event)
  return state
}

function typedInto(state: ExplorerState, mode: Typing, event: ExplorerEvent): ExplorerState {
  const line = (next: EditLine): ExplorerState => ({
    ...state,
    mode: { ...mode, line: next, pick: -1, recall: 0, draft: next },
  })
  switch (event.type) {
    case 'type':
      return line(inserted(mode.line, event.text))
    case 'edit':
      return line(edited(mode.line, event.edit))
    case 'take':
      return line(event.line)
    case 'pick':
      return { ...state, mode: { ...mode, pick: within(mode.pick + event.by, -1, event.count) } }
    case 'recall': {
      const recall = within(mode.recall - event.by, 0, event.history.length + 1)
      const old = recall === 0 ? mode.draft : lineOf(event.history.at(-recall) ?? '')
      return { ...state, mode: { ...mode, line: old, recall, pick: -1 } }
    }
    case 'run':
      return withQuery(state, mode.line.text.trim())
    case 'stop':
      return state.queries[state.focus] === '' ? withQuery(state, '') : { ...state, mode: { type: 'result' } }
    default:
      return state
  }
}

function browsed(state: ExplorerState, mode: Browsing, event: ExplorerEvent): ExplorerState {
  switch (event.type) {
    case 'type':
      return { ...state, mode: { ...mode, filter: inserted(mode.filter, event.text), pick: 0 } }
    case 'edit':
      return { ...state, mode: { ...mode, filter: edited(mode.filter, event.edit), pick: 0 } }
    case 'pick':
      return { ...state, mode: { ...mode, pick: within(mode.pick + event.by, 0, event.count) } }
    case 'take':
      return { ...state, mode: typing(event.line) }
    case 'stop':
      return { ...mode.before, reading: state.reading }
    default:
      return state
  }
}

const within = (value: number, least: number, count: number) => Math.max(least, Math.min(count - 1, value))
