// One panel's data, read again and again.
import type { LaidPanel } from '#model/dashboard/layout.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import type { PanelContext } from '#model/dashboard/panel-queries.ts'
import type { Feed } from './feed.ts'
import type { Questions } from './questions.ts'
import { type Reported, reportingPoll } from './reporting-poll.ts'
import type { Timing } from './timing.ts'

export type LivePanel = Reported<PanelData>

const interval = 30_000
/** Each question has its own patience; this bounds the wait for a turn among those of all panels. */
const timeout = 10 * 60_000

export function panelFeed(
  ask: Questions,
  panel: LaidPanel,
  context: () => PanelContext,
  timing: Timing,
): Feed<LivePanel> {
  return reportingPoll<PanelData>({
    read: async (signal, report) => {
      const { readPanel } = await import('./read-panel.ts')
      return readPanel(ask, panel, context(), signal, report)
    },
    ...{ interval, timeout, timing },
  })
}
