// The part of a dashboard that is on the screen: which lines, which blocks, and the lines put together.
import type { Block } from './arrange.ts'

/** The first line shown so that the focused block is in view, as near to where it was as can be. */
export function scrolledTo(top: number, block: Block | undefined, rows: number, height: number): number {
  const last = Math.max(0, height - rows)
  if (block === undefined) return Math.min(top, last)
  const low = block.y + block.height - rows
  return Math.max(0, Math.min(last, Math.min(block.y, Math.max(top, low))))
}

export const isVisible = ({ y, height }: Block, top: number, rows: number): boolean =>
  y < top + rows && y + height > top

/** `drawn`: each visible block's lines, by key. Exactly `rows` lines. */
export function compose(
  blocks: readonly Block[],
  drawn: ReadonlyMap<string, readonly string[]>,
  top: number,
  rows: number,
): string[] {
  return Array.from({ length: rows }, (_, index) => {
    const y = top + index
    return blocks
      .filter((block) => block.y <= y && y < block.y + block.height)
      .map((block) => drawn.get(block.key)?.[y - block.y] ?? ' '.repeat(block.width))
      .join('')
  })
}
