// How the tests run: on the sources, two workers, no retries; what needs a built program finds it in dist/.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/cluster/**', 'test/bench/**'],
    env: { CI: 'false', TZ: 'UTC', FORCE_COLOR: '3' },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
