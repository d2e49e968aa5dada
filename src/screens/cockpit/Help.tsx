// The help page of the screen that is shown, made from the bindings that are in force.
import { type ReactNode, useReducer } from 'react'
import { type HelpSection, helpLines } from '#ui/footer.ts'
import type { Binding } from '#ui/keymap.ts'
import { Lines } from '#ui/Line.tsx'
import type { Theme } from '#ui/theme.ts'
import { useKeys } from '#ui/useKeys.ts'

const bindings = [
  { keys: ['pgdn', 'down', 'j'], action: 'down', label: 'page down', footer: 1 },
  { keys: ['pgup', 'up', 'k'], action: 'up', label: 'page up', footer: 2 },
] as const satisfies readonly Binding[]

export function Help({
  sections,
  columns,
  rows,
  theme,
}: {
  readonly sections: readonly HelpSection[]
  readonly columns: number
  readonly rows: number
  readonly theme: Theme
}): ReactNode {
  const lines = helpLines(sections, columns, theme)
  const last = Math.max(0, lines.length - rows)
  const [top, move] = useReducer((from: number, by: number) => Math.max(0, Math.min(last, from + by)), 0)
  useKeys({
    title: 'this page',
    bindings,
    run: { down: () => move(rows - 1), up: () => move(1 - rows) },
  })
  return <Lines lines={lines.slice(top)} rows={rows} />
}
