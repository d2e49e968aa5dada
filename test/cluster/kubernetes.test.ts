// The contract of the Kubernetes API, held against the real one.
import { afterAll, beforeAll } from 'vitest'
import { SUITES } from '#test/contract/kubernetes/suites.ts'
import { type Bed, startBed } from './bed/bed.ts'
import { type ContractBed, contractBed } from './contract-bed.ts'
import { describeBed } from './describe-bed.ts'
import { reportStart } from './report-start.ts'

const parts = ['kube-controller-manager', 'kube-scheduler', 'kwok', 'prometheus'] as const

describeBed('a real control plane', parts, () => {
  let bed: Bed
  let contract: ContractBed
  beforeAll(async () => {
    bed = await startBed({ parts })
    reportStart(bed)
    contract = await contractBed(bed)
  })
  afterAll(async () => {
    await contract?.close()
    await bed?.close()
  })

  for (const [about, suite] of SUITES) {
    describeBed(`keeps the contract for ${about}`, parts, () => suite(async () => contract.shared))
  }
})
