// Before the suites: one line about what this machine lacks, instead of one in every file.
import { missingPrograms } from './bed/bed.ts'

export function setup(): void {
  const missing = missingPrograms()
  if (missing.length === 0) return
  console.warn(`skipped: ${missing.join(', ')} missing; npm run test:cluster:install builds them (needs Go)`)
}
