// One dashboard that is open: its content, the values of its variables, and each panel's data while it is looked at.
// What works on them is loaded when one is opened: no start of the cockpit waits for it.

import type { Dashboard } from '#model/dashboard/dashboard.ts'
import type { LaidPanel } from '#model/dashboard/layout.ts'
import type { PanelContext } from '#model/dashboard/panel-queries.ts'
import { boundsOf, type TimeRange } from '#model/time.ts'
import { createCell } from './cell.ts'
import type { Variables } from './dashboard-variables.ts'
import { combine, switchFeed } from './derive.ts'
import type { Feed } from './feed.ts'
import { keptFeeds } from './kept-feeds.ts'
import { lingering } from './lingering.ts'
import type { Live } from './live.ts'
import { constantFeed } from './no-feed.ts'
import { type LivePanel, panelFeed } from './panel-feed.ts'
import { poll } from './poll.ts'
import type { Questions } from './questions.ts'
import type { Timing } from './timing.ts'
import { type LiveVariables, variablesFeed } from './variables-feed.ts'

export type { LivePanel } from './panel-feed.ts'
export type { LiveVariables } from './variables-feed.ts'

export interface OpenDashboard {
  readonly content: Feed<Live<Dashboard>>
  readonly variables: Feed<LiveVariables>
  /** What the operator wants of a variable; what is no option of it is passed over. */
  choose(variable: string, values: readonly string[]): void
  /** Each panel's data, in their order. The same panels are the same feed; asked for only while somebody looks. */
  panels(asked: readonly AskedPanel[]): Feed<readonly LivePanel[]>
}

export interface AskedPanel {
  readonly panel: LaidPanel
  /** Of its plot. */
  readonly columns: number
}

export interface OpenDashboardParts {
  readonly read: (signal: AbortSignal) => Promise<Dashboard>
  readonly ask: Questions
  readonly range: Feed<TimeRange>
  readonly timing: Timing
  /** What is wanted of variables from the start. */
  readonly wanted?: Readonly<Record<string, readonly string[]>>
}

const minute = 60_000
/** Dashboards change seldom. */
const contentInterval = 10 * minute
/** How often things are scraped unless the data source says otherwise. */
const scrape = 30_000
const keptPanels = 60

export function openDashboard({ read, ask, range, timing, wanted = {} }: OpenDashboardParts): OpenDashboard {
  const content = poll<Dashboard>({ read, interval: contentInterval, timing })
  const choices = createCell(wanted)
  const variables = variablesFeed(content, choices, { ask, range, timing })
  const panels = keptFeeds<LivePanel>(keptPanels)
  let last: { key: string; board: Dashboard; feed: Feed<readonly LivePanel[]> } | undefined

  const feedOf = (panel: LaidPanel, columns: number, board: Dashboard, { state, values }: Variables) => {
    const context = (shared: TimeRange): PanelContext => ({
      scope: { variables: board.variables, state },
      ...boundsOf(shared, timing.now()),
      columns,
      scrape,
      dashboard: board.title,
    })
    // By all that it asks and shows: a dashboard that was changed has other panels of the same keys.
    const key = JSON.stringify([panel, columns, values])
    return panels(key, () =>
      lingering(
        switchFeed(range, (shared) => panelFeed(ask, panel, () => context(shared), timing)),
        timing,
      ),
    )
  }

  return {
    content,
    variables,
    choose(variable, values) {
      choices.set({ ...choices.get(), [variable]: values })
    },
    panels(asked) {
      const board = content.get().data
      const found = variables.get().data
      if (board === undefined || found === undefined) return none
      const keys = asked.map(({ panel, columns }) => `${panel.key} ${panel.shift ?? 0} ${columns}`)
      const key = [found.values, ...keys].join('\n')
      if (last?.key !== key || last.board !== board) {
        const feeds = asked.map(({ panel, columns }) => feedOf(panel, columns, board, found))
        last = { key, board, feed: combine(feeds, (...lives) => lives) }
      }
      return last.feed
    },
  }
}

const none: Feed<readonly LivePanel[]> = constantFeed([])
