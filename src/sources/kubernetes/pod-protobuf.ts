// The facts of a pod in protobuf: the bytes of one k8s.io.api.core.v1.Pod, walked without building the rest.
// Field numbers are those of k8s.io/api v0.36 (core/v1 and meta/v1 generated.proto); they never change meaning.
import { PbfReader } from 'pbf'
import { known } from '#cluster/fields.ts'
import type { ContainerFacts, PodCondition } from '#model/pod-status.ts'
import {
  type ContainerSpec,
  readContainer,
  readContainerStatus,
  readResources,
} from './pod-protobuf-parts.ts'
import type { PodSource } from './pods.ts'
import { message, readEntry, readTime } from './protobuf.ts'

export function podFactsOfProtobuf(bytes: Uint8Array): PodSource {
  const pbf = new PbfReader(bytes)
  let metadata = emptyMetadata()
  let spec = emptySpec()
  let status = emptyStatus()
  for (let field = pbf.nextField(); field !== 0; field = pbf.nextField()) {
    if (field === 1) metadata = readMetadata(pbf)
    else if (field === 2) spec = readSpec(pbf)
    else if (field === 3) status = readStatus(pbf)
  }
  return {
    uid: metadata.uid,
    namespace: metadata.namespace,
    name: metadata.name,
    createdAt: metadata.createdAt,
    labels: metadata.labels,
    owner: metadata.owner,
    node: spec.node,
    ip: status.ip,
    qos: status.qos,
    status: {
      phase: status.phase,
      deleting: metadata.deleting,
      ...known({ reason: status.reason || undefined, message: status.message || undefined }),
      conditions: status.conditions,
      containers: spec.containers.length,
      init: spec.init,
      initStatuses: status.initStatuses,
      statuses: status.statuses,
    },
    containers: spec.containers,
    init: spec.init,
    whole: spec.whole,
  }
}

function emptyMetadata() {
  return {
    name: '',
    namespace: '',
    uid: '',
    createdAt: 0,
    deleting: false,
    labels: {} as Record<string, string>,
    owner: undefined as { kind: string; name: string } | undefined,
  }
}

function readMetadata(pbf: PbfReader) {
  const metadata = emptyMetadata()
  message(pbf, (field) => {
    if (field === 1) metadata.name = pbf.readString()
    else if (field === 3) metadata.namespace = pbf.readString()
    else if (field === 5) metadata.uid = pbf.readString()
    else if (field === 8) metadata.createdAt = readTime(pbf) ?? 0
    else if (field === 9) metadata.deleting = true
    else if (field === 11) {
      const { key, value } = readEntry(pbf)
      metadata.labels[key] = value
    } else if (field === 13) {
      const owner = readOwner(pbf)
      if (owner.controller) metadata.owner ??= { kind: owner.kind, name: owner.name }
    }
  })
  return metadata
}

function readOwner(pbf: PbfReader) {
  const owner = { kind: '', name: '', controller: false }
  message(pbf, (field) => {
    if (field === 1) owner.kind = pbf.readString()
    else if (field === 3) owner.name = pbf.readString()
    else if (field === 6) owner.controller = pbf.readBoolean()
  })
  return owner
}

function emptySpec() {
  return {
    node: '',
    containers: [] as ContainerSpec[],
    init: [] as ContainerSpec[],
    whole: { requests: {}, limits: {} } as Pick<ContainerSpec, 'requests' | 'limits'>,
  }
}

function readSpec(pbf: PbfReader) {
  const spec = emptySpec()
  message(pbf, (field) => {
    if (field === 2) spec.containers.push(readContainer(pbf))
    else if (field === 10) spec.node = pbf.readString()
    else if (field === 20) spec.init.push(readContainer(pbf))
    else if (field === 40) spec.whole = readResources(pbf)
  })
  return spec
}

function emptyStatus() {
  return {
    phase: '',
    reason: '',
    message: '',
    ip: '',
    qos: '',
    conditions: [] as PodCondition[],
    initStatuses: [] as ContainerFacts[],
    statuses: [] as ContainerFacts[],
  }
}

function readStatus(pbf: PbfReader) {
  const status = emptyStatus()
  message(pbf, (field) => {
    if (field === 1) status.phase = pbf.readString()
    else if (field === 2) status.conditions.push(readCondition(pbf))
    else if (field === 3) status.message = pbf.readString()
    else if (field === 4) status.reason = pbf.readString()
    else if (field === 6) status.ip = pbf.readString()
    else if (field === 8) status.statuses.push(readContainerStatus(pbf))
    else if (field === 9) status.qos = pbf.readString()
    else if (field === 10) status.initStatuses.push(readContainerStatus(pbf))
  })
  return status
}

function readCondition(pbf: PbfReader): PodCondition {
  let type = ''
  let status = ''
  let reason = ''
  let words = ''
  let since: number | undefined
  message(pbf, (field) => {
    if (field === 1) type = pbf.readString()
    else if (field === 2) status = pbf.readString()
    else if (field === 4) since = readTime(pbf)
    else if (field === 5) reason = pbf.readString()
    else if (field === 6) words = pbf.readString()
  })
  return { type, status, ...known({ reason: reason || undefined, message: words || undefined, since }) }
}
