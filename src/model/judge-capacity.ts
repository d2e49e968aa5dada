// What is about to be full: filesystems of nodes, claims.
import { percent } from '#model/amount-words.ts'
import { fillState } from '#model/fill-state.ts'
import { type Draft, evidenceRank } from '#model/finding-draft.ts'
import { nodeRef } from '#model/judge-nodes.ts'
import type { DiskFill } from '#model/overview-inputs.ts'
import { refOf } from '#model/pod-owner.ts'

export function judgeCapacity(disks: readonly DiskFill[]): readonly Draft[] {
  return disks.flatMap((disk) => {
    const state = fillState(disk.ratio)
    if (state === undefined) return []
    const severity = state === 'bad' ? 'critical' : 'warning'
    const evidence = [{ rank: evidenceRank.usage, text: fillWords(disk) }]
    if (disk.claim !== undefined)
      return [
        {
          ref: refOf('PersistentVolumeClaim', disk.namespace ?? '', disk.claim),
          kind: 'capacity',
          severity,
          evidence,
        } satisfies Draft,
      ]
    if (disk.node === undefined) return []
    return [
      { ref: nodeRef(disk.node), kind: 'capacity', severity, evidence, nodes: [disk.node] } satisfies Draft,
    ]
  })
}

function fillWords(disk: DiskFill): string {
  return disk.claim === undefined
    ? `disk ${disk.mountpoint ?? ''} ${percent(disk.ratio)} full`
    : `${percent(disk.ratio)} full`
}
