// The cursor over the Overview's panes: it stays on its subject, wherever that line goes.
import type { ArrangedBand } from './arrange.ts'
import type { LineTarget } from './pane.ts'

export type Target = LineTarget & {
  /** Counts panes from the top left. */
  readonly pane: number
}

/** Everything that can be selected, pane by pane. */
export function targetsOf(bands: readonly ArrangedBand[]): Target[] {
  return bands
    .flatMap((band) => band.panes)
    .flatMap((pane, index) =>
      pane.flatMap((line) => (line.target === undefined ? [] : [{ ...line.target, pane: index }])),
    )
}

/** The selected one; the first object where nothing is selected or what was is gone. */
export function selectedOf(targets: readonly Target[], id: string | undefined): Target | undefined {
  return targets.find((target) => target.id === id) ?? targets.find((target) => target.ref !== undefined)
}

export type CursorMove = 'down' | 'up' | 'first' | 'last' | 'next-pane' | 'previous-pane'

export function moveCursor(
  targets: readonly Target[],
  id: string | undefined,
  move: CursorMove,
): string | undefined {
  const selected = selectedOf(targets, id)
  if (selected === undefined) return targets[0]?.id
  const index = targets.indexOf(selected)
  switch (move) {
    case 'down':
      return (targets[index + 1] ?? selected).id
    case 'up':
      return (targets[index - 1] ?? selected).id
    case 'first':
      return targets[0]?.id
    case 'last':
      return targets.at(-1)?.id
    case 'next-pane':
      return (targets.find((target) => target.pane > selected.pane) ?? targets[0])?.id
    case 'previous-pane': {
      const before = targets.findLast((target) => target.pane < selected.pane) ?? targets.at(-1)
      return targets.find((target) => target.pane === before?.pane)?.id
    }
  }
}
