// The parts of a pod in protobuf that repeat: containers, their resources, their states.
import type { PbfReader } from 'pbf'
import { known } from '#cluster/fields.ts'
import type { Amounts } from '#model/kube.ts'
import type { ContainerAmounts } from '#model/pod-amounts.ts'
import type { ContainerFacts, Ended } from '#model/pod-status.ts'
import { parseQuantity } from '#model/quantity.ts'
import { message, readTime } from './protobuf.ts'

export interface ContainerSpec extends ContainerAmounts {
  readonly name: string
}

/** core/v1 Container: name = 1, resources = 8, restartPolicy = 24. */
export function readContainer(pbf: PbfReader): ContainerSpec {
  let name = ''
  let restartable = false
  let resources: Pick<ContainerSpec, 'requests' | 'limits'> = { requests: {}, limits: {} }
  message(pbf, (field) => {
    if (field === 1) name = pbf.readString()
    else if (field === 8) resources = readResources(pbf)
    else if (field === 24) restartable = pbf.readString() === 'Always'
  })
  return { name, restartable, ...resources }
}

/** core/v1 ResourceRequirements: limits = 1, requests = 2. */
export function readResources(pbf: PbfReader): Pick<ContainerSpec, 'requests' | 'limits'> {
  const limits: { cpu?: number; memory?: number } = {}
  const requests: { cpu?: number; memory?: number } = {}
  message(pbf, (field) => {
    if (field === 1) readAmount(pbf, limits)
    else if (field === 2) readAmount(pbf, requests)
  })
  return { requests, limits }
}

/** One entry of a ResourceList: key = 1, value = 2, which is a Quantity with its text in field 1. */
function readAmount(pbf: PbfReader, amounts: { -readonly [K in keyof Amounts]: Amounts[K] }): void {
  let name = ''
  let value: number | undefined
  message(pbf, (field) => {
    if (field === 1) name = pbf.readString()
    else if (field === 2) {
      message(pbf, (inner) => {
        if (inner === 1) value = parseQuantity(pbf.readString())
      })
    }
  })
  if (value !== undefined && (name === 'cpu' || name === 'memory')) amounts[name] = value
}

/** core/v1 ContainerStatus: name = 1, state = 2, lastState = 3, ready = 4, restartCount = 5, started = 9. */
export function readContainerStatus(pbf: PbfReader): ContainerFacts {
  let name = ''
  let ready = false
  let started = false
  let restarts = 0
  let state: ContainerState = { running: false }
  let before: ContainerState = { running: false }
  message(pbf, (field) => {
    if (field === 1) name = pbf.readString()
    else if (field === 2) state = readState(pbf)
    else if (field === 3) before = readState(pbf)
    else if (field === 4) ready = pbf.readBoolean()
    else if (field === 5) restarts = pbf.readVarint(true)
    else if (field === 9) started = pbf.readBoolean()
  })
  return { name, ready, started, restarts, ...state, ...known({ endedBefore: before.ended }) }
}

interface ContainerState {
  readonly running: boolean
  readonly waiting?: { readonly reason?: string; readonly message?: string }
  readonly ended?: Ended
}

/** core/v1 ContainerState: waiting = 1, running = 2, terminated = 3. */
function readState(pbf: PbfReader): ContainerState {
  let running = false
  let waiting: ContainerState['waiting']
  let ended: Ended | undefined
  message(pbf, (field) => {
    if (field === 1) waiting = readWaiting(pbf)
    else if (field === 2) running = true
    else if (field === 3) ended = readEnded(pbf)
  })
  return { running, ...known({ waiting, ended }) }
}

function readWaiting(pbf: PbfReader): NonNullable<ContainerState['waiting']> {
  let reason = ''
  let words = ''
  message(pbf, (field) => {
    if (field === 1) reason = pbf.readString()
    else if (field === 2) words = pbf.readString()
  })
  return known({ reason: reason || undefined, message: words || undefined })
}

/** core/v1 ContainerStateTerminated: exitCode = 1, signal = 2, reason = 3, finishedAt = 6. */
function readEnded(pbf: PbfReader): Ended {
  let exitCode = 0
  let signal = 0
  let reason = ''
  let finishedAt: number | undefined
  message(pbf, (field) => {
    if (field === 1) exitCode = pbf.readVarint(true)
    else if (field === 2) signal = pbf.readVarint(true)
    else if (field === 3) reason = pbf.readString()
    else if (field === 6) finishedAt = readTime(pbf)
  })
  return { exitCode, signal, ...known({ reason: reason || undefined, finishedAt }) }
}
