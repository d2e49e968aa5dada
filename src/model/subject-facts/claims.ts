// How full the volumes are that a pod or a workload claims: which ones by its spec, how full by the kubelet's figures of now.
import { percent } from '#model/amount-words.ts'
import { fillState } from '#model/fill-state.ts'
import type { KubeObject, PodRow } from '#model/kube.ts'
import type { Reading } from '#model/reading.ts'
import { type Claimed, claimedBy } from './claimed.ts'
import { type Fact, isOld, unknown } from './fact.ts'
import type { FiguresNow } from './question.ts'

const most = 3

/** `object` is the pod or the workload itself, `pods` are those of it that are read. */
export function claimFacts(
  object: Reading<KubeObject>,
  volumes: Reading<FiguresNow>,
  pods: readonly PodRow[],
): readonly Fact[] {
  const fills = volumes.data ?? none
  const claimed = object.data && claimedBy(object.data)
  const names = [...new Set([...(claimed ? namesOf(claimed, pods) : []), ...fills.keys()])]
  const bare = volumes.data === undefined && volumes.gap?.reason !== 'no-series'
  if (names.length === 0) {
    const fill = bare ? [unknown(volumes, 'fill of its claims')] : []
    return claimed === undefined ? [unknownClaims(object, volumes)] : withoutNames(claimed, fill)
  }
  if (bare) return [unknown(volumes, `fill of ${names.join(', ')}`)]
  // Each says it of itself: a figure must not stand without its age where the end is cut.
  const age = isOld(volumes) && volumes.dataAt !== undefined && { at: volumes.dataAt }
  const facts = names
    .map((name) => ({ name, fill: fills.get(name) }))
    .sort((a, b) => (b.fill ?? -1) - (a.fill ?? -1))
    .map(({ name, fill }) => ({ ...factOf(name, fill), ...(fill !== undefined && age) }))
  const more = facts.length - most
  return more > 0
    ? [...facts.slice(0, most), { text: more === 1 ? '1 more claim' : `${more} more claims`, tone: 'dim' }]
    : facts
}

const none: FiguresNow = new Map()

const namesOf = ({ names, ephemeral }: Claimed, pods: readonly PodRow[]): readonly string[] => [
  ...names,
  ...pods.flatMap(({ name }) => ephemeral.map((volume) => `${name}-${volume}`)),
]

/** Where its spec does not tell, it is for the figures to tell, and their silence is no answer. */
const unknownClaims = (object: Reading<KubeObject>, volumes: Reading<FiguresNow>): Fact =>
  unknown(object.data === undefined ? object : volumes, 'volume claims')

/** Each pod brings claims of its own, and there is none, or none is read. */
function withoutNames({ ephemeral, templates }: Claimed, fill: readonly Fact[]): readonly Fact[] {
  const each = [...templates, ...ephemeral]
  if (each.length === 0) return [{ text: 'no volume claims', tone: 'dim' }]
  return [{ text: `claims ${each.join(', ')} for each pod`, tone: 'dim' }, ...fill]
}

function factOf(name: string, fill: number | undefined): Fact {
  if (fill === undefined) return { text: `${name} not measured`, tone: 'dim' }
  const tone = fillState(fill)
  return { text: `${name} ${percent(fill)} full`, ...(tone && { tone }) }
}
