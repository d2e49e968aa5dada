// What the editing keys of a line do, for `useKeys`.
import { type EditAction, editActions } from './keys.ts'
import type { ExplorerEvent } from './state.ts'

export function editRun(dispatch: (event: ExplorerEvent) => void): Readonly<Record<EditAction, () => void>> {
  const run = editActions.map((edit) => [edit, () => dispatch({ type: 'edit', edit })] as const)
  return Object.fromEntries(run) as Record<EditAction, () => void>
}
