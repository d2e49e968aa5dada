// A long text on the screen: scrolled, searched, broken or cut; followed where it grows.
import { type ReactNode, useLayoutEffect, useMemo, useReducer, useRef } from 'react'
import type { ScreenProps } from '#screens/screen.ts'
import { count } from '#ui/format.ts'
import type { Binding, KeyName } from '#ui/keymap.ts'
import { Line } from '#ui/Line.tsx'
import { useKeys } from '#ui/useKeys.ts'
import { pagerBindings } from './keys.ts'
import { createLineMaker, drawLine, pagerTitle, type TextLine, textOf } from './lines.ts'
import { countHits, type LineTest, type Move, type PagerState, reducePager, topOf } from './state.ts'

export interface PagerProps<Action extends string> {
  readonly screen: ScreenProps
  readonly title: string
  /** At the right of the title; `follow` is whether the end is held in view. */
  readonly remarks: (follow: boolean) => string
  /** A new array only when something changed; lines that did not change keep their identity where they can. */
  readonly lines: readonly TextLine[]
  readonly start: Pick<PagerState, 'follow' | 'wrapped' | 'aiming'>
  /** One of `lines`: where the start is aiming, what is brought into view as soon as it is there. */
  readonly aim?: TextLine | undefined
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
  /** As in `no line has …`. */
  readonly what: string
  readonly test: LineTest
  readonly step: 1 | -1
}

const moves: readonly Move[] = ['up', 'down', 'page-up', 'page-down', 'half-up', 'half-down', 'first', 'last']

export function Pager<Action extends string>(props: PagerProps<Action>): ReactNode {
  const { screen, lines, keys } = props
  const { columns, theme, memory } = screen
  const height = Math.max(1, screen.rows - 1)
  const [state, dispatch] = useReducer(reducePager, undefined, () => remembered(memory, props.start))
  memory.set('pager', state)
  const make = useMemo(
    () => createLineMaker(state.wrapped ? columns - 2 : undefined),
    [columns, state.wrapped],
  )
  const drawn = useMemo(() => make(lines), [make, lines])
  const view = { lines: drawn, height, aim: props.aim }
  const hit = state.aiming ? props.aim : state.hit
  const top = topOf(state, view)
  const search = screen.filter.trim().toLowerCase()
  const hits = useMemo(() => countHits(lines, search), [lines, search])

  const look = ({ what, test, step }: Seeker) => {
    if (lines.some(test)) dispatch({ type: 'seek', test, step, view })
    else screen.say(`no line has ${what}`, 'warn')
  }
  const hasText = (line: TextLine) => textOf(line).includes(search)
  const lookForText = (step: 1 | -1) => () => {
    if (search === '') screen.say('nothing is searched: / searches')
    else look({ what: search, test: hasText, step })
  }
  const searched = useRef({ search, from: state })
  useLayoutEffect(() => {
    const before = searched.current
    if (before.search === search) return
    // While it is typed the line nearest to where it began comes into view: at the followed end the last one.
    const from = before.search === '' ? { ...state, hit: undefined } : before.from
    searched.current = { search, from }
    if (search !== '') dispatch({ type: 'seek', test: hasText, step: from.follow ? -1 : 1, from, view })
  })
  const run: Record<string, (key: KeyName) => void> = {
    next: lookForText(1),
    previous: lookForText(-1),
    wrap: () => dispatch({ type: 'wrap', view }),
  }
  for (const how of moves) run[how] = () => dispatch({ type: 'move', how, view })
  for (const { action } of keys.bindings) run[action] = (key) => keys.run(action, key)
  for (const [action, seeker] of Object.entries(props.seekers ?? {})) run[action] = () => look(seeker)
  if (props.followKey !== undefined)
    run[props.followKey] = () => dispatch({ type: 'follow', on: !state.follow, view })
  const bindings = useMemo(() => [...keys.bindings, ...pagerBindings], [keys.bindings])
  useKeys<string>({ title: keys.title, bindings, run, ...(keys.off && { off: keys.off }) })

  const shown = drawn.slice(top, top + height)
  const last = Math.min(drawn.length, top + height)
  const remarks = [
    ...(search === '' ? [] : [`/${search} ${count(hits, 'line')}`]),
    ...(drawn.length > height ? [`${top + 1}–${last} of ${drawn.length}`] : []),
    props.remarks(state.follow),
  ]
  return (
    <>
      <Line text={pagerTitle(props.title, remarks.filter((one) => one !== '').join('   '), columns, theme)} />
      {shown.map((line, index) => (
        <Line
          key={`line-${String(index)}`}
          text={`${line.line === hit && !line.rest ? theme.paint('accent', '>') : ' '}${drawLine(line, columns - 2, search, theme)} `}
        />
      ))}
    </>
  )
}

function remembered(memory: Map<string, unknown>, start: PagerProps<never>['start']): PagerState {
  // Only this file writes the entry.
  return (memory.get('pager') as PagerState | undefined) ?? { top: 0, ...start }
}
