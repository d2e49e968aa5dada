// How much of the dashboards that operators of this stack use has data on the homelab. They are not part of the
// project: where their folder is absent (OBSDECK_DASHBOARDS, or ../shared/dashboards) the test is skipped.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Dashboard } from './dashboard.ts'
import { askedHomelab } from './homelab.ts'

const folder = process.env.OBSDECK_DASHBOARDS ?? join(import.meta.dirname, '../../../../../shared/dashboards')
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : []

test.skipIf(files.length === 0)(
  `at least 250 panels of the dashboards in ${folder} have data (skipped where there are none)`,
  { timeout: 600_000 },
  async () => {
    const { look } = askedHomelab()
    const counts: string[] = []
    let all = 0
    let drawn = 0
    for (const file of files) {
      const { full, empty } = await look(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Dashboard)
      const size = full.length + empty.length
      all += size
      drawn += full.length
      const without = empty.map(({ title }) => title || '(untitled)').join(', ')
      counts.push(
        `${String(full.length).padStart(4)} of ${String(size).padEnd(4)}${file}  ${without && `without: ${without}`}`,
      )
    }
    console.log(`panels with data on the homelab:\n${counts.join('\n')}\n${drawn} of ${all} in all`)
    expect(drawn).toBeGreaterThanOrEqual(250)
  },
)
