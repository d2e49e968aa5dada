// How much of the dashboards that operators of this stack use has data on the homelab as it is. Where their folder is
// absent (OBSDECK_DASHBOARDS, or ../shared/dashboards) the test is skipped.
import { expect, test } from 'vitest'
import { homelabPrometheus } from '#test/homelab/prometheus/dashboards/homelab.ts'
import { findDashboards } from '#test/homelab/prometheus/real/dashboards.ts'
import { standInFor } from '#test/sources/prometheus/upstream.ts'
import { drawFolder, inState, report } from './shared.ts'

const folder = findDashboards()

test.skipIf(!folder)(
  'at least 250 panels draw data of the homelab (skipped where the dashboards are absent)',
  { timeout: 300_000 },
  async () => {
    const { prometheus, clock } = homelabPrometheus()
    const { url } = await standInFor(() => prometheus)
    const all = await drawFolder(folder ?? '', url, clock.now())
    console.log(`panels that draw data of the homelab:\n${report(all)}`)
    expect(inState(all, 'data').length).toBeGreaterThanOrEqual(250)
  },
)
