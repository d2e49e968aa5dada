// The values of an open dashboard's variables, as they are chosen.
import type { Dashboard } from '#model/dashboard/dashboard.ts'
import { boundsOf, type TimeRange } from '#model/time.ts'
import type { Variables } from './dashboard-variables.ts'
import { mapFeed, switchFeed } from './derive.ts'
import type { Feed } from './feed.ts'
import { type Live, nothingYet } from './live.ts'
import type { Questions } from './questions.ts'
import { type Reported, reportingPoll } from './reporting-poll.ts'
import type { Timing } from './timing.ts'

export type LiveVariables = Reported<Variables>

const minute = 60_000
/** What there is to choose from changes seldom. */
const interval = 5 * minute
/** They wait for each other, each question with its own patience. */
const timeout = 10 * minute

export interface VariablesParts {
  readonly ask: Questions
  readonly range: Feed<TimeRange>
  readonly timing: Timing
}

/** What was known stays while another choice is asked about, so that the panels do not leave the screen. */
export function variablesFeed(
  content: Feed<Live<Dashboard>>,
  choices: Feed<Readonly<Record<string, readonly string[]>>>,
  { ask, range, timing }: VariablesParts,
): Feed<LiveVariables> {
  let last: Variables | undefined
  const asked = switchFeed(
    mapFeed(content, ({ data }) => data),
    (board): Feed<LiveVariables> =>
      board === undefined
        ? mapFeed(content, ({ gap }) => ({ ...nothingYet, ...(gap && { gap }) }))
        : switchFeed(choices, (wanted) =>
            reportingPoll<Variables>({
              read: async (signal, report) => {
                const bounds = boundsOf(range.get(), timing.now())
                const { readVariables } = await import('./dashboard-variables.ts')
                const read = await readVariables(ask, board.variables, wanted, bounds, signal, report)
                last = read
                return read
              },
              ...{ interval, timeout, timing },
            }),
          ),
  )
  return mapFeed(asked, (live) =>
    live.data === undefined && last !== undefined ? { ...live, data: last, dataAt: timing.now() } : live,
  )
}
