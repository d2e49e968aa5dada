// A suite on the bed: skipped where the programs for its parts are missing.
import { describe } from 'vitest'
import { missingPrograms } from './bed/bed.ts'
import type { Part } from './bed/parts.ts'

export function describeBed(title: string, parts: readonly Part[] | undefined, suite: () => void): void {
  describe.skipIf(missingPrograms(parts).length > 0)(title, suite)
}
