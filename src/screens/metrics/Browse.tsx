// All metrics with their types and help, filtered as one types; the one picked goes into the query.
import { type ReactNode, useContext, useMemo } from 'react'
import { placeAt } from '#model/promql/expected.ts'
import { helpOf, metricText, ranked, withOffer } from '#model/promql/offers.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { Lines } from '#ui/Line.tsx'
import { drawEditLine } from '#ui/line-edit.ts'
import { missing } from '#ui/notice.ts'
import { LateContext } from '#ui/Patience.tsx'
import { clip, pad } from '#ui/text.ts'
import { useKeys } from '#ui/useKeys.ts'
import { editRun } from './edit-run.ts'
import { browsingBindings } from './keys.ts'
import { offerRows } from './offer-lines.ts'
import { useMetrics } from './offers.ts'
import type { Browsing, ExplorerEvent } from './state.ts'

export function Browse({
  screen,
  mode,
  rows,
  dispatch,
}: {
  readonly screen: ScreenProps
  readonly mode: Browsing
  readonly rows: number
  dispatch(event: ExplorerEvent): void
}): ReactNode {
  const { deck, columns, theme } = screen
  const live = useMetrics(deck)
  const late = useContext(LateContext)
  const { filter, pick, into } = mode
  const all = live.data?.names
  const wanted = filter.text.trim()
  const found = useMemo(() => ranked(all ?? [], wanted), [all, wanted])
  const room = Math.max(1, rows - 2)
  const top = Math.max(0, pick - room + 1)
  const shown = found.slice(top, top + room).map((name) => {
    const { type = '', help = '' } = helpOf(name, live.data?.help) ?? {}
    return { name, about: type, help }
  })
  const move = (by: number) => () => dispatch({ type: 'pick', by, count: found.length })
  useKeys({
    title: 'browsing',
    bindings: browsingBindings,
    type: (text) => dispatch({ type: 'type', text }),
    run: {
      ...editRun(dispatch),
      down: move(1),
      up: move(-1),
      'page-down': move(room),
      'page-up': move(-room),
      take: () => {
        const name = found[pick]
        if (name === undefined) return
        dispatch({ type: 'take', line: putIn(into.line, name) })
      },
      stop: () => dispatch({ type: 'stop' }),
    },
  })
  const none = missing(live, 'metric names', theme)
  const said =
    none !== undefined
      ? live.gap !== undefined || late
        ? theme.paint(none.role, `   ${clip(none.text, columns - 4, 'end', theme.glyph.cut)}`)
        : ''
      : found.length === 0
        ? theme.paint('dim', `   none of ${all?.length ?? 0} metrics has this in its name`)
        : undefined
  const counted = `${found.length}${live.data?.cut ? '+' : ''} of ${all?.length ?? 0} `
  const tail = all === undefined ? '' : counted
  const title = ' metrics  /'
  const head =
    theme.paint('title', title) +
    drawEditLine(filter, columns - title.length - tail.length, theme) +
    theme.paint('dim', tail)
  const lines = said === undefined ? offerRows(shown, pick - top, columns, theme) : [said]
  return <Lines lines={[pad(head, columns), ...lines]} rows={rows} />
}

/** In the place of what is typed where a metric may stand; else where the cursor is. */
function putIn({ text, cursor }: { readonly text: string; readonly cursor: number }, name: string) {
  const { expected } = placeAt(text, cursor)
  const span = expected.kind === 'operand' ? expected : { ...expected, from: cursor, to: cursor }
  return withOffer(text, span, { name, kind: 'metric', about: '', help: '', insert: metricText(name) })
}
