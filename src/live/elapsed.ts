// False until so many milliseconds after somebody began to look, then true: for what is said only of a long wait.
import type { Feed } from './feed.ts'
import { lazyFeed } from './lazy-feed.ts'
import type { Timing } from './timing.ts'

export function elapsedFeed(timing: Timing, milliseconds: number): Feed<boolean> {
  return lazyFeed(false, (emit, get) => (get() ? () => {} : timing.after(milliseconds, () => emit(true))))
}
