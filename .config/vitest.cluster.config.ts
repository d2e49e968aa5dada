// How the suites on the real control plane run: one file after the other, each with a bed of its own, since a bed uses
// the whole machine while it starts.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/cluster/**/*.test.ts'],
    env: { CI: 'false', TZ: 'UTC', FORCE_COLOR: '3' },
    globalSetup: ['test/cluster/say-what-is-missing.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
