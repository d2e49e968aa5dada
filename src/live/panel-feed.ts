// One panel's data, read again and again, and how far the reading is: a slow Prometheus must be seen to work.
import type { LaidPanel } from '#model/dashboard/layout.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import type { PanelContext } from '#model/dashboard/panel-queries.ts'
import { createCell } from './cell.ts'
import { combine } from './derive.ts'
import type { Feed } from './feed.ts'
import type { Live } from './live.ts'
import { poll } from './poll.ts'
import type { Questions } from './questions.ts'
import type { Timing } from './timing.ts'

/** What is under way: since when (milliseconds since the epoch), and how many of its questions were answered. */
export interface Loading {
  readonly since: number
  readonly answered: number
  readonly of: number
}

export type LivePanel = Live<PanelData> & { readonly loading?: Loading }

const interval = 30_000
/** Each question has its own patience; this bounds the wait for a turn among those of all panels. */
const timeout = 10 * 60_000

export function panelFeed(
  ask: Questions,
  panel: LaidPanel,
  context: () => PanelContext,
  timing: Timing,
): Feed<LivePanel> {
  const progress = createCell<Loading | undefined>(undefined)
  const read = async (signal: AbortSignal): Promise<PanelData> => {
    const since = timing.now()
    progress.set(undefined)
    const { readPanel } = await import('./read-panel.ts')
    // What is read for nobody any more has no progress.
    return readPanel(ask, panel, context(), signal, (answered, of) => {
      if (!signal.aborted) progress.set({ since, answered, of })
    })
  }
  return combine([poll<PanelData>({ read, interval, timeout, timing }), progress], (live, loading) =>
    loading !== undefined && live.pending ? { ...live, loading } : live,
  )
}
