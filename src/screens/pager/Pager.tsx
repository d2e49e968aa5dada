// A long text on the screen: scrolled, searched, broken or cut; followed where it grows.
import { type ReactNode, useMemo, useReducer } from 'react'
import type { ScreenProps } from '#screens/screen.ts'
import type { Binding, KeyName } from '#ui/keymap.ts'
import { Line } from '#ui/Line.tsx'
import { useKeys } from '#ui/useKeys.ts'
import { pagerBindings } from './keys.ts'
import { breakLines, drawLine, findLine, pagerTitle, type TextLine, textOf, uncut } from './lines.ts'
import { type Move, type PagerState, reducePager, topOf } from './state.ts'

export interface PagerProps<Action extends string> {
  readonly screen: ScreenProps
  readonly title: string
  /** At the right of the title. */
  readonly remarks: string
  /** A new array only when something changed. */
  readonly lines: readonly TextLine[]
  readonly start: Pick<PagerState, 'follow' | 'wrapped'>
  /** Actions of `keys` that look for the next line of a kind. */
  readonly seekers?: Readonly<Record<string, Seeker>>
  /** The action of `keys` that holds the end in view, and lets go of it. */
  readonly followKey?: Action
  readonly keys: {
    readonly title: string
    readonly bindings: readonly Binding<Action>[]
    run(action: Action, key: KeyName): void
    readonly off?: Readonly<Partial<Record<string, string>>>
  }
}

export interface Seeker {
  readonly test: (line: TextLine) => boolean
  readonly step: 1 | -1
}

const moves: readonly Move[] = ['up', 'down', 'page-up', 'page-down', 'half-up', 'half-down', 'first', 'last']

export function Pager<Action extends string>(props: PagerProps<Action>): ReactNode {
  const { screen, lines, keys } = props
  const { columns, theme, memory } = screen
  const height = Math.max(1, screen.rows - 1)
  const [state, dispatch] = useReducer(reducePager, undefined, () => remembered(memory, props.start))
  memory.set('pager', state)
  const drawn = useMemo(
    () => (state.wrapped ? breakLines(lines, columns - 2) : uncut(lines)),
    [lines, columns, state.wrapped],
  )
  const view = { count: drawn.length, height }
  const top = topOf(state, view)
  const search = screen.filter.trim().toLowerCase()

  const seek = (what: string, { test, step }: Seeker) => {
    // The line in the upper third is where the last hit was put.
    const line = findLine(drawn, test, Math.min(drawn.length - 1, top + Math.floor(height / 3)), step)
    if (line === undefined) screen.say(`no line has ${what}`, 'warn')
    else dispatch({ type: 'to', line, view })
  }
  const seekText = (step: 1 | -1) => () => {
    if (search === '') screen.say('nothing is searched: / searches')
    else seek(search, { test: (line) => textOf(line).includes(search), step })
  }
  const run: Record<string, (key: KeyName) => void> = {
    next: seekText(1),
    previous: seekText(-1),
    wrap: () => dispatch({ type: 'wrap' }),
  }
  for (const how of moves) run[how] = () => dispatch({ type: 'move', how, view })
  for (const { action } of keys.bindings) run[action] = (key) => keys.run(action, key)
  for (const [action, seeker] of Object.entries(props.seekers ?? {}))
    run[action] = () => seek('an error', seeker)
  if (props.followKey !== undefined)
    run[props.followKey] = () => dispatch({ type: 'follow', on: !state.follow })
  const bindings = useMemo(() => [...keys.bindings, ...pagerBindings], [keys.bindings])
  useKeys<string>({ title: keys.title, bindings, run, ...(keys.off && { off: keys.off }) })

  const shown = drawn.slice(top, top + height)
  const place =
    drawn.length > height ? ` ${top + 1}–${Math.min(drawn.length, top + height)} of ${drawn.length}` : ''
  return (
    <>
      <Line text={pagerTitle(props.title, `${props.remarks}${place}`, columns, theme)} />
      {shown.map((line, index) => (
        <Line key={`line-${String(index)}`} text={` ${drawLine(line, columns - 2, search, theme)} `} />
      ))}
    </>
  )
}

function remembered(memory: Map<string, unknown>, start: PagerProps<never>['start']): PagerState {
  // Only this file writes the entry.
  return (memory.get('pager') as PagerState | undefined) ?? { top: 0, ...start }
}
