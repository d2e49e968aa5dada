// The cockpit's first frame as lines. Ink and the screens take longer to load than all that is needed for it, on a small
// machine by half a second: it is drawn before they are loaded, and Ink draws the same in its place.
import type { Deck } from '#live/deck.ts'
import { arrangeOverview } from '#screens/overview/arrange.ts'
import { overviewLines } from '#screens/overview/lines.ts'
import { footerLine } from '#ui/footer.ts'
import { frameLines, frameRows, hasRoom } from '#ui/frame.ts'
import type { Theme } from '#ui/theme.ts'
import { headerText } from './header-text.ts'
import { globalBindings } from './keys.ts'

export interface Opening {
  readonly deck: Deck
  readonly screen: string
  readonly columns: number
  readonly rows: number
  readonly theme: Theme
  readonly timeZone?: string
  readonly readOnly: boolean
}

/** Nothing where the cockpit has no room. */
export function openingLines(opening: Opening): string[] {
  const { deck, screen, columns, rows, theme, timeZone, readOnly } = opening
  if (!hasRoom(columns, rows)) return []
  const place = { screen, faultsOnly: false }
  const parts = {
    header: headerText({ deck, place, columns, theme, timeZone, readOnly }),
    body: screen === 'overview' ? overviewBody(opening) : [],
    footer: footerLine(globalBindings, columns, theme),
  }
  return frameLines({ columns, rows }, parts, theme)
}

function overviewBody({ deck, columns, rows, theme, timeZone }: Opening): string[] {
  const size = { columns, rows: rows - frameRows, now: deck.now.get(), timeZone }
  const view = { late: false, keep: () => true, kept: '' }
  return overviewLines(arrangeOverview(deck.overview.get(), { ...size, ...view }, theme), undefined, theme)
}
