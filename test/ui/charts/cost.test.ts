// What a chart costs, by relation: many series must not cost as many times as much, since six of them are drawn.
import { expect, test } from 'vitest'
import type { LineChart } from '#ui/charts/chart.ts'
import { lineChart } from '#ui/charts/line.ts'
import { scales } from '#ui/format.ts'
import { createTheme } from '#ui/theme.ts'

const theme = createTheme({ level: 3, ascii: false })
const from = 1_710_058_620_000
const times = Array.from({ length: 400 }, (_, index) => from + index * 15_000)

function chart(count: number, stack: boolean): LineChart {
  return {
    series: Array.from({ length: count }, (_, index) => ({
      name: `shop/pod-${index}`,
      times,
      values: times.map((_, at) => index + Math.sin(at / (3 + index))),
      stack: stack ? { group: 'A', percent: false } : undefined,
    })),
    from,
    to: from + 400 * 15_000,
    timeZone: 'UTC',
    left: { scale: scales.number },
  }
}

/** The least of many runs: what the machine does beside them only ever makes them longer. */
function cost(of: LineChart): number {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < 40; run++) {
    const start = performance.now()
    lineChart(of, 200, 50, theme)
    least = Math.min(least, performance.now() - start)
  }
  return least
}

test.each([false, true])('200 series cost less than 20 times what 6 cost (stacked: %s)', (stack) => {
  const [few, many] = [cost(chart(6, stack)), cost(chart(200, stack))]
  expect(many / few).toBeLessThan(20)
})
