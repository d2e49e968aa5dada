// What is said of a node: what speaks against it, what keeps pods away, how many run on it, when it booted.
import type { NodeRow, ObjectRef } from '#model/kube.ts'
import { countByNode } from '#model/node-pods.ts'
import { troubledConditions } from '#model/node-status.ts'
import { markText } from '#model/subject-marks.ts'
import { absent, type Fact, type FactLines, old, unknown } from './fact.ts'
import type { FactSources } from './sources.ts'

export function nodeFacts(ref: ObjectRef, sources: FactSources): FactLines {
  const { nodes } = sources
  const node = nodes.data?.rows.find((one) => one.name === ref.name)
  const state = node === undefined ? [absent(nodes, 'nodes')] : [...conditionFacts(node), ...keptAway(node)]
  return [
    [...state, ...old(nodes, 'nodes')],
    [
      podsFact(ref.name, node, sources),
      bootFact(sources),
      ...old(sources.boot, 'boot time'),
      ...killFact(sources),
      ...old(sources.pods, 'pods'),
    ],
  ]
}

function conditionFacts(node: NodeRow): readonly Fact[] {
  const troubled = troubledConditions(node)
  const ready = node.conditions.find(({ type }) => type === 'Ready')
  if (ready === undefined) return [{ text: 'whether it is ready is not known', tone: 'warn' }]
  return [
    ...(ready.status === 'True' ? [{ text: 'Ready' }] : []),
    ...troubled.map(({ type, reason, since }): Fact => {
      const word = type === 'Ready' ? 'not ready' : type
      return {
        text: reason === undefined || type !== 'Ready' ? word : `${word}: ${reason}`,
        ...(since !== undefined && { since }),
        tone: type === 'Ready' ? 'bad' : 'warn',
      }
    }),
  ]
}

/** The taint that cordoning sets says the same again. */
function keptAway({ cordoned, taints }: NodeRow): readonly Fact[] {
  const own = taints.filter((taint) => !taint.startsWith('node.kubernetes.io/unschedulable'))
  return [
    ...(cordoned ? [{ text: 'cordoned', tone: 'warn' as const }] : []),
    own.length === 0
      ? { text: 'no taints', tone: 'dim' }
      : { text: `${own.length === 1 ? 'taint' : 'taints'} ${own.join(', ')}` },
  ]
}

function podsFact(name: string, node: NodeRow | undefined, { pods, namespace }: FactSources): Fact {
  if (pods.data === undefined) return unknown(pods, 'pods')
  if (!pods.data.complete) return unknown({ pending: true }, 'pods')
  const on = countByNode(pods.data.rows).get(name) ?? 0
  const said = on === 1 ? '1 pod' : `${on} pods`
  if (namespace !== undefined) return { text: `${said} of ${namespace}` }
  if (pods.data.partial !== undefined) return { text: `at least ${said}: ${pods.data.partial}`, tone: 'warn' }
  const most = node?.allocatable.pods
  return { text: most === undefined ? said : `${said} of ${most}` }
}

function bootFact({ boot }: FactSources): Fact {
  const booted = boot.data?.get('')
  return booted === undefined ? unknown(boot, 'last boot') : { text: 'booted', at: booted * 1000 }
}

function killFact({ marks }: FactSources): readonly Fact[] {
  const killed = marks.findLast(({ letter }) => letter === 'K')
  return killed === undefined ? [] : [{ text: markText(killed), at: killed.at, tone: 'warn' }]
}
