// One dashboard that is open: its content, the values of its variables, and each panel's data while it is looked at.
// What works on them is loaded when one is opened: no start of the cockpit waits for it.

import type { Dashboard } from '#model/dashboard/dashboard.ts'
import type { LaidPanel } from '#model/dashboard/layout.ts'
import type { PanelData } from '#model/dashboard/panel-data.ts'
import type { PanelContext } from '#model/dashboard/panel-queries.ts'
import { boundsOf, type TimeRange } from '#model/time.ts'
import { createCell } from './cell.ts'
import type { Variables } from './dashboard-variables.ts'
import { combine, mapFeed, switchFeed } from './derive.ts'
import type { Feed } from './feed.ts'
import { keptFeeds } from './kept-feeds.ts'
import { type Live, nothingYet } from './live.ts'
import { poll } from './poll.ts'
import type { Questions } from './questions.ts'
import type { Timing } from './timing.ts'

export interface OpenDashboard {
  readonly content: Feed<Live<Dashboard>>
  readonly variables: Feed<Live<Variables>>
  /** What the operator wants of a variable; what is no option of it is passed over. */
  choose(variable: string, values: readonly string[]): void
  /** Each panel's data, in their order. The same panels are the same feed; asked for only while somebody looks. */
  panels(asked: readonly AskedPanel[]): Feed<readonly Live<PanelData>[]>
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
/** Dashboards and what there is to choose from change seldom. */
const contentInterval = 10 * minute
const variablesInterval = 5 * minute
const panelInterval = 30_000
const timeout = 30_000
/** How often things are scraped unless the data source says otherwise. */
const scrape = 30_000
const keptPanels = 60

export function openDashboard({ read, ask, range, timing, wanted = {} }: OpenDashboardParts): OpenDashboard {
  const content = poll<Dashboard>({ read, interval: contentInterval, timing })
  const choices = createCell(wanted)
  const variables = variablesOf(content, choices, { ask, range, timing })
  const panels = keptFeeds<Live<PanelData>>(keptPanels)
  let last: { key: string; board: Dashboard; feed: Feed<readonly Live<PanelData>[]> } | undefined

  const panelFeed = (panel: LaidPanel, columns: number, board: Dashboard, { state, values }: Variables) => {
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
      switchFeed(range, (shared) =>
        poll<PanelData>({
          read: async (signal) => {
            const { readPanel } = await import('./read-panel.ts')
            return readPanel(ask, panel, context(shared), signal)
          },
          interval: panelInterval,
          timeout,
          timing,
        }),
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
        const feeds = asked.map(({ panel, columns }) => panelFeed(panel, columns, board, found))
        last = { key, board, feed: combine(feeds, (...lives) => lives) }
      }
      return last.feed
    },
  }
}

const none: Feed<readonly Live<PanelData>[]> = { get: () => noPanels, subscribe: () => () => undefined }
const noPanels: readonly Live<PanelData>[] = []

/** What was known stays while another choice is asked about, so that the panels do not leave the screen. */
function variablesOf(
  content: Feed<Live<Dashboard>>,
  choices: Feed<Readonly<Record<string, readonly string[]>>>,
  { ask, range, timing }: Pick<OpenDashboardParts, 'ask' | 'range' | 'timing'>,
): Feed<Live<Variables>> {
  let last: Variables | undefined
  const asked = switchFeed(
    mapFeed(content, ({ data }) => data),
    (board) =>
      board === undefined
        ? mapFeed(content, ({ gap }) => ({ ...nothingYet, ...(gap && { gap }) }))
        : switchFeed(choices, (wanted) =>
            poll<Variables>({
              read: async (signal) => {
                const bounds = boundsOf(range.get(), timing.now())
                const { readVariables } = await import('./dashboard-variables.ts')
                const read = await readVariables(ask, board.variables, wanted, bounds, signal)
                last = read
                return read
              },
              interval: variablesInterval,
              timeout,
              timing,
            }),
          ),
  )
  return mapFeed(asked, (live) =>
    live.data === undefined && last !== undefined ? { ...live, data: last, dataAt: timing.now() } : live,
  )
}
