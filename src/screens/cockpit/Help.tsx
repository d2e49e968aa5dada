// The help page of the screen that is shown, made from the bindings that are in force.
import { type ReactNode, useReducer } from 'react'
import type { HelpSection } from '#ui/footer.ts'
import { helpPages } from '#ui/help-pages.ts'
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
  const pages = helpPages(sections, { columns, rows }, theme)
  const last = pages.length - 1
  const [page, turn] = useReducer((from: number, by: number) => Math.max(0, Math.min(last, from + by)), 0)
  const only = last === 0 ? 'the whole page is shown' : undefined
  useKeys({
    title: 'this page',
    bindings,
    run: { down: () => turn(1), up: () => turn(-1) },
    off: { ...(only && { down: only, up: only }) },
  })
  return <Lines lines={pages[Math.min(page, last)] ?? []} rows={rows} />
}
