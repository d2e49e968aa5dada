// The results as a chart, with the keys that read it.
import type { ReactNode } from 'react'
import { boundsOf } from '#model/time.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { lineChart } from '#ui/charts/line.ts'
import type { Reading, ReadingEvent } from '#ui/charts/reading.ts'
import { readingOff, readingRun } from '#ui/charts/reading-keys.ts'
import { Lines } from '#ui/Line.tsx'
import { useKeys } from '#ui/useKeys.ts'
import type { Answered } from './answers.ts'
import { chartOf } from './chart.ts'
import { readBindings } from './keys.ts'

export interface ChartProps {
  readonly screen: ScreenProps
  readonly answers: readonly Answered[]
  readonly reading: Reading
  readonly rows: number
  readonly plotColumns: number
  dispatch(event: ReadingEvent): void
}

export function Chart(props: ChartProps): ReactNode {
  const { deck, timeZone } = props.screen
  const chart = chartOf(props.answers, props.reading, timeZone)
  const lines = chart?.series.length ?? 0
  useKeys({
    title: 'chart',
    bindings: readBindings,
    run: readingRun({
      ...{ columns: props.plotColumns, lines, dispatch: props.dispatch },
      within: chart ?? boundsOf(deck.range.get(), deck.now.get()),
    }),
    off: readingOff(lines),
  })
  return <ChartLines {...props} />
}

/** The same below a line that is typed: no key of it is in force. */
export function ChartLines({
  screen,
  answers,
  reading,
  rows,
}: Omit<ChartProps, 'dispatch' | 'plotColumns'>): ReactNode {
  const { columns, theme, timeZone } = screen
  const chart = chartOf(answers, reading, timeZone)
  if (chart === undefined || rows < 3) return <Lines lines={[]} rows={0} />
  const drawn = lineChart(chart, columns - 2, rows, theme)
  return <Lines lines={drawn.map((line) => ` ${line}`)} rows={rows} />
}
