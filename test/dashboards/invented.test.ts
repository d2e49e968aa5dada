// The dashboards that operators of this stack use, on a Prometheus that has series for whatever it is asked: they load,
// and nearly every panel draws data. Where their folder is absent (OBSDECK_DASHBOARDS, or ../shared/dashboards) the
// test is skipped.
import { expect, test } from 'vitest'
import { inventedNow, inventing } from '#test/homelab/prometheus/inventing.ts'
import { findDashboards } from '#test/homelab/prometheus/real/dashboards.ts'
import { standInFor } from '#test/sources/prometheus/upstream.ts'
import { plotColumns } from './draw-all.ts'
import { drawFolder, inState, report } from './shared.ts'

const folder = findDashboards()

test.skipIf(!folder)(
  'of 540 panels 30 are texts and at least 500 draw data (skipped where the dashboards are absent)',
  { timeout: 300_000 },
  async () => {
    const { url, asked } = await standInFor(({ path, params }) => inventing(path, params))
    const all = await drawFolder(folder ?? '', url, inventedNow)
    console.log(`panels that draw invented data:\n${report(all)}`)
    expect(new Set(all.map(({ file }) => file)).size).toBe(18)
    expect(all.length).toBe(540)
    expect(inState(all, 'text').length).toBe(30)
    expect(inState(all, 'data').length).toBeGreaterThanOrEqual(500)
    // No more than two points a column of the chart, whatever step a dashboard asks for.
    const points = asked.flatMap(({ params }) => {
      const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(params.get(name)))
      return params.has('step') ? [((end ?? 0) - (start ?? 0)) / (step ?? 1) + 1] : []
    })
    expect(points.length).toBeGreaterThan(500)
    expect(Math.max(...points)).toBeLessThanOrEqual(2 * plotColumns)
    // Loki is not asked: each of its panels says so.
    const logs = all.filter(({ file }) => file === 'flux-logs.json')
    expect(logs.map(({ text }) => text)).toEqual([
      expect.stringMatching(/Loki/),
      expect.stringMatching(/Loki/),
    ])
  },
)
