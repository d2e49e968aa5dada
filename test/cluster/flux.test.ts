// Flux itself: the fleet on a bed.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Bed, startBed } from './bed/bed.ts'
import { CONTROLLERS } from './bed/flux.ts'
import { describeBed } from './describe-bed.ts'
import { type Fleet, startFleet } from './fleet/fleet.ts'
import { reportStart } from './report-start.ts'

const parts = ['kube-controller-manager', 'kube-scheduler', 'kwok', ...CONTROLLERS] as const

describeBed('a fleet on a real control plane', parts, () => {
  let bed: Bed
  let fleet: Fleet
  beforeAll(async () => {
    bed = await startBed({ parts })
    reportStart(bed)
    fleet = await startFleet(bed)
    console.info(`what is healthy in the fleet Ready after ${(fleet.took / 1000).toFixed(1)} s`)
  })
  afterAll(async () => {
    await fleet?.close()
    await bed?.close()
  })

  it('has what is healthy Ready within 30 s', () => {
    expect(fleet.took).toBeLessThan(30_000)
  })
})
