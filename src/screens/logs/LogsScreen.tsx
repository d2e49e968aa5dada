// Logs as the kubelet has them: of a pod, or of all pods of a workload. Arguments: kind, namespace, name,
// `previous` for what was written before the last restart, and the moment at which they are read (places.ts).
import { type ReactNode, useMemo } from 'react'
import type { Rows } from '#live/deck.ts'
import type { WorkloadRow } from '#model/kube.ts'
import { jobOwner } from '#model/pod-owner.ts'
import type { ScreenProps } from '#screens/screen.ts'
import { Line } from '#ui/Line.tsx'
import { missing } from '#ui/notice.ts'
import { clean, clip } from '#ui/text.ts'
import { useFeed } from '#ui/useFeed.ts'
import { LogView } from './LogView.tsx'

export function LogsScreen(screen: ScreenProps): ReactNode {
  const [kind, namespace = '', name = ''] = screen.args
  const subject = useMemo(() => ({ namespace, pod: name }), [namespace, name])
  return kind === 'Pod' ? (
    <LogView screen={screen} title={name} subject={subject} />
  ) : (
    <WorkloadLogs screen={screen} />
  )
}

/** The pods of a workload are found by its selector, which only the workload itself knows. */
function WorkloadLogs({ screen }: { readonly screen: ScreenProps }): ReactNode {
  const { theme, deck, columns } = screen
  const [kind = '', namespace = '', name = ''] = screen.args
  const workloads = useFeed(deck.workloads)
  const row = runnerOf(workloads.data, kind, namespace, name)
  const selector = row && selectorOf(row)
  const subject = useMemo(() => ({ namespace, selector: selector ?? '' }), [namespace, selector])
  if (row !== undefined && subject.selector !== '') {
    const run = row.name === name ? '' : ` ${theme.glyph.note} its last run ${row.name}`
    return <LogView screen={screen} title={`${kind.toLowerCase()}/${name}${run}`} subject={subject} />
  }
  const none = missing(workloads, `log of ${kind} ${clean(name)}`, theme)
  const text =
    none?.text ??
    (workloads.data?.complete === false
      ? `waiting for ${kind} ${clean(name)}`
      : `no log of ${kind} ${clean(name)}: ${whyNone(kind, row)}`)
  return (
    <Line text={theme.paint(none?.role ?? 'dim', clip(` ${text}`, columns - 1, 'end', theme.glyph.cut))} />
  )
}

/** The workload itself; of a CronJob the newest of its Jobs that is still there. */
function runnerOf(
  data: Rows<WorkloadRow> | undefined,
  kind: string,
  namespace: string,
  name: string,
): WorkloadRow | undefined {
  const rows = data?.rows.filter((one) => one.namespace === namespace) ?? []
  if (kind !== 'CronJob') return rows.find((one) => one.kind === kind && one.name === name)
  const runs = rows.filter((one) => one.kind === 'Job' && jobOwner(namespace, one.name).name === name)
  return runs.sort((a, b) => b.createdAt - a.createdAt)[0]
}

/** Every Job's pods carry its name, also those of Jobs whose own selector says nothing. */
const selectorOf = ({ kind, name, selector }: WorkloadRow): string =>
  selector === '' && kind === 'Job' ? `job-name=${name}` : selector

function whyNone(kind: string, row: WorkloadRow | undefined): string {
  if (row !== undefined) return 'it selects no pods'
  return kind === 'CronJob' ? 'none of its runs is kept' : 'there is no such workload'
}
