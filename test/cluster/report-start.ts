// Says how long a bed took, in the output of its suite.
import type { Bed } from './bed/bed.ts'

export function reportStart({ took, pids }: Bed): void {
  console.info(`bed of ${pids().size} parts up after ${(took / 1000).toFixed(1)} s`)
}
